"""Finding a rule's words in the texts of a record.

In: a row's cells. Out: problems, at most one for each code and field, errors first.
"""

from collections.abc import Mapping
from functools import lru_cache
from operator import itemgetter

from config.words import Severity
from exchange.content import Problem
from ingest.compliance.rules import Rule, any_trigger, rules
from ingest.compliance.texts import READ, quote, readable
from ingest.fields import Field


def find_words(texts: Mapping[Field, str]) -> tuple[Problem, ...]:
    read = [(field, text) for field in READ if (text := texts.get(field))]
    broken = [(place, field, words) for field, text in read for place, words in _broken(field, text)]
    if not broken:
        return ()
    record = "\n".join(readable(text) for _, text in read)
    found: dict[tuple[str, str | None], Problem] = {}
    for place, field, words in sorted(broken, key=itemgetter(0)):
        problem = _problem(rules()[place], field, words, record)
        known = found.get((problem.code, problem.field))
        if known is None or (known.severity is Severity.WARNING and problem.severity is Severity.ERROR):
            found[problem.code, problem.field] = problem
    return tuple(sorted(found.values(), key=lambda problem: problem.severity is not Severity.ERROR))


@lru_cache(maxsize=8192)
def _broken(field: Field, original: str) -> tuple[tuple[int, str], ...]:
    """(place in `rules()`, the words that break it, as written); kept, because the cells of a sheet repeat."""
    text = readable(original)
    if not any_trigger().search(text):
        return ()
    return tuple(
        (place, words)
        for place, rule in enumerate(rules())
        if rule.reads(field) and rule.is_triggered_by(text) and (words := _words(rule, original, text))
    )


def _words(rule: Rule, original: str, text: str) -> str:
    """Lawful expressions are blanked out first."""
    if rule.lawful:
        text = rule.lawful.sub(lambda found: "□" * len(found[0]), text)
    spans = (found.span() for found in rule.pattern.finditer(text) if found[0])
    return "、".join(dict.fromkeys(quote(original, len(text), start, end) for start, end in spans))


def _problem(rule: Rule, field: Field, words: str, record: str) -> Problem:
    exemption = next((one for one in rule.exemptions if one.context.search(record)), None)
    severity, message = rule.severity, f"“{words}”：{rule.message}"
    if exemption:
        severity = exemption.severity or severity
        message = f"{message}{exemption.note}"
    return Problem(rule.code, severity, message, words, field.value)
