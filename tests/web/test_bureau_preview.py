"""The preview of a batch: headings that can be changed, rows by outcome, and a confirmation of what was seen."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.bureau_desk import HUMEN, BureauDesk, csv_of, job, numbers, open_desk
from tests.web.page_client import Page

ODD = {"薪资待遇": "开多少钱"}  # a heading that nobody listed


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[BureauDesk]:
    opened = open_desk(tmp_path)
    yield opened
    opened.exchange.store.close()


def _heading(page: Page, heading: str) -> Any:
    return next(s for s in page.all(".heading-table select") if f"“{heading}”" in s.attributes["aria-label"])


def _reading(page: Page, heading: str) -> str:
    row = next(row for row in page.all(".heading-table tbody tr") if heading in row.css_first("th").text())
    chosen = row.css_first("option[selected]") or row.css_first("option")
    return " ".join(chosen.text().split())


def test_a_heading_is_changed_and_remembered_for_the_organisation_and_layout(desk: BureauDesk) -> None:
    clerk = desk.clerk()
    path = clerk.uploaded(csv_of(job("普工"), headings=ODD))
    desk.work()
    page = clerk.get(path)
    assert _reading(page, "开多少钱") == "未使用"
    assert "5000-6500元/月" in page.one(".heading-table").text(), "an example helps to decide"
    assert any("没有薪资" in text for text in page.texts(".kind h3"))
    read_again = clerk.pressed(page, "重新读表", **{_heading(page, "开多少钱").attributes["name"]: "salary"})
    assert "正在按新的表头重新读表" in read_again.text
    assert not read_again.all(".outcomes"), "it is on its way again"
    desk.work()
    page = clerk.get(path)
    assert _reading(page, "开多少钱") == "薪资待遇"
    assert "按本单位的选择" in page.text
    assert not page.all(".kind")
    again = clerk.uploaded(csv_of(job("焊工"), job("保安"), headings=ODD))
    other = desk.clerk("humen").uploaded(csv_of(job("焊工"), headings=ODD))
    desk.work()
    assert _reading(clerk.get(again), "开多少钱") == "薪资待遇", "remembered for other files of this layout"
    assert _reading(desk.clerk("humen").get(other), "开多少钱") == "未使用", "but not for others"


def test_a_choice_is_taken_back_and_no_change_reads_nothing_again(desk: BureauDesk) -> None:
    clerk = desk.clerk()
    path = clerk.uploaded(csv_of(job("普工"), headings=ODD))
    desk.work()
    page = clerk.get(path)
    name = _heading(page, "开多少钱").attributes["name"]
    assert "没有改动" in clerk.pressed(page, "重新读表", **{name: ""}).text
    clerk.pressed(page, "重新读表", **{name: "salary"})
    desk.work()
    clerk.pressed(clerk.get(path), "重新读表", **{name: ""})
    desk.work()
    assert _reading(clerk.get(path), "开多少钱") == "未使用"


def test_headings_of_a_published_batch_stay(desk: BureauDesk) -> None:
    clerk = desk.clerk()
    path = desk.publish(clerk, csv_of(job("普工"), headings=ODD))
    assert not clerk.get(path).all("select[name^=column-]")
    assert clerk.send(f"{path}/headings", **{"column-0-4": "salary"}).status_code == 409


def test_what_is_confirmed_is_what_was_seen(desk: BureauDesk) -> None:
    clerk, colleague = desk.clerk("changan"), desk.clerk("changan2")
    path = clerk.uploaded(csv_of(job("普工"), headings=ODD))
    desk.work()
    seen = clerk.get(path)
    name = _heading(seen, "开多少钱").attributes["name"]
    colleague.pressed(colleague.get(path), "重新读表", **{name: "salary"})
    desk.work()
    told = clerk.pressed(seen, "发布")
    assert "这一批的预览变了" in told.text
    desk.work()
    assert desk.found() == []


def test_a_difference_between_preview_and_publication_is_said(desk: BureauDesk) -> None:
    clerk, humen = desk.clerk(), desk.clerk("humen")
    path = clerk.uploaded(csv_of(job("普工"), job("焊工")))
    desk.work()
    preview = clerk.get(path)
    assert numbers(preview)["新增"] == 2
    desk.publish(humen, csv_of(job("普工")))
    clerk.pressed(preview, "发布 2")
    desk.work()
    done = clerk.get(path)
    assert numbers(done) | {"新增": 1, "重复": 1} == numbers(done)
    notice = next(text for text in done.texts(".notice") if "不完全一样" in text)
    assert "新增由 2 变为 1" in notice
    assert "重复由 0 变为 1" in notice


def test_rows_of_each_outcome_are_shown_with_what_changes(desk: BureauDesk) -> None:
    clerk = desk.clerk()
    rows = [job(f"普工{n}") for n in range(8)]
    desk.publish(clerk, csv_of(*rows))
    mended = [job("普工0", 薪资待遇="7000-8000元/月"), *rows[1:], job("限招男性保安"), job("焊工", 单位名称="")]
    path = clerk.uploaded(csv_of(*mended, job("普工1")))
    desk.work()
    page = clerk.get(path)
    assert numbers(page) == {"新增": 0, "更新": 1, "未变": 7, "重复": 1, "待审": 1, "退回": 1, "共收到": 11}
    updated = page.one("h3#updated").parent
    assert updated is not None
    assert updated.css_first(".change").text() == "薪资 5,000–6,500\u2009元/月 → 7,000–8,000\u2009元/月"
    unchanged = page.one("h3#unchanged").parent
    assert unchanged is not None
    assert len(unchanged.css("tbody tr")) == 5, "the first rows only"
    refused = page.one("h3#rejected").parent
    assert refused is not None
    assert {"长安镇", "5000-6500元/月", "10"} <= {cell.text() for cell in refused.css("td")}, "as the clerk wrote it"
    everything = clerk.get(page.link("看全部未变的"))
    assert len(everything.all("tbody tr")) == 7
    assert everything.texts("tbody th")[0] == "第 3 行"
    clerk.get(f"{path}/records/nonsense", 404)


def test_a_thrown_away_batch_publishes_nothing(desk: BureauDesk) -> None:
    clerk = desk.clerk()
    path = clerk.uploaded(csv_of(job("普工")))
    desk.work()
    preview = clerk.get(path)
    assert "已放弃" in clerk.pressed(preview, "放弃").text
    assert "没有再确认一次" in clerk.pressed(preview, "发布").text
    desk.work()
    assert desk.found() == []
    assert desk.batches()[0].state == "discarded"


def test_a_published_batch_cannot_be_thrown_away(desk: BureauDesk) -> None:
    clerk = desk.clerk()
    path = clerk.uploaded(csv_of(job("普工")))
    desk.work()
    preview = clerk.get(path)
    clerk.pressed(preview, "发布")
    assert "不能放弃了" in clerk.pressed(preview, "放弃").text
    desk.work()
    assert len(desk.found()) == 1


def test_the_same_file_once_more_says_when_it_was_published(desk: BureauDesk) -> None:
    clerk, content = desk.clerk(), csv_of(job("普工"))
    first = desk.publish(clerk, content)
    path = clerk.uploaded(content)
    desk.work()
    page = clerk.get(path)
    assert numbers(page)["未变"] == 1
    assert page.link(first.rsplit("/", 1)[1]) == first
    assert "确认（没有要新增或更新的）" in page.text


def test_nothing_in_a_cell_becomes_part_of_the_page(desk: BureauDesk) -> None:
    clerk = desk.clerk()
    evil = '<script>alert(1)</script>"><b>'
    content = csv_of(job(evil, 薪资待遇=evil, 单位名称=f"{evil}有限公司"), headings={"招聘人数": f"{evil}列"})
    path = clerk.uploaded(content, f"{evil.replace('/', '')}.csv")
    desk.work()
    for part in ("", "/problems", "/records/rejected"):
        page = clerk.get(path + part)
        assert page.all("script:not([src])") == []
        assert "<b>" not in page.html
        assert "alert(1)" in page.text


def test_several_sheets_and_a_hidden_one_are_told(desk: BureauDesk, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, title in (("长安", "普工"), ("虎门", "焊工"), ("旧表", "保安")):
        sheet = book.create_sheet(name)
        row = job(title)
        sheet.append(list(row))
        sheet.append(list(row.values()))
    book["旧表"].sheet_state = "hidden"
    book.save(tmp_path / "三张.xlsx")
    clerk = desk.clerk()
    path = clerk.uploaded((tmp_path / "三张.xlsx").read_bytes(), "三张.xlsx")
    desk.work()
    page = clerk.get(path)
    assert "“旧表”是隐藏的工作表，没有读" in page.text
    assert page.texts("tbody tr th.nowrap") == ["长安 第 2 行", "虎门 第 2 行"]


def test_the_history_says_who_when_and_what(desk: BureauDesk) -> None:
    desk.publish(desk.clerk("changan"), csv_of(job("普工")), "一.csv")
    desk.clerk("humen").uploaded(csv_of(job("焊工")), "二.csv", organisation=HUMEN)
    page = desk.clerk("office").get("/bureau/batches")
    assert page.texts("thead th")[5:-1] == ["新增", "更新", "未变", "重复", "待审", "退回"]
    row = next(text for text in page.texts("tbody tr") if "一.csv" in text)
    assert "changan" in row
    assert "已完成" in row
    assert next(b for b in desk.batches() if b.file_name == "一.csv").file_hash[:12] in row
    waiting = desk.clerk("office").get("/bureau/batches?state=received")
    assert ["二.csv" in text for text in waiting.texts("tbody tr")] == [True]
    assert "一.csv" not in desk.clerk("humen").get("/bureau/batches").text
