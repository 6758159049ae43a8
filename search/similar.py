"""Names that look like a text: for words the segmenter cut otherwise, and the last resort for those no posting has.

In: names, then a text. Out: for each name the share of the text's pairs of characters it has. All names lie in one
array of pairs, so that a pair is looked for in all of them with one comparison.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
MOST_PAIRS = 24  # of a long text; bounds the work
_BITS = 16  # of a character; rarer ones beyond may be taken for another, which a last resort can bear
_END = "\n"


def pairs_of(text: str) -> tuple[str, ...]:
    """Pairs of neighbours within each chunk of a folded text; a single character stands for itself."""
    chunks = text.split()
    pairs = dict.fromkeys(chunk[at : at + 2] for chunk in chunks for at in range(max(1, len(chunk) - 1)))
    return tuple(pairs)[:MOST_PAIRS]


class PairIndex:
    """Grows with its catalogue, under the catalogue's lock."""

    def __init__(self) -> None:
        self.count = 0
        self._pairs = np.zeros(0, np.uint32)
        self._owners = np.zeros(0, np.int32)

    def extend(self, names: Sequence[str]) -> None:
        """Folded names, in the order of their numbers."""
        if not names:
            return
        text = "".join(name.replace(_END, " ") + _END for name in names)
        characters = np.frombuffer(text.encode("utf-32-le"), np.uint32)
        following = np.append(characters[1:], np.uint32(0))
        ends = characters == ord(_END)
        owners = self.count + np.cumsum(ends) - ends
        self._pairs = np.concatenate((self._pairs, ((characters << _BITS) ^ following).astype(np.uint32)))
        self._owners = np.concatenate((self._owners, owners.astype(np.int32)))
        self.count += len(names)

    def likeness(self, text: str) -> Array:
        pairs = pairs_of(text)
        shared = np.zeros(self.count, np.float32)
        for pair in pairs:
            if len(pair) == 1:
                found = (self._pairs >> _BITS) == ord(pair)
            else:
                found = self._pairs == (((ord(pair[0]) << _BITS) ^ ord(pair[1])) & 0xFFFFFFFF)
            shared[self._owners[found]] += 1  # once a name, however often it has the pair
        return shared / max(len(pairs), 1)
