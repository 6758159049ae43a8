"""Which documents may be found: several conditions at once, asked about a few documents or about all.

In: one array of bool per condition, a bool per document. Out: `Mask`. Words are rare and conditions are not, so most
searches only ever ask `at` the documents that have the words.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Mask:
    parts: tuple[Array, ...]  # at least one; all must hold
    parameters: tuple[str, ...]  # of each part, "" where it is no filter's

    def without(self, parameter: str) -> "Mask":
        """Less one filter, as its facet needs it."""
        kept = [(part, name) for part, name in zip(self.parts, self.parameters, strict=True) if name != parameter]
        return Mask(tuple([part for part, _ in kept]), tuple([name for _, name in kept]))

    def at(self, documents: Array) -> Array:
        """One bool per document asked about."""
        found: Array = self.parts[0].take(documents)
        for part in self.parts[1:]:
            found &= part.take(documents)
        return found

    def whole(self) -> Array:
        """One bool per document of the view."""
        found = self.parts[0]
        for part in self.parts[1:]:
            found = found & part
        return found

    def documents(self) -> Array:
        """int64, rising."""
        return self.whole().nonzero()[0]
