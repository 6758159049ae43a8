"""Whether two names mean the same employer: brackets, width, case, spaces and 有限责任公司 make no difference.

In: a name as written. Out: a short text to compare.
"""

from search.folding import fold_name

_BRACKETS = str.maketrans("[]{}<>【】〔〕", "()" * 5)


def plain_name(name: str) -> str:
    key = fold_name(name).translate(_BRACKETS)
    return key.replace("股份有限责任公司", "股份有限公司").replace("有限责任公司", "有限公司")
