"""What an adapter brings, written down: one JSON line for each item, as the source worded it.

In: a source, a client, where to write. Out: `Captured`: whether everything came, and what did not. PullFault
pull.empty when nothing came of a source that was asked for all it has; since the last run there may be nothing new.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from config.sources import Source
from exchange.content import Problem
from ingest.adapters import PullCode, PullFault, adapter_of
from ingest.http import HttpClient


@dataclass(slots=True)
class Captured:
    items: int = 0
    is_whole: bool = True  # False: this pull must not close anything
    problems: list[Problem] = field(default_factory=list)

    @property
    def shortcoming(self) -> str:
        """What to remember of a run that brought not everything; "" for a good one."""
        failed = [problem for problem in self.problems if problem.code == PullCode.DETAIL_FAILED]
        return f"有 {len(failed)} 个页面没有取到，没有关闭任何岗位；第一个：{failed[0].message}" if failed else ""


def capture(
    source: Source, client: HttpClient, path: Path, *, since: datetime | None = None, limit: int | None = None
) -> Captured:
    """`since` is the last good run. With `limit` it stops when so many items have come, and is not whole."""
    captured = Captured()
    with path.open("w", encoding="utf-8") as file:
        for page in adapter_of(source).pull(source, client, since, limit):
            items = page.items if limit is None else page.items[: limit - captured.items]
            file.writelines(json.dumps(item, ensure_ascii=False) + "\n" for item in items)
            captured.items += len(items)
            captured.problems += page.problems
            captured.is_whole &= page.whole
    if not captured.items and (source.full_list or since is None):
        message = f"来源“{source.name}”一条岗位也没有返回，本次不作处理；请打开 {source.address} 查看。"
        raise PullFault(PullCode.EMPTY, message)
    return captured
