"""Taking the sample into a demonstration store by the real road: files as uploads, feeds over HTTP.

In: an `Exchange` whose store is marked as a demonstration, and its site running. Out: a living exchange. The sample
is made anew when it has grown old, so that its postings have not all expired.
"""

from collections.abc import Callable
from datetime import date, timedelta

from config.words import Outcome, label
from exchange.context import Exchange
from exchange.store.database import Store
from exchange.store.facts import get_fact, set_fact
from ingest.http import client_for
from ingest.intake import Summary, take_file
from ingest.pulling import pull
from ingest.sample.build import build_sample
from ingest.sample.cooperation import load_cooperation
from ingest.sample.fairs import load_fairs
from ingest.sample.reports import draft_reports

_ACTOR = "sample"
_DAY = "sample-day"
_AGE_LIMIT = timedelta(days=14)


def sample_day(store: Store, today: date) -> date:
    """The day the sample's dates are reckoned from: when it was taken in, or today when that is long ago."""
    with store.read() as session:
        told = get_fact(session, _DAY)
    day = date.fromisoformat(told) if told else today
    return day if today - day <= _AGE_LIMIT else today


def load_sample(exchange: Exchange, tell: Callable[[str], None]) -> None:
    """Nothing to do when it is there. A load that was cut off is done again; what it had taken stays as it is."""
    with exchange.store.read() as session:
        told = get_fact(session, _DAY)
    day = sample_day(exchange.store, exchange.today)
    if told == day.isoformat():
        return
    tell("正在收入演示数据 …")
    for file in build_sample(exchange.settings.data / "sample", day):
        source = exchange.configuration.sources[file.source]
        tell(_line(take_file(exchange, file.path, source, file.organisation, actor=_ACTOR)))
    for source in exchange.configuration.sources.values():
        if source.demonstration and source.is_pulled:
            with client_for(exchange, source) as client:
                tell(_line(pull(exchange, source, client, actor=_ACTOR)))
    tell(f"  对接会：收入 {load_fairs(exchange, day)} 场（一场已经办过，一场即将举办）")
    tell(f"  两市协作：收入 {load_cooperation(exchange, day)} 条（活动、劳动力供给、转移企业）")
    tell(f"  季度报告：起草 {draft_reports(exchange)} 份（本季还没有结束，是阶段性数字）")
    set_fact(exchange.store, _DAY, day.isoformat())


def _line(summary: Summary) -> str:
    outcomes = summary.outcomes
    counts = "，".join(f"{label(outcome)} {outcomes[outcome]}" for outcome in Outcome if outcomes.get(outcome))
    return f"  {summary.file}：收到 {summary.received} 条（{counts}）"
