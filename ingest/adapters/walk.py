"""What a pull has seen so far, and whether it can still be trusted.

In: listings, items and failures, as they come. Out: the references that are new, problems that name what failed, and
`PullFault` where pages repeat or never end, totals do not agree, too many details fail, or pages no longer hold
titles and employers.
"""

from collections import Counter
from collections.abc import Sequence

from config.policy import DETAIL_FAILURE_SHARE
from config.sources import Source
from config.words import Severity
from exchange.content import Problem
from ingest.adapters.contract import Item, Listing, PullCode, PullFault, Reference
from ingest.fields import Field
from ingest.http import HttpFault
from ingest.table import read_records

# The site wants a person, or the host is left alone for a while: asking for the next detail would be rude or in vain.
ENDING = frozenset({"pull.captcha", "pull.login", "http.paused", "http.robots_unreachable"})
FAILURES_IN_A_ROW = 10  # after so many, the site is left alone
_LOOKED_AT_A_PAGE = 20  # items whose title and employer are looked for
_BEGINNING = 200  # items, after which one of each page must do
_ENOUGH = 10  # items to judge by
_NEARLY_NONE = 0.05
_TELLING = {PullCode.CHANGED_LAYOUT, PullCode.ERROR_PAGE, PullCode.EMPTY}  # what most details have in common
_NEEDED = (Field.TITLE, Field.EMPLOYER)


class Walk:
    def __init__(self, source: Source, mapping: dict[str, Field], *, page_limit: int, lists_once: bool) -> None:
        self.name = source.name
        self.mapping = mapping
        self.page_limit = page_limit
        self.lists_once = lists_once
        self.failure_share = float(source.policy.get("detail_failure_share", DETAIL_FAILURE_SHARE))
        self.pages = 0
        self.listed = 0
        self.total: int | None = None
        self.failures: list[HttpFault | PullFault] = []
        self._seen: set[str] = set()
        self._in_a_row = 0
        self._looked_at = 0
        self._filled: Counter[Field] = Counter()

    def admit(self, listing: Listing) -> list[Reference]:
        """The references that have not come before."""
        self.pages += 1
        self.listed += len(listing.references)
        self.total = listing.total
        fresh = {reference.key: reference for reference in listing.references if reference.key not in self._seen}
        if listing.references and not fresh:
            raise PullFault(PullCode.REPEATED_PAGE, f"“{self.name}”第 {self.pages} 页与前面的页相同，请核对翻页参数。")
        self._seen.update(fresh)
        return list(listing.references) if self.lists_once else list(fresh.values())

    def look_at(self, items: Sequence[Item]) -> None:
        """Titles and employers: a site that was rebuilt still answers, but with other words in other places."""
        some = _LOOKED_AT_A_PAGE if self._looked_at < _BEGINNING else 1
        rows, _ = read_records(items[:some], self.mapping)
        self._looked_at += len(rows)
        for row in rows:
            self._filled.update(field for field in _NEEDED if row.cells.get(field))
        for field in _NEEDED:
            if self._looked_at >= _ENOUGH and self._filled[field] < self._looked_at * _NEARLY_NONE:
                raise PullFault(
                    PullCode.CHANGED_LAYOUT,
                    f"“{self.name}”前 {self._looked_at} 条里几乎都没有{field.label}，页面或接口可能改版了，"
                    f"本次不作处理；请核对 mapping 里的 {field} 或页面的选择器。",
                )

    def succeed(self) -> None:
        self._in_a_row = 0

    def fail(self, reference: Reference, fault: HttpFault | PullFault) -> Problem:
        """One detail failed: noted. Raises the fault of the whole pull where going on would be no use."""
        if not reference.address or fault.code in ENDING:
            raise PullFault(fault.code, f"“{self.name}”没有取完，已停下：{fault.message}") from fault
        self.failures.append(fault)
        self._in_a_row += 1
        if self._in_a_row >= FAILURES_IN_A_ROW:
            raise self._too_many()
        message = f"{reference.address} 没有取到，其余照常处理，这次不关闭任何岗位：{fault.message}"
        return Problem(PullCode.DETAIL_FAILED, Severity.ERROR, message, reference.address)

    def go_on(self, listing: Listing) -> None:
        if listing.more and self.pages >= self.page_limit:
            raise PullFault(PullCode.PAGE_LIMIT, f"“{self.name}”超过 {self.page_limit} 页还没有取完，已停止。")

    def finish(self) -> None:
        different, failed = len(self._seen), len(self.failures)
        if failed > self.failure_share * different and (failed > 1 or failed == different):
            raise self._too_many()
        if self.total is not None and self._counted() != self.total:
            raise PullFault(
                PullCode.INCOMPLETE,
                f"“{self.name}”说共有 {self.total} 条，实际取到 {self._counted()} 条，这次不完整，不关闭任何岗位。",
            )
        if self.lists_once and different != self.listed:
            raise PullFault(
                PullCode.INCOMPLETE,
                f"“{self.name}”取到的 {self.listed} 条里有 {self.listed - different} 条重复，"
                "翻页时列表可能变动过，不关闭任何岗位。",
            )

    def _counted(self) -> int:
        return self.listed if self.lists_once else len(self._seen)

    def _too_many(self) -> PullFault:
        """Named after what most of them have in common; the first one is told in full."""
        first, failed = self.failures[0], len(self.failures)
        if failed == 1:
            return PullFault(first.code, f"“{self.name}”没有取到：{first.message}")
        (code, most), *_ = Counter(fault.code for fault in self.failures).most_common(1)
        telling = code in _TELLING and most * 2 > failed
        return PullFault(
            code if telling else PullCode.TOO_MANY_FAILURES,
            f"“{self.name}”的 {len(self._seen)} 个页面里有 {failed} 个没有取到，本次不作处理；第一个：{first.message}",
        )
