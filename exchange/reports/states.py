"""How far a report is (报告状态): drafted, sent, returned, accepted. An accepted one is frozen and never changes.

In: a state and a step. Out: the state after it, or none when the step is not possible.
"""

from enum import StrEnum

from exchange.ledger import EventKind

UNDRAFTED = "未起草"


class ReportState(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    RETURNED = "returned"
    ACCEPTED = "accepted"

    @property
    def label(self) -> str:
        return {
            ReportState.DRAFT: "草稿",
            ReportState.SENT: "已报送",
            ReportState.RETURNED: "已退回",
            ReportState.ACCEPTED: "已采纳",
        }[self]

    @property
    def may_be_edited(self) -> bool:
        return self in {ReportState.DRAFT, ReportState.RETURNED}

    @property
    def is_received(self) -> bool:
        return self in {ReportState.SENT, ReportState.ACCEPTED}


class Step(StrEnum):
    DRAFT = EventKind.REPORT_DRAFTED  # from the numbers, for the first time or again
    EDIT = EventKind.REPORT_EDITED
    SEND = EventKind.REPORT_SENT
    RETURN = EventKind.REPORT_RETURNED
    ACCEPT = EventKind.REPORT_ACCEPTED


_AFTER = {
    (ReportState.DRAFT, Step.DRAFT): ReportState.DRAFT,
    (ReportState.DRAFT, Step.EDIT): ReportState.DRAFT,
    (ReportState.DRAFT, Step.SEND): ReportState.SENT,
    (ReportState.SENT, Step.RETURN): ReportState.RETURNED,
    (ReportState.SENT, Step.ACCEPT): ReportState.ACCEPTED,
    (ReportState.RETURNED, Step.DRAFT): ReportState.RETURNED,
    (ReportState.RETURNED, Step.EDIT): ReportState.RETURNED,
    (ReportState.RETURNED, Step.SEND): ReportState.SENT,
}


def state_after(state: ReportState | None, step: Step) -> ReportState | None:
    """None: not possible. A report that is not there yet can only be drafted."""
    if state is None:
        return ReportState.DRAFT if step is Step.DRAFT else None
    return _AFTER.get((state, step))
