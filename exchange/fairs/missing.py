"""What a fair still lacks before it may be checked or published, each as a sentence that says what to do.

In: the facts of a fair. Out: `Missing`s, none when it may go on. Documents and verified exhibitors are asked for by
人力资源市场暂行条例 art. 28, the licence by 大型群众性活动安全管理条例.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from exchange.fairs.duty import LicenceDuty
from exchange.fairs.words import REQUIRED_DOCUMENTS, DocumentKind

_NAMED = 5  # exhibitors told by name


@dataclass(frozen=True, slots=True)
class Exhibiting:
    name: str
    booth: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Readiness:
    """Everything the rule looks at."""

    documents: Collection[DocumentKind]
    exhibitors: Sequence[Exhibiting]
    online: bool
    starts_at: datetime
    now: datetime
    duty: LicenceDuty
    licence_number: str


@dataclass(frozen=True, slots=True)
class Missing:
    code: str
    words: str


def missing_for_check(ready: Readiness) -> list[Missing]:
    found = [
        Missing(f"document.{kind}", f"还没有上传“{kind.word}”。")
        for kind in REQUIRED_DOCUMENTS
        if kind not in ready.documents
    ]
    if not ready.exhibitors:
        found.append(Missing("exhibitors.none", "还没有参会单位。"))
    unverified = [one.name for one in ready.exhibitors if not one.verified]
    if unverified:
        words = f"有 {len(unverified)} 家参会单位还没有核验：{_named(unverified)}。"
        found.append(Missing("exhibitors.unverified", words))
    unplaced = [one.name for one in ready.exhibitors if not one.booth]
    if unplaced and not ready.online:
        words = f"有 {len(unplaced)} 家参会单位还没有展位：{_named(unplaced)}。"
        found.append(Missing("exhibitors.booth", words))
    if ready.starts_at <= ready.now:
        found.append(Missing("time.past", "举办时间已经过了，请改成以后的时间。"))
    return found


def missing_for_publishing(ready: Readiness) -> list[Missing]:
    found = missing_for_check(ready)
    if ready.duty.duty.needs_licence and not ready.licence_number:
        found.append(Missing("licence.number", f"{ready.duty.duty.word}，还没有填许可决定书的文号。"))
    return found


def _named(names: Sequence[str]) -> str:
    return "、".join(names[:_NAMED]) + (f" 等 {len(names)} 家" if len(names) > _NAMED else "")
