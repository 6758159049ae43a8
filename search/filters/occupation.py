"""职业: a code of the occupational classification or the beginning of one."""

from search.filters.coded import ClassFilter

FILTER = ClassFilter("occupation", "职业", "occupation code, or its beginning", "occupation", "occupation")
