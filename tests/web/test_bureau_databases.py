"""The clerk's queries on both databases: one walk through the pages that ask the store."""

from pathlib import Path

from tests.web.bureau_desk import PHONE, csv_of, job, numbers, open_desk


def test_the_pages_say_the_same_on_sqlite_and_postgresql(tmp_path: Path, database_url: str) -> None:
    desk = open_desk(tmp_path, database_url=database_url)
    clerk = desk.clerk()
    desk.publish(clerk, csv_of(job("普工"), job("焊工")))
    rows = (job("普工", 薪资待遇="6000元/月"), job("焊工"), job("保安", 薪资待遇="见附件"), job("文员", 招聘人数=""))
    path = clerk.uploaded(csv_of(*rows))
    desk.work()
    page = clerk.get(path)
    assert numbers(page) == {"新增": 1, "更新": 1, "未变": 1, "重复": 0, "待审": 0, "退回": 1, "共收到": 4}
    assert page.texts(".kind h3 a") == ["薪资看不懂", "没有招聘人数"]
    problems = clerk.get(f"{path}/problems")
    assert problems.texts("section.problems h2") == ["招聘人数", "薪资待遇"]
    assert "薪资看不懂" in clerk.client.get(f"{path}/problems.csv?severity=error").get_data(as_text=True)
    assert clerk.get("/bureau/postings?q=焊工").texts("tbody th") == ["焊工"]
    (posting,) = desk.found("焊工")
    assert PHONE in clerk.get(f"/bureau/postings/{posting}").text
    clerk.pressed(page, "放弃")
    assert clerk.get("/bureau/batches?state=discarded").texts("tbody td:nth-child(4)") == ["已放弃"]
    desk.exchange.store.close()
