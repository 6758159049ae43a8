"""robots.txt (RFC 9309): what a site allows, and how slowly.

In: status and text of a robots.txt. Out: `RobotsRules`. Protego reads it: wildcards, the longest rule wins, and
crawl-delay, as sites mean them today.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

ROBOTS_BYTES = 500 * 1024  # RFC 9309, 2.5: at least so much is read


@dataclass(frozen=True, slots=True)
class RobotsRules:
    rules: Protego | None  # None: there are none
    product: str

    def allows(self, url: str) -> bool:
        return self.rules is None or self.rules.can_fetch(url, self.product)

    @property
    def delay(self) -> float | None:
        """Seconds between two requests."""
        return None if self.rules is None else self.rules.crawl_delay(self.product)


FREE = RobotsRules(None, "")


def rules_of(status: int, text: str, user_agent: str) -> RobotsRules:
    """A site without robots.txt (4xx) may be visited freely: RFC 9309, 2.3.1.3."""
    return RobotsRules(Protego.parse(text), product_of(user_agent)) if status == 200 else FREE


def product_of(user_agent: str) -> str:
    """guanshao-job-exchange of guanshao-job-exchange/0.1 (mailto:…): what robots.txt calls us."""
    return user_agent.partition("/")[0].partition(" ")[0]


def robots_address(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/robots.txt"
