"""Sources (来源): where postings come from, read from sources.toml and checked before anything starts.

In: TOML text and the name it goes by. Out: `Source` values by id, or `ConfigurationError` in one line.
A new source needs an entry in sources.toml; a new kind of adapter needs a member of `AdapterKind` here
and an entry in `ingest.adapters.ADAPTERS`. What a policy may say is config/policy.py; keys kept in files of their own
are config/secrets.py.
"""

import re
import tomllib
from dataclasses import MISSING, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlsplit

from config.divisions import find_division
from config.errors import ConfigurationError
from config.policy import policy_fault
from config.schedule import cron_trigger
from config.secrets import fill_in, mask_keys
from config.words import City

PORT_PLACE = "{demonstration_port}"
_PORTS = {"http": 80, "https": 443}
_Word = TypeVar("_Word", bound=StrEnum)
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_ORGANISATION = re.compile(r"[A-Za-z0-9-]{2,32}")


class AdapterKind(StrEnum):
    FILE = "file"
    JSON_PAGES = "json_pages"
    FILE_LINKS = "file_links"
    HTML_PAGES = "html_pages"
    JOB_POSTING = "job_posting"
    FEED = "feed"
    EXCHANGE = "exchange"  # another exchange of this kind, by its change feed

    @property
    def pulls(self) -> bool:
        return self is not AdapterKind.FILE


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    name: str
    city: City
    organisation: str  # code of the organisation every batch belongs to
    adapter: AdapterKind
    address: str = ""
    enabled: bool = True  # False: checked, listed, never pulled
    schedule: str = ""  # cron in local time; "" is never pulled by itself
    full_list: bool = False  # what it no longer lists is closed
    counts: bool = False  # its postings may be credited
    demonstration: bool = False  # exists in demonstration stores only
    mapping: dict[str, str] = field(default_factory=dict)  # their (dotted) key -> value of ingest.fields.Field
    options: dict[str, Any] = field(default_factory=dict)  # read by the adapter
    policy: dict[str, Any] = field(default_factory=dict)  # see config/policy.py
    secrets: dict[str, str] = field(default_factory=dict, repr=False)  # file -> what it holds; filled in at the start

    @property
    def is_pulled(self) -> bool:
        return self.adapter.pulls

    @property
    def is_active(self) -> bool:
        """Pulled, by the schedule and by `--all`."""
        return self.is_pulled and self.enabled

    @property
    def host(self) -> str:
        """example.org:443: what is paced, trusted and left alone as one; "" where nothing is pulled."""
        parts = urlsplit(self.address)
        return f"{parts.hostname}:{parts.port or _PORTS.get(parts.scheme, 0)}" if parts.hostname else ""

    @property
    def options_in_force(self) -> dict[str, Any]:
        """With keys filled in: for adapters, never to be shown."""
        return fill_in(self.options, self.secrets)

    @property
    def options_shown(self) -> dict[str, Any]:
        """For pages, logs and commands: keys are masked."""
        return mask_keys(self.options)

    def with_port(self, port: int) -> "Source":
        """The same source with the demonstration site's port filled into its address."""
        return replace(self, address=self.address.replace(PORT_PLACE, str(port)))


_TYPES = {f.name: f.type for f in fields(Source) if f.name != "secrets"}
_REQUIRED = [f.name for f in fields(Source) if f.default is MISSING and f.default_factory is MISSING]


def parse_sources(toml_text: str, origin: str) -> dict[str, Source]:
    """Sources by id, in the order of the file. `origin` is the file's name for messages."""
    try:
        document = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as fault:
        raise ConfigurationError(f"{origin}: 不是有效的 TOML 文件 (not valid TOML): {fault}") from fault
    if strangers := sorted(set(document) - {"source"}):
        raise ConfigurationError(f"{origin}: 不认识的键 (unknown key) {strangers[0]}，每个来源写成一节 [[source]]")
    entries = document.get("source", [])
    if not isinstance(entries, list):
        raise ConfigurationError(f"{origin}: source: 每个来源写成一节 [[source]] (use [[source]], not [source])")
    sources: dict[str, Source] = {}
    for number, entry in enumerate(entries, start=1):
        source = _Entry(entry, origin, number).read()
        if source.id in sources:
            raise ConfigurationError(f"{origin}: {source.id}: id: 写了两次 (given twice)，每个来源的 id 只能用一次")
        sources[source.id] = source
    return sources


class _Entry:
    """One [[source]] on its way to a `Source`; every refusal names file, source and key."""

    def __init__(self, entry: dict[str, Any], origin: str, number: int) -> None:
        self.entry = entry
        self.place = f"{origin}: {entry.get('id') or f'第 {number} 个来源'}"

    def wrong(self, key: str, message: str) -> ConfigurationError:
        return ConfigurationError(f"{self.place}: {key}: {message}")

    def read(self) -> Source:
        for key, value in self.entry.items():
            self._check_type(key, value)
        for key in _REQUIRED:
            if not self.entry.get(key):
                raise self.wrong(key, "必须填写 (required)")
        if not _ID.fullmatch(self.entry["id"]):
            raise self.wrong("id", "只能用小写字母、数字和 - (lower-case letters, digits and -)")
        city = self._member("city", City)
        adapter = self._member("adapter", AdapterKind)
        self._check_organisation(city)
        self._check_schedule()
        self._check_policy()
        source = Source(**{**self.entry, "city": city, "adapter": adapter})
        self._check_address(source)
        return source

    def _check_type(self, key: str, value: object) -> None:
        if key not in _TYPES:
            raise self.wrong(key, f"不认识的键 (unknown key)，可用 (known): {', '.join(_TYPES)}")
        wanted: type = bool if _TYPES[key] is bool else str
        if key in {"mapping", "options", "policy"}:
            wanted = dict
        if not isinstance(value, wanted):
            word = {bool: "true 或 (or) false", str: "加引号的文字 (a quoted string)", dict: "一节 (a table)"}[wanted]
            raise self.wrong(key, f"应为{word}，现为 (found) {value!r}")
        if key == "mapping":
            for theirs, ours in self.entry["mapping"].items():
                if not isinstance(ours, str):
                    raise self.wrong(f"mapping.{theirs}", "应为加引号的字段名 (a quoted field name); 多级键请加引号")

    def _member(self, key: str, words: type[_Word]) -> _Word:
        try:
            return words(self.entry[key])
        except ValueError:
            known = ", ".join(words)
            raise self.wrong(key, f"不认识 (unknown) {self.entry[key]!r}，可用 (known): {known}") from None

    def _check_organisation(self, city: City) -> None:
        code = self.entry["organisation"]
        if not _ORGANISATION.fullmatch(code):
            raise self.wrong("organisation", f"单位代码只能用字母、数字和 - (letters, digits and -)，现为 {code!r}")
        if code.isdigit() and len(code) in {6, 9}:
            division = find_division(code)
            if division is None or division.city is not city:
                raise self.wrong("organisation", f"{code} 不是 {city} 的行政区划代码 (no division of this city)")

    def _check_schedule(self) -> None:
        if schedule := self.entry.get("schedule"):
            try:
                cron_trigger(schedule)
            except ValueError as fault:
                raise self.wrong("schedule", f"不是 cron 表达式 (not a cron line) {schedule!r}: {fault}") from fault

    def _check_policy(self) -> None:
        policy = self.entry.get("policy", {})
        for key, value in policy.items():
            if fault := policy_fault(key, value):
                raise self.wrong(f"policy.{key}", fault)
        if policy.get("robots") is False and not policy.get("permission"):
            raise self.wrong("policy.robots", "不理会 robots.txt 须写明许可 (robots = false needs a permission)")

    def _check_address(self, source: Source) -> None:
        if not source.is_pulled:
            for key in ("address", "schedule", "full_list"):
                if getattr(source, key):
                    raise self.wrong(key, '上传的来源不能填写 (not for adapter "file"): 文件由人上传')
            if not source.enabled:
                raise self.wrong("enabled", '上传的来源不能停用 (not for adapter "file")；不用它就删去这一节')
            return
        try:
            parts = urlsplit(source.with_port(1).address)
            usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        except ValueError:
            usable = False
        if not usable:
            raise self.wrong("address", f"应为 http:// 或 https:// 开头的网址 (a web address)，现为 {source.address!r}")
        if PORT_PLACE in source.address and not source.demonstration:
            raise self.wrong("address", f"{PORT_PLACE} 只用于 demonstration = true 的来源 (demonstration sources only)")
