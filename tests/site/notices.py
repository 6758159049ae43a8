"""Shaoguan's notices: RSS 2.0 and Atom 1.0 of the same postings, each with a page of details (sg-rss).

In: a visit and the postings of the channel today. Out: /sg/rss.xml, /sg/atom.xml, newest first, and /sg/notice/<id>
(`h1.title`, `.company`, a table of th and td, `.content`). What is corrected is published anew.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from html import escape

from tests.site.answers import Answer, Visit, html, xml
from tests.site.html_pages import facts
from tests.site.postings import Posting

_SITE = "韶关就业公告"


def rss(visit: Visit, postings: Sequence[Posting]) -> Answer:
    items = "\n".join(
        f"<item><title>{escape(_headline(posting))}</title><link>{_link(visit, posting)}</link>"
        f'<guid isPermaLink="false">{posting.reference}</guid>'
        f"<pubDate>{format_datetime(_moment(posting.changed))}</pubDate>"
        f"<description>{escape(posting.duties)}</description></item>"
        for posting in _newest_first(postings)
    )
    return xml(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>{_SITE}</title>'
        f"<link>{visit.base}/</link><description>{_SITE}</description>\n{items}\n</channel></rss>\n"
    )


def atom(visit: Visit, postings: Sequence[Posting]) -> Answer:
    entries = "\n".join(
        f'<entry><title>{escape(_headline(posting))}</title><link href="{_link(visit, posting)}"/>'
        f"<id>urn:guanshao-stand-in:{posting.reference}</id>"
        f"<published>{_moment(posting.published).isoformat()}</published>"
        f"<updated>{_moment(posting.changed).isoformat()}</updated><summary>{escape(posting.duties)}</summary></entry>"
        for posting in _newest_first(postings)
    )
    updated = max((posting.changed for posting in postings), default=date(2026, 1, 1))
    return xml(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>{_SITE}</title>'
        f"<id>urn:guanshao-stand-in:notices</id><updated>{_moment(updated).isoformat()}</updated>\n{entries}\n</feed>\n"
    )


def notice(visit: Visit, postings: Sequence[Posting]) -> Answer:
    found = next((posting for posting in postings if posting.reference == visit.match[0]), None)
    if found is None:
        return html(_frame("没有这条公告", "<p>该公告已撤下。</p>"), status=404)
    rows = "".join(f"<tr><th>{name}</th><td>{escape(value)}</td></tr>\n" for name, value in facts(found).items())
    return html(
        _frame(
            _headline(found),
            f'<h1 class="title">{escape(found.title)}</h1>\n<p class="company">{escape(found.employer)}</p>\n'
            f'<table class="notice">\n{rows}</table>\n'
            f'<div class="content"><p class="duties">{escape(found.duties)}</p>'
            f'<p class="requirements">{escape(found.requirements)}</p></div>',
        )
    )


def _headline(posting: Posting) -> str:
    return f"{posting.employer}招聘{posting.title}"


def _link(visit: Visit, posting: Posting) -> str:
    return f"{visit.base}/sg/notice/{posting.reference}"


def _newest_first(postings: Sequence[Posting]) -> list[Posting]:
    return sorted(postings, key=lambda posting: (posting.changed, posting.reference), reverse=True)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(1), UTC)


def _frame(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(title)} · {_SITE}</title></head>\n<body>\n{body}\n</body></html>\n"
    )
