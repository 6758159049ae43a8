"""Finding a rule's words in the texts of a record.

In: readable texts. Out: problems, at most one for each code and field, errors first.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from config.words import Severity
from exchange.content import Problem
from ingest.compliance.rules import Exemption, Rule, any_trigger, rules
from ingest.compliance.texts import Readable


def find_words(texts: tuple[Readable, ...]) -> tuple[Problem, ...]:
    asked = [(readable, places) for readable in texts if (places := _triggered(readable.text))]
    if not asked:
        return ()
    record = "\n".join(readable.text for readable in texts)
    found: dict[tuple[str, str | None], Problem] = {}
    for place in sorted({place for _, places in asked for place in places}):
        for problem in _breaches(rules()[place], [readable for readable, places in asked if place in places], record):
            known = found.get((problem.code, problem.field))
            if known is None or (known.severity is Severity.WARNING and problem.severity is Severity.ERROR):
                found[problem.code, problem.field] = problem
    return tuple(sorted(found.values(), key=lambda problem: problem.severity is not Severity.ERROR))


@lru_cache(maxsize=4096)
def _triggered(text: str) -> tuple[int, ...]:
    """Places in `rules()` of those that must read the text: most texts hold no trigger of any rule."""
    if not any_trigger().search(text):
        return ()
    return tuple(place for place, rule in enumerate(rules()) if rule.is_triggered_by(text))


def _breaches(rule: Rule, texts: Iterable[Readable], record: str) -> Iterator[Problem]:
    for readable in texts:
        if not rule.reads(readable.field):
            continue
        words = _words(rule, readable)
        if words:
            exemption = next((one for one in rule.exemptions if one.context.search(record)), None)
            yield _problem(rule, readable, words, exemption)


def _words(rule: Rule, readable: Readable) -> str:
    """The words that break the rule, as written; lawful expressions are blanked out first."""
    spans = _spans(rule.lawful, rule.pattern, readable.text)
    return "、".join(dict.fromkeys(readable.quote(start, end) for start, end in spans))


@lru_cache(maxsize=4096)
def _spans(lawful: re.Pattern[str] | None, pattern: re.Pattern[str], text: str) -> tuple[tuple[int, int], ...]:
    """Where the pattern matches; kept, because the short texts of a sheet repeat."""
    if lawful:
        text = lawful.sub(lambda found: "□" * len(found[0]), text)
    return tuple(found.span() for found in pattern.finditer(text) if found[0])


def _problem(rule: Rule, readable: Readable, words: str, exemption: Exemption | None) -> Problem:
    severity, message = rule.severity, f"“{words}”：{rule.message}"
    if exemption:
        severity = exemption.severity or severity
        message = f"{message}{exemption.note}"
    return Problem(rule.code, severity, message, words, readable.field.value)
