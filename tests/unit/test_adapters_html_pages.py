"""Job boards as web pages: lists, details, 下一页, GBK, and pages that are something else."""

from typing import Any

import pytest

from config.errors import ConfigurationError
from config.sources import AdapterKind
from ingest.adapters import check_sources
from ingest.fields import Field
from tests.unit.pages_site import Puller
from tests.unit.scripted_site import Answer

BOARD = Puller(AdapterKind.HTML_PAGES, "/jobs/list?page=1")
OPTIONS: dict[str, Any] = {
    "links": ".job",
    "pairs": ".facts",
    "fields": {"title": "h1", "employer": ".company"},
    "reference_pattern": r"job/(\d+)",
}


def listed(*numbers: int, after: str = "") -> str:
    rows = "".join(f'<li class="job"><i>急</i> <a href="../job/{n}.html#top">岗位{n}</a></li>' for n in numbers)
    return f"<html><title>招聘</title><ul>{rows}</ul>{after}</html>"


def detail(number: int, facts: str = "<dl><dt>薪资待遇：</dt><dd>5000-6000</dd></dl>") -> str:
    return (
        f"<html><script>var a = 1</script><h1>\n  {number}号\n 普工 </h1><p class=company>华盛电子</p>"
        f"<div class=facts>{facts}</div></html>"
    )


def pages(*numbers: int, **further: Any) -> dict[str, Any]:
    return {"/jobs/list?page=1": listed(*numbers), **{f"/job/{n}.html": detail(n) for n in numbers}, **further}


def test_a_list_leads_to_its_details() -> None:
    pulled = BOARD.pull(pages(1, 2), **OPTIONS)
    assert pulled.column(Field.TITLE) == ["1号 普工", "2号 普工"]
    assert pulled.column(Field.EMPLOYER) == ["华盛电子", "华盛电子"]
    assert pulled.column(Field.SALARY) == ["5000-6000", "5000-6000"]
    assert pulled.column(Field.REFERENCE) == ["1", "2"]
    assert [url.partition("/job/")[2] for url in pulled.column(Field.URL)] == ["1.html", "2.html"]
    assert (pulled.whole, pulled.problems) == (True, [])


@pytest.mark.parametrize(
    "link",
    [
        '<a href="?page=2">下一页</a>',
        '<a href="list?page=2">下一页 &raquo;</a>',
        '<a href="/jobs/list?page=2"><span>下页</span></a>',
        '<a class="n" href="list?page=2" title="下一页"></a>',
        '<link rel="next" href="?page=2">',
    ],
)
def test_the_list_goes_on_at_the_link_to_the_next_page(link: str) -> None:
    second = {
        "/jobs/list?page=2": listed(2, after='<a href="javascript:void(0);">下一页</a>'),
        "/job/2.html": detail(2),
    }
    pulled = BOARD.pull({**pages(1), "/jobs/list?page=1": listed(1, after=link), **second}, **OPTIONS)
    assert pulled.column(Field.REFERENCE) == ["1", "2"]


def test_relative_links_begin_where_the_page_was_found_or_at_its_base() -> None:
    elsewhere = '<base href="/jobs/deep/"><a class=job href="../../job/1.html">x</a>'
    assert BOARD.pull({**pages(1), BOARD.path: elsewhere}, **OPTIONS).column(Field.REFERENCE) == ["1"]


def test_a_last_page_that_links_to_itself_is_the_last() -> None:
    first = listed(1, after='<a href="?page=1">下一页</a>')
    assert len(BOARD.pull({**pages(1), "/jobs/list?page=1": first}, **OPTIONS).items) == 1


def test_the_link_to_the_next_page_may_be_named_by_a_selector() -> None:
    first = listed(1, after='<a href="?page=9">下一页</a><a class=go href="?page=2">&gt;</a>')
    second = {"/jobs/list?page=2": listed(2), "/job/2.html": detail(2)}
    assert len(BOARD.pull({**pages(1), "/jobs/list?page=1": first, **second}, **OPTIONS, next="a.go").items) == 2


def test_pages_by_number_end_at_a_404_or_at_the_total() -> None:
    numbered = {"/jobs/list_2.html": listed(2), "/job/2.html": detail(2)}
    pulled = BOARD.pull({**pages(1), **numbered}, **OPTIONS, page_address="list_{page}.html")
    assert len(pulled.items) == 2
    assert "/jobs/list_3.html" in pulled.asked
    counted = {path: f"{page}<p id=n>共 1,002 条</p>".replace("1,002", "2") for path, page in numbered.items()}
    first = listed(1, after="<p id=n>共 2 条</p>")
    pulled = BOARD.pull(
        {**pages(1), **counted, "/jobs/list?page=1": first}, **OPTIONS, page_address="list_{page}.html", total="#n"
    )
    assert len(pulled.items) == 2
    assert "/jobs/list_3.html" not in pulled.asked


def test_a_total_that_was_not_reached_is_not_whole() -> None:
    first = listed(1, after="<p id=n>共 1,002 条</p>")
    fault = BOARD.fault({**pages(1), "/jobs/list?page=1": first}, **OPTIONS, total="#n")
    assert fault.code == "pull.incomplete"
    assert "1002" in fault.message


def test_a_pinned_posting_on_every_page_is_read_once() -> None:
    first = listed(9, 1, after='<a href="?page=2">下一页</a>')
    all_pages = {**pages(1, 2, 9), "/jobs/list?page=1": first, "/jobs/list?page=2": listed(9, 2)}
    pulled = BOARD.pull(all_pages, **OPTIONS)
    assert pulled.column(Field.REFERENCE) == ["9", "1", "2"]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("gbk", "gbk"), ("gb2312", "gb18030"), ("utf-8", "utf-8"), ("", "gbk"), ("", "utf-8"), ("", "utf-8-sig")],
)
def test_gbk_and_utf8_are_read_by_header_by_page_or_by_their_bytes(declared: str, encoding: str) -> None:
    facts = "<p>岗位职责：负责流水线上的组装、检查和包装工作，服从班组长的安排。</p>"
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    body = (meta + detail(1, facts)).encode(encoding)
    for headers in ({"Content-Type": f"text/html; charset={declared}"} if declared else {}, {}):
        pulled = BOARD.pull({**pages(1), "/job/1.html": Answer(body, headers=headers)}, **OPTIONS)
        assert pulled.column(Field.TITLE) == ["1号 普工"]
        assert pulled.column(Field.DUTIES) == ["负责流水线上的组装、检查和包装工作，服从班组长的安排。"]
        assert pulled.problems == []


@pytest.mark.parametrize(
    "facts",
    [
        "<dl><dt>薪资待遇</dt><dd>5000</dd><dt>工作地点：</dt><dd>长安镇</dd></dl>",
        "<table><tr><th>薪资待遇</th><td>5000</td><th>工作地点</th><td>长安镇</td></tr></table>",
        "<table><tr><td>薪资待遇：</td><td>5000</td></tr><tr><td>工作地点：</td><td>长安镇</td></tr></table>",
        "<p>薪资待遇：5000</p><p>工作地点：长安镇</p>",
        "薪资待遇：5000<br>工作地点: 长安镇",
        "<ul><li><span>薪资待遇：</span><em>5000</em></li><li><b>工作地点</b>：<em>长安镇</em></li></ul>",
        "<div><div>薪资待遇：</div><div>5000</div></div><div><div>工作地点：</div><div>长安镇</div></div>",
    ],
)
def test_pairs_of_label_and_value_are_found(facts: str) -> None:
    pulled = BOARD.pull({**pages(1), "/job/1.html": detail(1, facts)}, **OPTIONS)
    assert (pulled.column(Field.SALARY), pulled.column(Field.DIVISION)) == (["5000"], ["长安镇"])


def test_labels_that_nobody_knows_are_named_by_the_mapping() -> None:
    board = Puller(AdapterKind.HTML_PAGES, BOARD.path, mapping={"银子": "salary"})
    pulled = board.pull({**pages(1), "/job/1.html": detail(1, "<p>银子：6000</p>")}, **OPTIONS)
    assert pulled.column(Field.SALARY) == ["6000"]


def test_values_of_several_places_are_joined_and_attributes_are_read() -> None:
    fields = {**OPTIONS["fields"], "benefits": ".tag", "duties": ".text", "phone": "a.tel@data-number"}
    facts = (
        "<b class=tag>包吃</b><b class=tag>包住</b><p class=text>一、组装<br>二、包装</p>"
        '<a class=tel data-number="0769-85550000">查看电话</a>'
    )
    pulled = BOARD.pull({**pages(1), "/job/1.html": detail(1, facts)}, **(OPTIONS | {"fields": fields}))
    assert pulled.column(Field.BENEFITS) == ["包吃、包住"]
    assert pulled.column(Field.DUTIES) == ["一、组装\n二、包装"]
    assert pulled.column(Field.PHONE) == ["0769-85550000"]


def test_a_list_that_says_it_all_needs_no_details() -> None:
    rows = "<tr class=job><td>普工</td><td>华盛电子</td></tr><tr class=job><td>焊工</td><td>明达五金</td></tr>"
    fields = {"title": "td:nth-child(1)", "employer": "td:nth-child(2)"}
    pulled = BOARD.pull({BOARD.path: f"<table>{rows}</table>"}, links="tr.job", list_fields=fields)
    assert (pulled.column(Field.TITLE), pulled.column(Field.EMPLOYER)) == (["普工", "焊工"], ["华盛电子", "明达五金"])
    assert pulled.asked == [BOARD.path]


def test_what_the_list_says_is_kept_where_the_detail_says_nothing() -> None:
    rows = '<li class=job><a href="/job/1.html">x</a><time>2026-11-20</time></li>'
    pulled = BOARD.pull({**pages(1), BOARD.path: rows}, **OPTIONS, list_fields={"published": "time"})
    assert pulled.column(Field.PUBLISHED) == ["2026-11-20"]


@pytest.mark.parametrize(
    ("code", "page"),
    [
        ("pull.changed_layout", "<title>招聘</title><div class=vacancy><a href=x>普工</a></div>"),
        ("pull.error_page", "<title>系统提示</title>服务暂时不可用"),
        ("pull.error_page", "<h1>404 Not Found</h1>"),
        ("pull.changed_layout", ""),
    ],
)
def test_a_list_page_without_postings_ends_the_pull(code: str, page: str) -> None:
    fault = BOARD.fault({BOARD.path: page}, **OPTIONS)
    assert fault.code == code
    assert "options.links" in fault.message


def test_a_list_that_says_that_it_is_empty_is_believed() -> None:
    assert BOARD.pull({BOARD.path: "<p>暂无招聘信息</p>"}, **OPTIONS).items == []
    assert BOARD.pull({BOARD.path: "<p>改日再来</p>"}, **OPTIONS, empty_words=["改日再来"]).items == []


def test_a_strange_page_in_the_middle_is_not_the_end_of_the_list() -> None:
    first = listed(1, after='<a href="?page=2">下一页</a>')
    broken = {**pages(1), BOARD.path: first, "/jobs/list?page=2": "<title>招聘</title>"}
    assert BOARD.fault(broken, **OPTIONS).code == "pull.changed_layout"
    numbered = {**pages(1), "/jobs/list_2.html": "<title>招聘</title>"}
    assert BOARD.fault(numbered, **OPTIONS, page_address="list_{page}.html").code == "pull.changed_layout"


def test_a_list_that_is_turned_by_a_script_says_so() -> None:
    first = listed(1, after='<a href="javascript:goPage(2)">下一页</a>')
    fault = BOARD.fault({**pages(1), BOARD.path: first}, **OPTIONS)
    assert fault.code == "pull.changed_layout"
    assert "options.page_address" in fault.message


def test_pages_without_end_are_stopped() -> None:
    endless = {f"/jobs/list?page={n}": listed(n, after=f'<a href="?page={n + 1}">下一页</a>') for n in range(1, 9)} | {
        f"/job/{n}.html": detail(n) for n in range(1, 9)
    }
    assert BOARD.fault(endless, **OPTIONS, page_limit=3).code == "pull.page_limit"
    again = {f"/jobs/list?page={n}": listed(1, after=f'<a href="?page={n + 1}">下一页</a>') for n in range(1, 9)}
    assert BOARD.fault({**endless, **again}, **OPTIONS).code == "pull.repeated_page"


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("links", {"links": ""}),
        ("links", {"links": "a["}),
        ("fields", {"fields": {}, "pairs": ""}),
        (r"fields\.title", {"fields": {"title": "h1["}}),
        (r"list_fields\.title", {"list_fields": {"title": "::"}}),
        ("reference_pattern", {"reference_pattern": "("}),
        ("page_address", {"page_address": "list_2.html"}),
        ("next_words", {"next_words": "下一页"}),
        ("selector", {"selector": "a"}),
    ],
)
def test_options_that_cannot_be_are_refused_at_the_start(key: str, changes: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match=rf"sources\.toml: s: options\.{key}: ") as caught:
        check_sources([BOARD.source(**(OPTIONS | changes))])
    assert "\n" not in str(caught.value)
