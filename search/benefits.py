"""The benefits vocabulary (福利词表), shared by query understanding, the benefit filter and the normaliser.

In: config/vocabulary/benefits.toml. Out: canonical names, every way to write one, and what one brings along.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from config.packaged import read_vocabulary_toml


@dataclass(frozen=True, slots=True)
class Benefit:
    name: str
    synonyms: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()
    whole: bool = False  # its parts together make it


@cache
def all_benefits() -> dict[str, Benefit]:
    entries = read_vocabulary_toml("benefits.toml")["benefit"]
    return {
        entry["name"]: Benefit(
            entry["name"], tuple(entry.get("synonyms", ())), tuple(entry.get("implies", ())), entry.get("whole", False)
        )
        for entry in entries
    }


@cache
def written_forms() -> dict[str, str]:
    """Every name and synonym -> canonical name, longest first, so that the first that fits is the right one."""
    forms = {form: benefit.name for benefit in all_benefits().values() for form in (*benefit.synonyms, benefit.name)}
    return dict(sorted(forms.items(), key=lambda item: -len(item[0])))


def with_implied(names: Iterable[str]) -> frozenset[str]:
    """包吃住 brings 包吃 and 包住; 包吃 and 包住 together are 包吃住."""
    found = set(names)
    for benefit in all_benefits().values():
        if benefit.name in found:
            found.update(benefit.implies)
        elif benefit.whole and found.issuperset(benefit.implies):
            found.add(benefit.name)
    return frozenset(found)
