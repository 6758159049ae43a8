"""The names that a place can be read by (地名表).

In: config's divisions and vocabulary/places.toml. Out: patterns and tables, built once per process.
A new park, village or nickname is a line in places.toml.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from config.divisions import DONGGUAN, SHAOGUAN, Division, all_divisions
from config.packaged import read_vocabulary_toml

# a name followed by one of these is a street, a shop, a school: 长安路, 中山大道, 南京路步行街
NOT_A_PLACE = (
    "(?!路|大道|大街|街(?!道)|巷|道(?!滘)|大厦|广场|酒店|大酒店|宾馆|医院"
    "|大学|学院|中学|小学|银行|里|国际|新村|集团|公司|菜|饭店)"
)
_ENDINGS = ("瑶族自治县", "街道办事处", "街道", "镇", "区", "县", "市", "乡")


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Tables from a name to workplace codes (several where the name exists twice)."""

    full: dict[str, frozenset[str]]  # names that stand for themselves: 长安镇, 翁源县, 沙田镇
    short: dict[str, frozenset[str]]  # distinctive short names: 长安, 翁源
    weak: dict[str, frozenset[str]]  # names read only after their city: 太平, 洛阳, 乌沙
    landmarks: dict[str, str]
    full_pattern: re.Pattern[str]
    short_pattern: re.Pattern[str]
    weak_pattern: re.Pattern[str]
    landmark_pattern: re.Pattern[str]
    outside_pattern: re.Pattern[str]

    @property
    def by_strength(self) -> tuple[tuple[re.Pattern[str], dict[str, frozenset[str]]], ...]:
        return (self.full_pattern, self.full), (self.short_pattern, self.short), (self.weak_pattern, self.weak)


def workplace_of(division: Division) -> str:
    """The code a posting carries for work in this division: a Shaoguan town's county, else its own."""
    return division.code if division.is_workplace else division.parent


def stem(name: str) -> str:
    """长安 of 长安镇, 乳源 of 乳源瑶族自治县."""
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) >= len(ending) + 2:
            return name.removesuffix(ending)
    return name


@cache
def gazetteer() -> Gazetteer:
    words = read_vocabulary_toml("places.toml")
    full: dict[str, set[str]] = defaultdict(set)
    short: dict[str, set[str]] = defaultdict(set)
    weak: dict[str, set[str]] = defaultdict(set)
    for division in all_divisions():
        if division.kind == "city":
            continue
        code = workplace_of(division)
        full[division.name.replace("（", "(").replace("）", ")")].add(code)
        for form in _other_forms(division):
            full[form].add(code)
        (short if division.is_workplace else weak)[stem(division.name)].add(code)
    for name, code in words["aliases"].items():
        full[name].add(code)
    for name, code in words["villages"].items():
        weak[name].add(code)
    return _compiled(full, short, weak, words)


def _other_forms(division: Division) -> list[str]:
    """A street is called a district or a town by many: 南城区, 长安街道."""
    base = stem(division.name)
    if division.kind != "town" or base == division.name:
        return []
    endings = ("区", "街道", "镇") if division.parent == DONGGUAN else ("镇",) if division.name.endswith("街道") else ()
    return [base + ending for ending in endings if base + ending != division.name]


def _compiled(
    full: dict[str, set[str]], short: dict[str, set[str]], weak: dict[str, set[str]], words: dict[str, dict[str, str]]
) -> Gazetteer:
    for name in set(short) & set(weak):
        weak[name] |= short[name]
    outside = words["outside"]
    plain = [*outside["provinces"].split(), *outside["cities"].split()]
    return Gazetteer(
        {name: frozenset(codes) for name, codes in full.items()},
        {name: frozenset(codes) for name, codes in short.items()},
        {name: frozenset(codes) for name, codes in weak.items()},
        words["landmarks"],
        _names(full),
        re.compile(f"(?:{_names(short).pattern}){NOT_A_PLACE}(?!村|庄|社区)"),
        re.compile(f"(?:{_names(weak).pattern}){NOT_A_PLACE}"),
        _names(words["landmarks"]),
        re.compile(
            f"(?:{_names(outside['districts'].split()).pattern})|(?:{_names(plain).pattern})(?!籍){NOT_A_PLACE}"
        ),
    )


def _names(names: dict[str, set[str]] | dict[str, str] | list[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name))))


def city_of(code: str) -> str:
    return DONGGUAN if code.startswith(DONGGUAN) else SHAOGUAN
