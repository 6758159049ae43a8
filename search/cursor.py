"""Where a walk through all hits stands, as an opaque text.

In: the request, the view and the last posting shown. Out: a cursor; read back, the place to go on from. In the same
index a walk meets every hit once. When the index has moved on (or the day has changed), it goes on after the same
sort value, date and id in the newer one: what was published or scored anew in between may be missed or met again.
"""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass

from search.requests import SearchError, SearchRequest
from search.view import IndexView

FORMAT = 2
LONGEST = 1000
_quoted = json.encoder.encode_basestring


@dataclass(frozen=True, slots=True)
class Cursor:
    view: str  # token of the index it was made in, and the day
    query: str  # digest of what was asked
    major: int
    published: int
    id: str


def _view_token(view: IndexView, request: SearchRequest) -> str:
    return f"{view.token}@{request.today.isoformat()}"


def _query_digest(request: SearchRequest) -> str:
    text = repr((request.q, sorted(request.filters.items()), request.sort, request.group))
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def write_cursor(view: IndexView, request: SearchRequest, major: int, document: int) -> str:
    published = int(view.numbers["published_on"][document])
    token, query, identifier = _view_token(view, request), _query_digest(request), _quoted(view.id_at(document))
    place = f'[{FORMAT}, "{token}", "{query}", {major}, {published}, {identifier}]'  # JSON, at a tenth of its cost
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def read_cursor(request: SearchRequest) -> Cursor | None:
    """Raises SearchError when it is damaged or belongs to another search."""
    if not request.cursor:
        return None
    try:
        padded = request.cursor[:LONGEST] + "=" * (-len(request.cursor[:LONGEST]) % 4)
        number, *place = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
        view, query, major, published, identifier = place
        cursor = Cursor(str(view), str(query), int(major), int(published), str(identifier))
    except (ValueError, TypeError, binascii.Error) as error:
        raise SearchError("cursor.invalid", "翻页标记不正确，请从第一页重新开始。") from error
    if number != FORMAT or not 0 <= cursor.major < 2**31 or not 0 < cursor.published < 2**22:
        raise SearchError("cursor.invalid", "翻页标记不正确，请从第一页重新开始。")
    if cursor.query != _query_digest(request):
        raise SearchError("cursor.other_search", "翻页标记属于另一次搜索，请从第一页重新开始。")
    return cursor


def has_moved(cursor: Cursor, view: IndexView, request: SearchRequest) -> bool:
    return cursor.view != _view_token(view, request)
