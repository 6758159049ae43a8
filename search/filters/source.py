"""来源: the id of the source a posting is shown under."""

from search.filters.coded import CodeFilter

FILTER = CodeFilter("source", "来源", "id of the source", "source", "source")
