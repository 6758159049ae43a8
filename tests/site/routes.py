"""The addresses of the stand-in site: which page answers where, for which channel, and what people are told of it.

In: a path. Out: `find_route`, and ROUTES for the list at / and on the terminal. A new address is a line here.
"""

import re
from dataclasses import dataclass

from tests.site import html_pages, job_posting, json_lists, notices, workbooks
from tests.site.faults import Page


@dataclass(frozen=True)
class Route:
    pattern: str  # of the whole path; its groups go into Visit.match
    channel: str
    page: Page
    example: str = ""  # an address to try; "" for pages that lists lead to
    what: str = ""
    suits: str = ""  # the adapter it is for


ROUTES = (
    Route(
        "/dg/api/jobs", "dg-json", json_lists.numbered_pages,
        "/dg/api/jobs?page=1&size=50", "东莞：JSON，按页码翻页", "json_pages（style = page）",
    ),
    Route("/dg/api/jobs/([A-Z0-9]+)", "dg-json", json_lists.one_of_numbered),
    Route(
        "/sg/api/jobs", "sg-json", json_lists.offset_pages,
        "/sg/api/jobs?offset=0&limit=40", "韶关：JSON，按偏移翻页，请求头 X-Api-Key: demo",
        "json_pages（style = offset）",
    ),
    Route(
        "/dg/api/stream", "dg-cursor", json_lists.cursor_pages,
        "/dg/api/stream?limit=50", "东莞：JSON，按游标翻页，请求头 Authorization: Bearer demo",
        "json_pages（style = cursor）",
    ),
    Route(
        "/dg/html/list", "dg-html", html_pages.list_page,
        "/dg/html/list?page=1", "东莞：GBK 网页列表，有下一页和详情页", "html_pages",
    ),
    Route("/dg/html/job/([A-Z0-9]+)", "dg-html", html_pages.detail_page),
    Route(
        "/sg/sitemap.xml", "sg-jsonld", job_posting.sitemap,
        "/sg/sitemap.xml", "韶关：站点地图，页面带 JobPosting（JSON-LD）", "job_posting",
    ),
    Route(
        "/sg/jobs", "sg-jsonld", job_posting.listing,
        "/sg/jobs?page=1", "韶关：同一批页面的列表", "job_posting",
    ),
    Route("/sg/job/([A-Z0-9]+)", "sg-jsonld", job_posting.job_page),
    Route("/sg/rss.xml", "sg-rss", notices.rss, "/sg/rss.xml", "韶关：RSS，每条有详情页", "feed"),
    Route("/sg/atom.xml", "sg-rss", notices.atom, "/sg/atom.xml", "韶关：Atom，内容与 RSS 相同", "feed"),
    Route("/sg/notice/([A-Z0-9]+)", "sg-rss", notices.notice),
    Route(
        "/dg/files/", "dg-files", workbooks.file_list,
        "/dg/files/", "东莞：下载页，链接到 xlsx、xls、csv（GBK）各一", "file_links",
    ),
    Route(r"/dg/files/part-([123])\.(xlsx|xls|csv)", "dg-files", workbooks.part),
    Route(
        r"/dg/files/latest\.xlsx", "dg-files", workbooks.whole_file,
        "/dg/files/latest.xlsx", "东莞：全部岗位在一个 xlsx 里", "file_links（直接写文件地址）",
    ),
)  # fmt: skip


def find_route(path: str) -> tuple[Route, tuple[str, ...]] | None:
    for route in ROUTES:
        if found := re.fullmatch(route.pattern, path):
            return route, found.groups()
    return None
