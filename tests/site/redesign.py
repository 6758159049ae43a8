"""A site that has been redesigned (改版): the same content under other keys, classes, tags and scripts.

In: an answer of the old layout. Out: the same with other words. Workbooks change their headings themselves.
"""

from dataclasses import replace

from tests.site.answers import Answer

_WORDS = {
    "application/json": {
        '"list":': '"records":', '"rows":': '"lines":', '"items":': '"entries":',
        '"jobId":': '"positionNo":', '"jobName":': '"positionTitle":', '"job":': '"position":',
    },
    "text/html": {
        'class="job"': 'class="zp-row"', 'class="fields"': 'class="zp-info"', 'class="company"': 'class="zp-unit"',
        'class="title"': 'class="zp-name"', 'class="duties"': 'class="zp-text"', 'class="notice"': 'class="zp-table"',
        "<dt>": "<b>", "</dt>": "</b>", "<dd>": "<i>", "</dd>": "</i>", "<th>": "<td>", "</th>": "</td>",
        "application/ld+json": "application/json", "下一页": "后面",
    },
    "application/xml": {
        "<url>": "<page>", "</url>": "</page>", "<item>": "<news>", "</item>": "</news>",
        "<entry>": "<news>", "</entry>": "</news>",
    },
}  # fmt: skip


def redesign(answer: Answer) -> Answer:
    kind, _, charset = answer.kind.partition("; charset=")
    if kind not in _WORDS or answer.status != 200:
        return answer
    text = answer.body.decode(charset)
    for old, new in _WORDS[kind].items():
        text = text.replace(old, new)
    return replace(answer, body=text.encode(charset), version="")
