"""Compliance rules out of vocabulary/compliance.toml, compiled once per process.

In: the vocabulary file. Out: `Rule` values. Adding a rule needs no code.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from config.packaged import read_vocabulary_toml
from config.words import Severity
from ingest.fields import Field

_PHRASE = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Exemption:
    """A context that changes a rule's outcome, named in the message so that a reviewer can judge."""

    context: re.Pattern[str]
    severity: Severity | None  # None keeps the rule's own
    note: str


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    code: str
    severity: Severity
    fields: frozenset[Field]  # empty: every text
    triggers: tuple[str, ...]
    pattern: re.Pattern[str]
    lawful: re.Pattern[str] | None
    article: str
    message: str
    exemptions: tuple[Exemption, ...]

    def is_triggered_by(self, text: str) -> bool:
        for trigger in self.triggers:  # noqa: SIM110 - a generator costs more than the search itself
            if trigger in text:
                return True
        return False

    def reads(self, field: Field) -> bool:
        return field in self.fields if self.fields else field is not Field.SEX


@cache
def rules() -> tuple[Rule, ...]:
    words = read_vocabulary_toml("compliance.toml")
    exemptions = {entry["name"]: _exemption(entry) for entry in words["exception"]}
    return tuple(_rule(entry, exemptions, words["phrases"]) for entry in words["rule"])


@cache
def any_trigger() -> re.Pattern[str]:
    """A trigger of any rule."""
    return re.compile("|".join(re.escape(trigger) for rule in rules() for trigger in rule.triggers))


def _exemption(entry: dict[str, Any]) -> Exemption:
    severity = Severity(entry["severity"]) if "severity" in entry else None
    return Exemption(re.compile(entry["context"]), severity, entry["note"])


def _rule(entry: dict[str, Any], exemptions: dict[str, Exemption], phrases: dict[str, str]) -> Rule:
    basis = "，据公开解读" if entry["basis"] == "summary" else ""
    return Rule(
        id=entry["id"],
        code=entry["code"],
        severity=Severity(entry["severity"]),
        fields=frozenset(Field(name) for name in entry.get("fields", [])),
        triggers=tuple(entry["triggers"]),
        pattern=_any(entry["patterns"], phrases),
        lawful=_any(entry["lawful"], phrases) if "lawful" in entry else None,
        article=entry["article"],
        message=f"{entry['message']}{entry['suggestion']}（依据：{entry['article']}{basis}）",
        exemptions=tuple(exemptions[name] for name in entry.get("exceptions", [])),
    )


def _any(patterns: list[str], phrases: dict[str, str]) -> re.Pattern[str]:
    """One expression out of several; {name} stands for the phrase of that name."""
    expression = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(_PHRASE.sub(lambda found: phrases[found[1]], expression))
