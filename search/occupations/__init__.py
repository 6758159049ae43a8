"""Occupations (职业): the tree of 职业分类大典 2022, and the class of a posting by its title and duties.

In: a title, duties. Out: a code of the tree, "" when unknown. Index and API ask the same function, nothing is stored.
"""

from search.occupations.assigning import occupation_of
from search.occupations.tree import Occupation, find_occupation, occupation_name, parent_of

__all__ = ["Occupation", "find_occupation", "occupation_name", "occupation_of", "parent_of"]
