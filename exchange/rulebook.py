"""What a compliance rule (合规规则) says for people: the article it rests on and a suggested wording.

In: the code and message of a stored problem. Out: `RuleText`, or None for a problem that no rule made. The rules are
config/vocabulary/compliance.toml; finding their words in a record is ingest's work.
"""

from dataclasses import dataclass
from functools import cache

from config.packaged import read_vocabulary_toml


@dataclass(frozen=True, slots=True)
class RuleText:
    code: str
    message: str
    suggestion: str
    article: str
    is_read: bool  # False: the article is known from a summary only


def rule_behind(code: str, message: str) -> RuleText | None:
    """The rule whose sentence stands in the message."""
    return next((rule for rule in _rules() if rule.code == code and rule.message in message), None)


def note_of(rule: RuleText, message: str) -> str:
    """What the message says beyond the rule: a context that a reviewer has to judge."""
    _, _, rest = message.partition(rule.article)
    return rest.partition("）")[2]


@cache
def _rules() -> tuple[RuleText, ...]:
    return tuple(
        RuleText(entry["code"], entry["message"], entry["suggestion"], entry["article"], entry["basis"] == "read")
        for entry in read_vocabulary_toml("compliance.toml")["rule"]
    )
