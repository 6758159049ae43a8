"""用工形式: one of the closed list."""

from config.words import EmploymentType
from search.filters.coded import ListFilter

FILTER = ListFilter(
    "employment_type", "用工形式", "kind of employment", "employment_type", "employment_type", EmploymentType
)
