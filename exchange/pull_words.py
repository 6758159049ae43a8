"""What is said of pulls: Chinese words for the states of runs, sources and parked drops, and why a drop was parked.

In: members of the closed lists of exchange.models.pulls. Out: words for pages and the command line.
"""

from enum import StrEnum

from exchange.models import DropKind, DropReason, DropState, ParkedDrop, RunState


class SourceState(StrEnum):
    """How a source is doing, as one word; the first that fits, in this order."""

    DISABLED = "disabled"
    RUNNING = "running"
    WANTED = "wanted"
    PARKED = "parked"
    PAUSED = "paused"
    FAILED = "failed"
    OVERDUE = "overdue"
    NEW = "new"
    GOOD = "good"


SOURCE_WORDS: dict[SourceState, str] = {
    SourceState.DISABLED: "停用",
    SourceState.RUNNING: "正在抓取",
    SourceState.WANTED: "已排队",
    SourceState.PARKED: "等人决定",
    SourceState.PAUSED: "已暂停",
    SourceState.FAILED: "上次失败",
    SourceState.OVERDUE: "过点未抓",
    SourceState.NEW: "还没抓过",
    SourceState.GOOD: "正常",
}
RUN_WORDS: dict[RunState, str] = {
    RunState.RUNNING: "正在抓取",
    RunState.DONE: "完成",
    RunState.FAILED: "失败",
    RunState.PARKED: "整批停下",
}
DROP_WORDS: dict[DropState, str] = {
    DropState.WAITING: "等人决定",
    DropState.APPROVED: "已同意",
    DropState.REFUSED: "已拒绝",
    DropState.SUPERSEDED: "已被后来的抓取取代",
}


def drop_sentence(drop: ParkedDrop) -> str:
    """What happened and why it was stopped, in one or two sentences."""
    gone = f"在招的 {drop.open:,} 个岗位里，这次的清单少了 {drop.gone:,} 个"
    if drop.reason == DropReason.SHARE:
        why = f"（{round(100 * drop.gone / drop.open) if drop.open else 100} %）"
    else:
        why = f"，总共只有 {drop.received:,} 条，平常约 {drop.usual or 0:,} 条"
    if drop.kind == DropKind.RUN:
        return f"{gone}{why}，同时有 {drop.new:,} 个从没见过的编号：来源可能把编号全换了。整批都没有发布。"
    return f"{gone}{why}。新的内容已发布，少了的岗位先不结束。"
