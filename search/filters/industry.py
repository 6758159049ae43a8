"""行业: a code of the industrial classification or the beginning of one."""

from search.filters.coded import ClassFilter

FILTER = ClassFilter("industry", "行业", "industry code, or its beginning", "industry", "industry")
