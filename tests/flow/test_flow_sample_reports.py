"""The sample's reports: drafts of the running quarter that tell of its fair, once however often they are loaded."""

from pathlib import Path

import pytest

from exchange.store.reports import content_of, reports_of
from exchange.store.verifying import Replay, verify_store
from ingest.sample.fairs import load_fairs
from ingest.sample.reports import draft_reports
from tests.web.living_exchange import open_living


@pytest.mark.parametrize("again", [1, 2])
def test_the_sample_has_drafts_of_the_running_quarter(tmp_path: Path, again: int) -> None:
    exchange = open_living(tmp_path)
    load_fairs(exchange, exchange.today)
    assert [draft_reports(exchange) for _ in range(again)] == [2, 0][:again]
    with exchange.store.read() as session:
        reports = reports_of(session, exchange.today.year)
        assert [(report.cluster, report.state) for report in reports] == [("c01", "draft"), ("", "draft")]
        told = [section for section in content_of(reports[0]).sections if section.key == "fairs"]
        assert "演示：翁源—长安招聘专场" in "".join(told[0].text)
        assert list(verify_store(session, Replay())) == []
    exchange.store.close()
