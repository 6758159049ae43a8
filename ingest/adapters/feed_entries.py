"""The entries of an RSS 2.0, RSS 1.0 or Atom document.

In: its root element. Out: `Entry` values, and the address of the next page (RFC 5005) where there is one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

from config.setting_table import TIME_ZONE
from ingest.adapters.markup import local_name, text_of
from ingest.adapters.moments import read_moment
from ingest.adapters.site import join_address

_LOCAL = ZoneInfo(TIME_ZONE)
_CONTENT = ("encoded", "content", "description", "summary")  # the fullest first
_KNOWN = {*_CONTENT, "title", "link", "guid", "id", "pubdate", "published", "updated", "date", "source"}


@dataclass(frozen=True, slots=True)
class Entry:
    id: str  # guid or id; "" where there is none
    address: str
    title: str
    published: str  # a local day
    changed: datetime | None
    content: str  # HTML
    further: Mapping[str, str]  # the other elements, by name

    def is_since(self, moment: datetime | None) -> bool:
        return moment is None or self.changed is None or self.changed >= moment


def read_entries(root: Element, base: str) -> list[Entry]:
    return [_entry(element, base) for element in root.iter() if local_name(element) in {"item", "entry"}]


def unknown_parts(root: Element) -> list[str]:
    """Names of what has parts of its own and is no entry: what entries may be called now."""
    known = {"channel", "image", "author", "textinput", "cloud", "skiphours", "skipdays", "contributor"}
    found = {local_name(part) for part in _of_feed(root) if len(part)}
    return sorted(found - known)


def next_page(root: Element, base: str) -> str:
    """ "" for none."""
    found = (link.get("href") for link in _of_feed(root) if local_name(link) == "link" and link.get("rel") == "next")
    return join_address(base, next(found, ""))


def _of_feed(root: Element) -> Iterator[Element]:
    for element in root:
        yield element
        if local_name(element) == "channel":
            yield from element


def _entry(element: Element, base: str) -> Entry:
    parts: dict[str, Element] = {}
    for part in element:
        parts.setdefault(local_name(part), part)
    texts = {name: text_of(part) for name, part in parts.items()}
    published = read_moment(texts.get("pubdate") or texts.get("published") or texts.get("date") or "")
    updated = read_moment(texts.get("updated", ""))
    day = published or updated
    return Entry(
        id=texts.get("guid") or texts.get("id") or "",
        address=join_address(base, _link(element)),
        title=texts.get("title", ""),
        published=day.astimezone(_LOCAL).date().isoformat() if day else "",
        changed=updated or published,
        content=next((texts[name] for name in _CONTENT if texts.get(name)), ""),
        further={name: text for name, text in texts.items() if text and name not in _KNOWN},
    )


def _link(element: Element) -> str:
    """RSS writes it as text, Atom as an attribute, of several the alternate."""
    for part in element:
        if local_name(part) == "link" and part.get("rel", "alternate") == "alternate":
            return part.get("href") or text_of(part)
    guid = next((part for part in element if local_name(part) == "guid"), None)
    return text_of(guid) if guid is not None and guid.get("isPermaLink") != "false" else ""
