"""Benefits in a query: 包吃住, 五险一金, 双休, in any of the ways benefits.toml knows. Acts as benefit.

In: a query. Out: spans, the longest form first; 包吃包住 is one benefit, not two.
"""

import re
from functools import cache

from search.benefits import written_forms
from search.folding import fold
from search.understanding.spans import Query, Span, Strength

_DENIED = frozenset("不没无非")  # 不包住, 没有宿舍


@cache
def _forms() -> tuple[re.Pattern[str], dict[str, str]]:
    forms = {fold(form): name for form, name in written_forms().items()}
    return re.compile("|".join(sorted(map(re.escape, forms), key=len, reverse=True))), forms


def find_benefits(query: Query) -> list[Span]:
    pattern, forms = _forms()
    return [
        Span(found.start(), found.end(), "benefit", forms[found[0]], Strength.BENEFIT)
        for found in pattern.finditer(query.text)
        if query.text[found.start() - 1 : found.start()] not in _DENIED
    ]
