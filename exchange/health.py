"""How the exchange is: database, index, worker, disk, sources. Read by `guanshao doctor` and /healthz.

In: an `Exchange`. Out: `Check`s in Chinese. To add a check, add a function to CHECKS.
"""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from exchange.context import Exchange
from exchange.pull_words import SourceState
from exchange.source_health import sources_health
from exchange.store.facts import get_fact
from exchange.store.ledger import head_sequence

HEARTBEAT = "worker-heartbeat"
HEARTBEAT_LIMIT = timedelta(seconds=60)
_CONTACT = re.compile(r"\S@\S|https?://\S|\+\d{6,}")
_LEAST_FREE = 500 * 2**20


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    ok: bool
    message: str


def heartbeat(exchange: Exchange) -> datetime | None:
    """When the worker last said that it lives."""
    with exchange.store.read() as session:
        told = get_fact(session, HEARTBEAT)
    return datetime.fromisoformat(told) if told else None


def worker_is_alive(exchange: Exchange) -> bool:
    last = heartbeat(exchange)
    return last is not None and exchange.store.clock() - last < HEARTBEAT_LIMIT


def index_behind(exchange: Exchange) -> int:
    """Events that the index has not followed yet."""
    with exchange.store.read() as session:
        return head_sequence(session) - exchange.reader.status().sequence


def _database(exchange: Exchange) -> Check:
    try:
        with exchange.store.read() as session:
            session.connection().execute(text("SELECT 1"))
    except SQLAlchemyError as fault:
        return Check("数据库", False, f"连不上：{fault.__class__.__name__}")
    return Check("数据库", True, exchange.store.url.get_backend_name())


def _index(exchange: Exchange) -> Check:
    status = exchange.reader.status()
    if not status.healthy:
        return Check("索引", False, f"{status.message}；可运行 guanshao index rebuild")
    return Check("索引", True, f"{status.documents:,} 个岗位，落后台账 {index_behind(exchange)} 个事件")


def _worker(exchange: Exchange) -> Check:
    alive = worker_is_alive(exchange)
    return Check("后台", alive, "在工作" if alive else "没有在工作；guanshao run 或 guanshao worker 会启动它")


def _disk(exchange: Exchange) -> Check:
    free = shutil.disk_usage(exchange.settings.data).free
    return Check("磁盘", free >= _LEAST_FREE, f"数据文件夹还有 {free // 2**20:,} MB")


def _sources(exchange: Exchange) -> Check:
    with exchange.store.read() as session:
        found = sources_health(exchange, session)
    told = [
        (word, [one.source.id for one in found if one.state is state])
        for state, word in (
            (SourceState.FAILED, "上次抓取失败"),
            (SourceState.OVERDUE, "过点没有抓"),
            (SourceState.PARKED, "有减少的岗位等人决定（/admin/sources）"),
        )
    ]
    faults = [f"{'、'.join(ids)} {word}" for word, ids in told if ids]
    drifting = [one.source.id for one in found if one.large_drifts]
    notes = [*faults, f"{'、'.join(drifting)} 字段变化很大"] if drifting else faults
    return Check("来源", not faults, f"{'；'.join(notes)}；详见 guanshao sources" if notes else "没有失败的抓取")


def _contact(exchange: Exchange) -> Check:
    """Who pulls other people's sites says who he is, so that they can call before they block."""
    agent = exchange.settings.http_user_agent
    pulls = any(s.is_active and not s.demonstration for s in exchange.configuration.sources.values())
    if _CONTACT.search(agent):
        return Check("抓取的名字", True, agent)
    message = "没有联系方式，请在 GUANSHAO_HTTP_USER_AGENT 里写上，例如 guanshao-job-exchange/0.1 (mailto:...)"
    return Check("抓取的名字", not pulls, message)


def _pdf_font(exchange: Exchange) -> Check:
    """Said, not blamed: Word and Excel need none."""
    from exchange.documents.report_fonts import NoFont, find_fonts  # Typst is read for this question only

    try:
        return Check("PDF 字体", True, find_fonts(exchange.settings.pdf_font).body)
    except NoFont as fault:
        return Check("PDF 字体", True, str(fault))


CHECKS: tuple[Callable[[Exchange], Check], ...] = (_database, _index, _worker, _disk, _sources, _contact, _pdf_font)


def examine(exchange: Exchange) -> list[Check]:
    return [check(exchange) for check in CHECKS]
