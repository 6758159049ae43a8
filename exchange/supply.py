"""Supply notices (供给信息): their states and what bureaus may record of them.

In: nothing. Out: closed lists with their Chinese labels.
"""

from enum import StrEnum


class SupplyState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        return {self.OPEN: "待对接", self.CLOSED: "已结束", self.EXPIRED: "已过期"}[self]


class SupplyOutcome(StrEnum):
    """What became of it, in numbers."""

    CONTACTED = "contacted"
    INTERVIEWED = "interviewed"
    HIRED = "hired"

    @property
    def label(self) -> str:
        return {self.CONTACTED: "已联系", self.INTERVIEWED: "面试", self.HIRED: "录用"}[self]
