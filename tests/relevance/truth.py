"""A posting of the set with what is true of it, kept beside its text.

In: nothing. Out: `TruePosting`. Grades are given from this, never from what an engine makes of the text.
"""

from dataclasses import dataclass
from functools import cached_property

from search.documents import PostingDocument
from tests.relevance.folding import plain


@dataclass(frozen=True, eq=False)
class TruePosting:
    document: PostingDocument  # what engines are given
    trade: str
    brand: str  # how people call the employer
    kind: str  # of employer: factory, shop, hotel …
    industry: str
    place: str  # workplace code
    pay: tuple[int, int] | None  # CNY a month; None when it is not said, or by the hour for part-time work
    facts: frozenset[str]  # with what they bring along
    against: frozenset[str]  # facts that cannot be true beside these
    years: int  # of experience asked for
    is_over: bool  # past its last day: nobody may find it
    benefits_text: str
    work: str  # what the job is, in the advertisement's words: duties and requirements without what stands around them

    @property
    def id(self) -> str:
        return self.document.id

    @cached_property
    def heading(self) -> str:
        """Title and employer, folded, as one string for looking words up."""
        return plain(f"{self.document.title}\n{self.document.employer}")

    @cached_property
    def job(self) -> str:
        """Where a trade counts as named: a name or a boilerplate that has the word says nothing of the job."""
        return plain(f"{self.document.title}\n{self.work}")

    @cached_property
    def text(self) -> str:
        d = self.document
        parts = (d.title, d.employer, d.description, d.address, self.benefits_text, d.industry_name)
        return plain("\n".join(parts))
