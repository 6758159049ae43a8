"""学历: the lowest education a posting accepts, compared as equal. 大专 finds the postings that ask for 大专,
not those that ask for less: what one picks in the list is what the list counted."""

from config.words import Education
from search.filters.coded import ListFilter

FILTER = ListFilter(
    "education", "学历", "the lowest education accepted, equal to this", "education", "education", Education
)
