"""What a query says that no posting is searched by: age and sex. It is left out and said to be.

In: a query. Out: the stretches and one sentence for each. Postings may not ask for either (就业促进法), so such words
would only find nothing.
"""

import re
from collections.abc import Iterator

_HAN = "\u4e00-\u9fff"
_AGE = re.compile(r"(?<!\d)\d{2}(?:\s?[-~至到]\s?\d{2})?周?岁(?:及?以上|以上|及?以下|以下|以内|之内|左右|的)?")
_SEX = re.compile(
    rf"(?<![{_HAN}])(?:男女不限|不限男女|男女均可|男女都可以?|[男女](?:性|工|士|生|员工)?)(?![{_HAN}a-z0-9])"
)


def find_unasked(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _AGE.finditer(text):
        yield found.start(), found.end(), f"“{found[0]}”没有作为条件：平台的岗位不按年龄查找。"
    for found in _SEX.finditer(text):
        yield found.start(), found.end(), f"“{found[0]}”没有作为条件：平台的岗位不分男女。"
