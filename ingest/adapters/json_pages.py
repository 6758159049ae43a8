"""A paged JSON feed over HTTP: pages by number or by offset, configured in sources.toml alone.

In: a source with `PageOptions`. Out: its pages. It trusts no feed to be whole: items that came twice, a total
that was not reached, a page seen before or pages without end break the pull.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

from config.sources import Source
from ingest.adapters.contract import Page, PullFault
from ingest.adapters.options import PageOptions, read_options
from ingest.http import HttpClient, HttpFault

_ABSENT = object()


class JsonPages:
    def __init__(self, sleep: Callable[[float], None] = time.sleep) -> None:
        self._sleep = sleep

    def check(self, source: Source) -> None:
        read_options(source)

    def pull(self, source: Source, client: HttpClient) -> Iterator[Page]:
        options = read_options(source)
        seen: set[bytes] = set()
        fetched, total = 0, None
        for index in range(options.page_limit):
            if index:
                self._sleep(float(source.policy.get("pause_seconds", 0)))
            page = _fetch(source, client, options, index, fetched)
            digests = {_digest(item) for item in page.items}
            if page.items and digests <= seen:
                raise PullFault(
                    "pull.repeated_page", f"“{source.name}”第 {page.number} 页与前面的页相同，请核对翻页参数。"
                )
            seen |= digests
            fetched += len(page.items)
            total = page.complete_total
            if page.items or not index:
                yield page
            if not page.items or (total is not None and fetched >= total):
                break
        else:
            raise PullFault("pull.page_limit", f"“{source.name}”超过 {options.page_limit} 页还没有取完，已停止。")
        _check_whole(source, fetched, len(seen), total)


def _check_whole(source: Source, fetched: int, different: int, total: int | None) -> None:
    if total is not None and fetched != total:
        raise PullFault(
            "pull.incomplete", f"“{source.name}”说共有 {total} 条，实际取到 {fetched} 条，这次不完整，不关闭任何岗位。"
        )
    if different != fetched:
        raise PullFault(
            "pull.incomplete",
            f"“{source.name}”取到的 {fetched} 条里有 {fetched - different} 条重复，"
            "翻页时列表可能变动过，不关闭任何岗位。",
        )


def _fetch(source: Source, client: HttpClient, options: PageOptions, index: int, fetched: int) -> Page:
    number = index + 1
    try:
        answer = client.get_json(source.address, options.query(index, fetched), options.headers)
    except HttpFault as fault:
        raise PullFault(fault.code, f"“{source.name}”第 {number} 页没有取到：{fault.message}") from fault
    if options.ok_path and _at(answer, options.ok_path) != options.ok_value:
        words = _at(answer, options.message_path) if options.message_path else ""
        state = _at(answer, options.ok_path)
        found = "没有给出状态" if state is _ABSENT else f"状态为 {state}"
        reason = "" if words is _ABSENT else words
        raise PullFault("pull.refused", f"“{source.name}”第 {number} 页{found}：{reason}")
    items = _at(answer, options.items)
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise PullFault(
            "pull.unreadable",
            f"“{source.name}”第 {number} 页在 {options.items or '最外层'} 处没有岗位列表，请核对 options.items。",
        )
    return Page(number, items, _read_total(source, answer, options, number))


def _read_total(source: Source, answer: object, options: PageOptions, number: int) -> int | None:
    if not options.total:
        return None
    total = _at(answer, options.total)
    if isinstance(total, str) and total.strip().isdecimal():
        total = int(total)
    if not isinstance(total, int) or isinstance(total, bool) or total < 0:
        raise PullFault(
            "pull.unreadable", f"“{source.name}”第 {number} 页在 {options.total} 处没有总数，请核对 options.total。"
        )
    return total


def _at(answer: object, path: str) -> Any:
    """The value at a dotted path, or _ABSENT."""
    for step in path.split(".") if path else ():
        if not isinstance(answer, dict) or step not in answer:
            return _ABSENT
        answer = answer[step]
    return answer


def _digest(item: dict[str, Any]) -> bytes:
    return hashlib.sha256(json.dumps(item, sort_keys=True, ensure_ascii=False).encode("utf-8", "replace")).digest()
