"""What every command starts with: the configuration in force, logging, the exchange."""

import json
from typing import Any

import click

from config.errors import ConfigurationError
from config.logging import configure
from config.sources import Source
from config.startup import Configuration, load_configuration
from exchange.context import Exchange, open_exchange
from exchange.store.setup import is_demonstration
from ingest.adapters import check_sources

as_json = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。")


def open_configuration() -> Configuration:
    """Everything is checked before anything starts. Raises ConfigurationError."""
    configuration = load_configuration()
    configure(configuration.settings)
    check_sources(configuration.sources.values())
    return configuration


def open_here() -> Exchange:
    return open_exchange(open_configuration())


def find_source(exchange: Exchange, id: str) -> Source:
    """Raises click.BadParameter (exit 2) naming the sources there are."""
    sources = exchange.configuration.sources
    if id not in sources:
        raise click.BadParameter(f"没有来源 {id}；现有：{', '.join(sources)}")
    with exchange.store.read() as session:
        if sources[id].demonstration and not is_demonstration(session):
            raise ConfigurationError(f"来源 {id} 只用于演示数据，这个数据文件夹里是正式数据。")
    return sources[id]


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False))
