"""The filters of the search, one file each: parsing, mask, facet, label and API documentation in one place.

In: parameter names. Out: the filter of each. A new filter is a file and a line here.
"""

from search.filters import (
    benefit,
    cluster,
    direction,
    division,
    education,
    employer,
    employment_type,
    experience,
    industry,
    near,
    occupation,
    openings_min,
    published_within,
    salary_max,
    salary_min,
    source,
)
from search.filters.base import Filter, Labels

FILTERS: dict[str, Filter] = {
    module.FILTER.parameter: module.FILTER
    for module in (
        direction,
        division,
        near,
        cluster,
        occupation,
        industry,
        education,
        experience,
        salary_min,
        salary_max,
        openings_min,
        employment_type,
        benefit,
        employer,
        source,
        published_within,
    )
}
FACETS: dict[str, Filter] = {found.facet: found for found in FILTERS.values() if found.facet}

__all__ = ["FACETS", "FILTERS", "Filter", "Labels"]
