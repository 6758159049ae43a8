"""What may go wrong while a source is pulled, in the operator's words.

In: what an adapter met. Out: `PullFault`, one Chinese sentence that says what to do, with a stable `pull.*` code.
Nothing is closed by a pull that ended in one.
"""

from enum import StrEnum


class PullFault(Exception):
    """A pull that broke off or cannot be trusted; `message` is Chinese, for the operator."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class PullCode(StrEnum):
    """The codes of this package; faults of the network keep their own `http.*`."""

    NOT_PULLED = "pull.not_pulled"  # an upload source
    DISABLED = "pull.disabled"  # enabled = false
    EMPTY = "pull.empty"  # nothing at all was listed
    CHANGED_LAYOUT = "pull.changed_layout"  # pages are not what the selectors or the mapping expect
    ERROR_PAGE = "pull.error_page"  # a web page that says so with status 200, or where data should be
    OTHER_ENCODING = "pull.other_encoding"
    REPEATED_PAGE = "pull.repeated_page"
    PAGE_LIMIT = "pull.page_limit"
    INCOMPLETE = "pull.incomplete"  # repeats, or not as many as the source says
    REFUSED = "pull.refused"  # the source itself says no
    UNREADABLE = "pull.unreadable"  # no list, no total, no file where one should be
    FOREIGN_ADDRESS = "pull.foreign_address"  # a link that leads off the site
    TOO_MANY_FAILURES = "pull.too_many_failures"  # of details
    DETAIL_FAILED = "pull.detail_failed"  # a problem: one detail, the pull goes on
