"""The stand-in site: a real HTTP server that plays both cities, for tests of sources and for trying them by hand.

In: a seed and, by name, faults. Out: `Site`, `World`. `make sources` starts it on a fixed port.
"""

from tests.site.faults import FAULTS, Measures
from tests.site.postings import CHANNELS, Flaw, Posting
from tests.site.site import Asked, Site
from tests.site.truth import Truth
from tests.site.world import World

__all__ = ["CHANNELS", "FAULTS", "Asked", "Flaw", "Measures", "Posting", "Site", "Truth", "World"]
