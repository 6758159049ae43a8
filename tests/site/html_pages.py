"""Dongguan's website, as county sites are: GBK, a list with 下一页, details in a definition list (dg-html).

In: a visit and the postings of the channel today. Out: /dg/html/list?page=N (rows `.job a`, relative links) and
/dg/html/job/<id> (`h1.title`, `.company`, `dl.fields`, `.duties`, `.requirements`).
"""

from collections.abc import Sequence
from html import escape

from tests.site.answers import Answer, Visit, html, whole
from tests.site.postings import Posting

PAGE_SIZE = 10
_CHARSET = "gbk"


def list_page(visit: Visit, postings: Sequence[Posting]) -> Answer:
    page = whole(visit.query, "page", 1, 1)
    part = postings[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    rows = "\n".join(
        f'<div class="job"><a href="../html/job/{posting.reference}">{escape(posting.title)}</a>'
        f' <span class="company">{escape(posting.employer)}</span> <span class="date">{posting.published}</span></div>'
        for posting in part
    )
    more = f'<a href="list?page={page + 1}">下一页</a>' if page * PAGE_SIZE < len(postings) else "<span>下一页</span>"
    back = f'<a href="list?page={page - 1}">上一页</a>' if page > 1 else "<span>上一页</span>"
    return _page("招聘信息", f'<p>共 {len(postings)} 条</p>\n{rows}\n<div class="pages">{back} {more}</div>')


def detail_page(visit: Visit, postings: Sequence[Posting]) -> Answer:
    found = next((posting for posting in postings if posting.reference == visit.match[0]), None)
    if found is None:
        return html(_frame("没有这个岗位", "<p>该岗位已下线。</p>"), _CHARSET, 404)
    fields = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>\n" for name, value in facts(found).items())
    return _page(
        found.title,
        f'<h1 class="title">{escape(found.title)}</h1>\n<p class="company">{escape(found.employer)}</p>\n'
        f'<dl class="fields">\n{fields}</dl>\n'
        f'<div class="duties">{escape(found.duties)}</div>\n'
        f'<div class="requirements">{escape(found.requirements)}</div>',
    )


def facts(posting: Posting) -> dict[str, str]:
    """Under the names that people give them; also the rows of the notices and the columns of the files."""
    return {
        "岗位编号": posting.reference,
        "薪资待遇": posting.salary,
        "招聘人数": posting.openings_text,
        "工作地点": posting.place,
        "详细地址": posting.address,
        "学历要求": posting.education,
        "工作经验": posting.experience,
        "用工形式": posting.type,
        "福利待遇": "、".join(posting.benefits),
        "所属行业": posting.industry,
        "联系人": posting.person,
        "联系电话": posting.phone,
        "发布日期": posting.published.isoformat(),
        "有效期": posting.until.isoformat(),
    }


def _page(title: str, body: str) -> Answer:
    return html(_frame(title, body), _CHARSET)


def _frame(title: str, body: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta http-equiv="Content-Type" content="text/html; '
        f'charset={_CHARSET}"><title>{escape(title)}</title></head>\n<body>\n'
        f'<div class="nav"><a href="/">首页</a></div>\n{body}\n</body></html>\n'
    )
