"""XML from elsewhere (feeds, sitemaps), read without following anything it names.

In: an answer, packed with gzip or not. Out: its root element, or `PullFault`. A document that was cut
is refused, not read as a shorter one: what it no longer lists would look gone. DTDs and entities are refused.
"""

import gzip
import io
import re
import zlib
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ingest.adapters.contract import PullCode, PullFault, Site
from ingest.adapters.strange_pages import is_web_page
from ingest.http import Answer

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
UNPACKED = 64 * 2**20  # bytes; the protocol allows a sitemap 50 MB
_GZIP = b"\x1f\x8b"


def read_xml(site: Site[Any], answer: Answer) -> Element:
    answer = Answer(answer.url, _unpack(site, answer), answer.content_type)
    text = _DECLARATION.sub("", site.text(answer))  # it is decoded: what it says of its encoding no longer holds
    if is_web_page(text):
        raise site.not_data(text, answer, "XML")
    try:
        root: Element = fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException) as fault:
        raise site.not_data(text, answer, "XML") from fault
    return root


def local_name(element: Element) -> str:
    """Without its namespace, in small letters."""
    return element.tag.rpartition("}")[2].casefold()


def text_of(element: Element | None) -> str:
    """All text inside; of an Atom text with type="xhtml" the words of its markup."""
    return "".join(element.itertext()).strip() if element is not None else ""


def _unpack(site: Site[Any], answer: Answer) -> bytes:
    if not answer.body.startswith(_GZIP):
        return answer.body
    most = UNPACKED
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(answer.body)) as file:
            body = file.read(most + 1)
    except (OSError, EOFError, zlib.error) as fault:
        raise PullFault(
            PullCode.UNREADABLE, f"“{site.source.name}”的 {answer.url} 解压不了，可能没有传完，请稍后再试。"
        ) from fault
    if len(body) > most:
        raise PullFault(
            PullCode.UNREADABLE, f"“{site.source.name}”的 {answer.url} 解压后超过 {most / 2**20:g} MB，没有读。"
        )
    return body
