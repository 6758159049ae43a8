"""The check at the start: settings and every configuration file, before anything else happens.

In: the environment. Out: `Configuration`, parsed and consistent, or a ConfigurationError of one line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from config.errors import ConfigurationError
from config.policies import SeedPolicy, parse_policies
from config.secrets import read_secrets
from config.settings import Settings, load_settings, read_configuration
from config.sources import Source, parse_sources
from config.targets import Cluster, Commitment, Thresholds, parse_clusters, parse_commitments, parse_thresholds


@dataclass(frozen=True, slots=True)
class Configuration:
    settings: Settings
    sources: Mapping[str, Source]
    commitments: tuple[Commitment, ...]
    clusters: tuple[Cluster, ...]
    thresholds: Thresholds = field(default_factory=Thresholds)
    policies: tuple[SeedPolicy, ...] = ()


def load_configuration(environ: Mapping[str, str] | None = None) -> Configuration:
    """Everything in force. Raises ConfigurationError naming the file or variable, the key and what is allowed."""
    settings = load_settings(environ)
    if "config" in settings.origins and not settings.config.is_dir():
        raise ConfigurationError(
            f"{settings.origins['config']} 指向的文件夹 {settings.config} 不存在：请先运行 guanshao config init"
        )
    promised = read_configuration(settings, "commitments.toml")
    return Configuration(
        settings=settings,
        sources=_sources(settings),
        commitments=parse_commitments(*promised),
        clusters=parse_clusters(*read_configuration(settings, "clusters.toml")),
        thresholds=parse_thresholds(*promised),
        policies=parse_policies(*read_configuration(settings, "policies.toml")),
    )


def _sources(settings: Settings) -> dict[str, Source]:
    """By id, with their keys filled in. One that is switched off may miss its key file."""
    text, origin = read_configuration(settings, "sources.toml")
    sources = parse_sources(text, origin)
    for id, source in sources.items():
        try:
            secrets = read_secrets(source.options, settings.config, f"{origin}: {id}: options")
        except ConfigurationError:
            if source.enabled:
                raise
        else:
            sources[id] = replace(source, secrets=secrets)
    return sources
