"""HTTP with manners: what adapters ask, and how.

In: addresses. Out: `Answer`s or `HttpFault`s. `client_for` makes the client of a pull: robots.txt, pace and circuit
breaker per host. A pull gives it an archive, which keeps every answer and knows what need not be asked again.
"""

from ingest.http.answers import Answer, Query
from ingest.http.client import HttpClient
from ingest.http.faults import HttpFault
from ingest.http.opening import client_for

__all__ = ["Answer", "HttpClient", "HttpFault", "Query", "client_for"]
