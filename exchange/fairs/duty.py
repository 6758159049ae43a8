"""The licence that a large fair needs, and until when it must be applied for.

In: how many are expected, who runs it, where and when. Out: `LicenceDuty`. Rests on 大型群众性活动安全管理条例: a fair
for 1,000 or more is licensed by the county's police, for more than 5,000 by the city's, applied for 20 days ahead; what
a government runs itself needs none but a stricter safety plan.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from exchange.fairs.words import Duty

FROM, ABOVE_COUNTY = 1_000, 5_000  # people expected
DAYS_AHEAD = 20


@dataclass(frozen=True, slots=True)
class LicenceDuty:
    duty: Duty
    deadline: date | None = None  # last day to apply, when there is something to apply for

    def is_late(self, today: date, applied_on: date | None) -> bool:
        """Applied for after the deadline, or not at all while it has passed."""
        return self.deadline is not None and (applied_on or today) > self.deadline


def licence_duty(expected: int, by_government: bool, online: bool, starts_on: date) -> LicenceDuty:
    """Nobody gathers at an online fair, however many take part."""
    if online or expected < FROM:
        return LicenceDuty(Duty.NONE)
    if by_government:
        return LicenceDuty(Duty.GOVERNMENT)
    duty = Duty.CITY if expected > ABOVE_COUNTY else Duty.COUNTY
    return LicenceDuty(duty, starts_on - timedelta(days=DAYS_AHEAD))


def duty_sentences(found: LicenceDuty, expected: int, today: date, applied_on: date | None) -> list[str]:
    """What the form says beside the number of people expected."""
    told = [f"预计 {expected:,} 人：{found.duty.word}。"]
    if found.deadline is not None:
        last = f"{found.deadline.month}月{found.deadline.day}日"
        told.append(f"最迟在 {found.deadline.year}年{last} 提出申请（举办日的 {DAYS_AHEAD} 天前）。")
        if found.is_late(today, applied_on):
            told.append("已经过了申请期限：请改期，或减少规模。")
        elif applied_on is None:
            told.append(f"还有 {(found.deadline - today).days} 天。")
    return told
