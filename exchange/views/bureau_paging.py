"""Pages of a long list: which one is asked for, and whether there is another.

In: the parameter `page` and how many there are (None: not counted, one more than a page was asked for). Out: `Paging`.
"""

from dataclasses import dataclass

from flask import request, url_for

_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Paging:
    number: int
    size: int
    total: int

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    @property
    def has_next(self) -> bool:
        return self.offset + self.size < self.total

    def page(self, number: int) -> str:
        """The address of another page of the same list."""
        given = {**(request.view_args or {}), **request.args.to_dict(), "page": number}
        return url_for(request.endpoint or "", **given)


def page_number() -> int:
    given = request.args.get("page", "1")
    return min(max(int(given), 1), _MOST) if given.isascii() and given.isdigit() else 1
