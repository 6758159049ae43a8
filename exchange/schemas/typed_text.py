"""What people type into a form, made plain: line ends of one kind, no unseen characters, nothing around it.

In: a field's text. Out: text that every database, PDF and calendar can hold (PostgreSQL refuses a NUL).
"""

import unicodedata

_UNSEEN = {"Cc", "Cs", "Co"}  # control characters, halves of pairs, private use
_KEPT = "\n\t"


def plain_text(typed: str) -> str:
    text = typed.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isprintable():
        text = "".join(one for one in text if one in _KEPT or unicodedata.category(one) not in _UNSEEN)
    return text.strip()
