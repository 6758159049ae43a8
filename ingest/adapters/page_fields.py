"""What one page says of one posting: values at CSS selectors, and pairs of label and value.

In: a parsed page, `FieldOptions`. Out: texts by their name. A selector may end in @attribute ("a.tel@href"). Pairs are
dt and dd, th and td, and lines such as 工资：5000; their labels are understood like the headings of a sheet.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.adapters.options import OptionFault, Selector, check_selector
from ingest.fields import Field

BLOCKS = "address, article, br, dd, div, dl, dt, h1, h2, h3, h4, h5, h6, li, ol, p, section, table, td, th, tr, ul"
_BREAK = "\u2028"
_SPACE = re.compile(r"[ \t\r\n\f\u00a0\u3000]+")
_BREAKS = re.compile(rf"\s*{_BREAK}\s*")
_LINE = re.compile(r"([^：:\s][^：:\n]{0,11}?)\s*[：:]\s*(\S.*)")
_LABEL_ALONE = re.compile(r"([^：:\s][^：:\n]{0,11}?)\s*[：:]")
_SHORT = 20  # characters: longer ones are paragraphs


@dataclass(frozen=True, kw_only=True)
class FieldOptions:
    """Mixed into the options of adapters that read pages."""

    fields: dict[str, str] = field(default_factory=dict)  # name, best one of our fields' = selector
    pairs: Selector = ""  # the area whose pairs are read


def check_fields(fields: dict[str, str], option: str) -> None:
    for name, selector in fields.items():
        try:
            check_selector(_split(selector)[0])
        except ValueError as fault:
            raise OptionFault(f"{option}.{name}", f"{fault}: {selector!r}") from None


def mapping_of(*names: str) -> dict[str, Field]:
    """Of names that are our fields' own."""
    return {name: Field(name) for name in names if name in set(Field)}


def parse(text: str) -> LexborHTMLParser:
    """The page without its scripts, with the breaks that a browser would show between blocks."""
    tree = LexborHTMLParser(text)
    tree.strip_tags(["script", "style", "noscript", "template"])
    for block in tree.css(BLOCKS):
        block.insert_before(_BREAK)
        block.insert_after(_BREAK)
    return tree


def node_text(node: LexborNode) -> str:
    """Lines as a browser shows them, each with single spaces."""
    return _BREAKS.sub("\n", _SPACE.sub(" ", node.text())).strip()


def read_fields(place: LexborHTMLParser | LexborNode, fields: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, written in fields.items():
        selector, attribute = _split(written)
        if selector:
            nodes = place.css(selector)
            texts = [(node.attributes.get(attribute) or "").strip() if attribute else node_text(node) for node in nodes]
            if text := _join([each for each in texts if each]):
                found[name] = text
    return found


def read_pairs(place: LexborHTMLParser | LexborNode, area: str) -> dict[str, str]:
    """The first value of each label wins."""
    found: dict[str, str] = {}
    for node in place.css(area) if area else ():
        for label, value in (*_listed_pairs(node), *_line_pairs(node_text(node))):
            if label and value:
                found.setdefault(label, value)
    return found


def _split(written: str) -> tuple[str, str]:
    selector, at, attribute = written.rpartition("@")
    if at and re.fullmatch(r"[\w-]+", attribute):
        return selector.strip(), attribute
    return written.strip(), ""


def _join(texts: list[str]) -> str:
    short = all(len(text) <= _SHORT and "\n" not in text for text in texts)
    return ("、" if short else "\n").join(texts)


def _listed_pairs(area: LexborNode) -> Iterator[tuple[str, str]]:
    for label in area.css("dt"):
        value = label.next
        while value is not None and value.tag not in {"dd", "dt"}:
            value = value.next
        if value is not None and value.tag == "dd":
            yield _label(label), node_text(value)
    for row in area.css("tr"):
        cells = row.css("th, td")
        if len(cells) % 2 == 0:
            for label, value in zip(cells[::2], cells[1::2], strict=True):
                if label.tag == "th" or _LABEL_ALONE.fullmatch(node_text(label)) or len(node_text(label)) <= 8:
                    yield _label(label), node_text(value)


def _label(node: LexborNode) -> str:
    return node_text(node).rstrip("：: ").replace("\n", " ")


def _line_pairs(text: str) -> Iterator[tuple[str, str]]:
    """工资：5000; a label alone on its line takes the line after it."""
    waiting = ""
    for line in text.split("\n"):
        if found := _LINE.fullmatch(line):
            yield found[1].strip(), found[2].strip()
        elif waiting:
            yield waiting, line
        alone = _LABEL_ALONE.fullmatch(line)
        waiting = alone[1].strip() if alone else ""
