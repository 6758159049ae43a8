"""Lists of links on web pages: which links, and where the list goes on.

In: `LinkOptions` and a `Site`. Out: one `LinkPage` for each page of the list. A page on which nothing is found is the
honest end of a list only where it says so (暂无…), where it is a 404 beyond the last page, or where the stated total
has come; otherwise it is a changed layout, an error page or a question to a human being, and the pull is over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.adapters.contract import PullCode, PullFault, Site
from ingest.adapters.options import OptionFault, Options, Selector
from ingest.adapters.site import join_address
from ingest.adapters.strange_pages import code_of, page_title
from ingest.http import Answer, HttpFault

PAGE_PLACE = "{page}"
NEXT_WORDS = ("下一页", "下页", "后一页", "下一頁", "next")
EMPTY_WORDS = ("暂无", "没有找到", "没有符合", "没有查询到", "未找到", "无符合", "无相关", "共0条", "共 0 条")
_ORNAMENT = re.compile(r"[\s<>»›＞《》→]+")
_NO_SCRIPT = re.compile(r"javascript:\s*(void\s*\(?\s*0?\s*\)?)?\s*;?\s*", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d,，]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkOptions(Options):
    links: Selector = ""  # every link, or every block that holds one
    link: Selector = "a"  # within such a block
    next: Selector = ""  # the link to the next page; "" finds it by its words
    next_words: tuple[str, ...] = NEXT_WORDS
    page_address: str = ""  # "list_{page}.html": pages by number instead of by links
    first_page: int = 1  # the number of the first page, which is the address itself
    total: Selector = ""  # where the page says how many there are
    empty_words: tuple[str, ...] = EMPTY_WORDS

    def __post_init__(self) -> None:
        if self.page_address and PAGE_PLACE not in self.page_address:
            raise OptionFault("page_address", f"应写明页码的位置 (needs) {PAGE_PLACE}，现为 {self.page_address!r}")


@dataclass(frozen=True, slots=True)
class LinkPage:
    links: list[tuple[str, LexborNode]]  # address ("" where there is none), the block around it
    more: bool
    total: int | None


def pages_of_links(site: Site[LinkOptions]) -> Iterator[LinkPage]:
    options, address, number, fetched = site.options, site.source.address, 1, 0
    visited = {address}
    while address:
        answer = _open(site, address, number)
        if answer is None:
            return
        tree = site.tree(answer)
        base = _base(tree, answer.url)
        links = [(_link(block, options, base), block) for block in tree.css(options.links)]
        total = _total(site, tree, address)
        fetched += len(links)
        if not links:
            _check_honest(site, tree, address)
        if options.page_address:
            following = urljoin(
                site.source.address, options.page_address.replace(PAGE_PLACE, str(options.first_page + number))
            )
            following = following if links and (total is None or fetched < total) else ""
        else:
            following = _next(site, tree, base) if links else ""
        address = following if following not in visited else ""
        visited.add(address)
        number += 1
        yield LinkPage(links, bool(address), total)


def _numbered(site: Site[LinkOptions], after: int) -> str:
    number = str(site.options.first_page + after)
    return urljoin(site.source.address, site.options.page_address.replace(PAGE_PLACE, number))


def _open(site: Site[LinkOptions], address: str, number: int) -> Answer | None:
    """None beyond the last page."""
    try:
        return site.get(address) if number == 1 else site.visit(address)
    except HttpFault as fault:
        if fault.status == 404 and number > 1 and site.options.page_address:
            return None
        raise


def _base(tree: LexborHTMLParser, address: str) -> str:
    """What relative links begin at: the page itself, after redirects, unless it says otherwise."""
    base = tree.css_first("base[href]")
    return (join_address(address, base.attributes.get("href")) if base else "") or address


def _link(block: LexborNode, options: LinkOptions, base: str) -> str:
    link = block if block.tag == "a" else block.css_first(options.link)
    return join_address(base, link.attributes.get("href")) if link else ""


def _check_honest(site: Site[LinkOptions], tree: LexborHTMLParser, address: str) -> None:
    text = tree.body.text(separator=" ") if tree.body else ""
    if any(word in text for word in site.options.empty_words):
        return
    raise PullFault(
        code_of(tree),
        f"“{site.source.name}”的列表页 {address} 上没有 {site.options.links}，也没有“暂无”之类的话"
        f"{page_title(tree)}：页面可能改版、出错或要求登录验证，本次不作处理。请在浏览器里打开核对 options.links；"
        "确实是空列表的，把页面上的话写进 options.empty_words。",
    )


def _total(site: Site[LinkOptions], tree: LexborHTMLParser, address: str) -> int | None:
    if not site.options.total:
        return None
    node = tree.css_first(site.options.total)
    found = _NUMBER.search(node.text()) if node else None
    if found is None:
        raise PullFault(
            PullCode.UNREADABLE,
            f"“{site.source.name}”的列表页 {address} 上没有总数{page_title(tree)}，请核对 options.total。",
        )
    return int(re.sub(r"\D", "", found[0]))


def _next(site: Site[LinkOptions], tree: LexborHTMLParser, base: str) -> str:
    options = site.options
    nodes = tree.css(options.next or 'a, link[rel="next"]')
    for node in nodes:
        if options.next or node.attributes.get("rel") == "next" or _says_next(node, options.next_words):
            target = node.attributes.get("href") or ""
            if target.lower().startswith("javascript:") and not _NO_SCRIPT.fullmatch(target):
                raise PullFault(
                    PullCode.CHANGED_LAYOUT,
                    f"“{site.source.name}”的列表页 {base} 用脚本翻页（{target[:40]}），"
                    "跟不下去；请把各页的地址写进 options.page_address。",
                )
            return join_address(base, target)
    return ""


def _says_next(node: LexborNode, words: tuple[str, ...]) -> bool:
    said = _ORNAMENT.sub("", node.text()).casefold() or (node.attributes.get("title") or "").strip().casefold()
    return said in {word.casefold() for word in words}
