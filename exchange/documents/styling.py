"""Styling many cells alike: the first is styled, the others copy it.

In: a cell, a key for its looks, how to style the first one. Out: the cell, styled. openpyxl hashes the whole style
at every assignment, which takes longer than writing the cell.
"""

from collections.abc import Callable, Hashable
from copy import copy
from typing import Any


class StyleCopies:
    def __init__(self) -> None:
        self._known: dict[Hashable, Any] = {}

    def dress(self, cell: Any, key: Hashable, style: Callable[[Any], None]) -> None:
        known = self._known.get(key)
        if known is None:
            style(cell)
            self._known[key] = copy(cell._style)
        else:
            cell._style = copy(known)  # its own: colouring the cell later must not colour the others
