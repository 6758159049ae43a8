"""How one JSON feed is paged: the [source.options] of a `json_pages` source.

In: a `Source`. Out: `PageOptions`, or `ConfigurationError` naming the key. Paths are dotted ("data.list");
"" is the whole answer.
"""

from dataclasses import dataclass, field, fields
from typing import Any

from config.errors import ConfigurationError
from config.sources import Source


@dataclass(frozen=True, slots=True)
class PageOptions:
    items: str  # path of the list
    style: str = "page"  # page: 1, 2, 3 …; offset: 0, 50, 100 …
    page_param: str = "page"
    size_param: str = "size"  # "" sends none
    size: int = 50
    first_page: int = 1  # of style "page"
    total: str = ""  # path of the count of all items; "" when the feed gives none
    ok_path: str = ""  # path of a status word that must equal ok_value
    ok_value: Any = 0
    message_path: str = ""  # path of the source's own words when it refuses
    page_limit: int = 1000
    headers: dict[str, str] = field(default_factory=dict)
    params: dict[str, str] = field(default_factory=dict)  # sent with every page

    def query(self, index: int, fetched: int) -> dict[str, str | int]:
        """Parameters of the page with this index (from 0), when `fetched` items have come so far."""
        position = fetched if self.style == "offset" else self.first_page + index
        size: dict[str, str | int] = {self.size_param: self.size} if self.size_param else {}
        return {**self.params, self.page_param: position, **size}


_TYPES: dict[str, Any] = {f.name: f.type for f in fields(PageOptions)}


def read_options(source: Source) -> PageOptions:
    def wrong(key: str, message: str) -> ConfigurationError:
        return ConfigurationError(f"sources.toml: {source.id}: options.{key}: {message}")

    for key, value in source.options.items():
        if key not in _TYPES:
            raise wrong(key, f"不认识的键 (unknown key)，可用 (known): {', '.join(_TYPES)}")
        wanted = dict if key in {"headers", "params"} else _TYPES[key]
        if key != "ok_value" and type(value) is not wanted:
            raise wrong(key, f"应为 (expected) {wanted.__name__}，现为 (found) {value!r}")
    if "items" not in source.options:
        raise wrong("items", '必须填写岗位列表的路径 (path of the list is required)，如 "data.list"')
    options = PageOptions(**source.options)
    if options.style not in {"page", "offset"}:
        raise wrong("style", f"只能是 (only) page, offset，现为 {options.style!r}")
    for key, most in (("size", 1000), ("page_limit", 100_000)):
        if not 1 <= getattr(options, key) <= most:
            raise wrong(key, f"应在 (between) 1 与 (and) {most} 之间，现为 {getattr(options, key)}")
    return options
