"""How far a batch is: rows read and checked, or published, and whether the worker (后台) lives.

In: a batch on its way. Out: `Progress` for the page, and the same as JSON for the script that keeps the page moving.
The page works without the script: it asks again by itself.
"""

import math
from dataclasses import asdict, dataclass
from datetime import datetime

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from config.words import BatchState
from exchange.health import HEARTBEAT_LIMIT
from exchange.models import Batch
from exchange.store.overview import worker_heartbeat
from exchange.store.previews import count_ahead, count_settled
from exchange.views.bureau_access import READERS, seen_batch
from exchange.views.current import current_exchange, session
from exchange.views.formats import moment
from exchange.views.guard import requires

blueprint = Blueprint("bureau_progress", __name__, url_prefix="/bureau")
MOVING = {BatchState.RECEIVED, BatchState.CONFIRMED, BatchState.PUBLISHING}
_LONGEST_GUESS = 3600  # seconds: what waits longer than this waits for something else


@dataclass(frozen=True, slots=True)
class Progress:
    state: str
    moving: bool  # the page will change by itself
    stage: str  # what is being done, in words
    read: int
    of: int  # 0: not known yet
    left: str  # words for the time left, "" when it cannot be said
    worker: str  # words about the worker
    worker_alive: bool


@blueprint.get("/batches/<string:batch_id>/progress.json")
@requires(*READERS)
def progress(batch_id: str) -> ResponseReturnValue:
    answer: Response = jsonify(asdict(progress_of(seen_batch(batch_id))))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def progress_of(batch: Batch) -> Progress:
    now = current_exchange().store.clock()
    publishing = batch.state in {BatchState.CONFIRMED, BatchState.PUBLISHING}
    read = count_settled(session(), batch.id) if publishing else batch.progress_read
    of = batch.received if publishing else batch.progress_of
    since = batch.confirmed_at if publishing else batch.created_at
    words, alive = _worker(now)
    return Progress(
        state=batch.state,
        moving=batch.state in MOVING,
        stage=_stage(batch),
        read=read,
        of=of,
        left=_left(read, of, (now - since).total_seconds()) if since and alive else "",
        worker=words,
        worker_alive=alive,
    )


def _stage(batch: Batch) -> str:
    match batch.state:
        case BatchState.CONFIRMED:
            return "排队等待发布"
        case BatchState.PUBLISHING:
            return "正在发布"
        case BatchState.RECEIVED if batch.progress_of and batch.progress_read >= batch.progress_of:
            return "正在与已有的岗位比对"
        case BatchState.RECEIVED if batch.progress_of:
            return "正在读取和检查"
        case BatchState.RECEIVED:
            ahead = count_ahead(session(), batch)
            return f"已收下，前面还有 {ahead} 批在等" if ahead else "已收下，正在打开文件"
    return ""


def _left(read: int, of: int, elapsed: float) -> str:
    if not read or read >= of:
        return ""
    seconds = elapsed / read * (of - read)
    if seconds > _LONGEST_GUESS:
        return ""
    return f"大约还要 {math.ceil(seconds)} 秒" if seconds < 60 else f"大约还要 {math.ceil(seconds / 60)} 分钟"


def _worker(now: datetime) -> tuple[str, bool]:
    beaten = worker_heartbeat(session())
    if beaten is None:
        return "后台还没有启动。文件已经收下，不会丢；请管理员启动后台（guanshao run 或 guanshao worker）。", False
    age = max(0, int((now - beaten).total_seconds()))
    if now - beaten < HEARTBEAT_LIMIT:
        return f"后台在工作，{age} 秒前有心跳。", True
    told = moment(beaten)
    return f"后台没有在工作，最近一次心跳是 {told}。文件已经收下，不会丢；请管理员启动后台，启动后接着处理。", False
