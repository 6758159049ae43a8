"""Figures about the running web for Prometheus, served at /metrics by exchange.views.health.

In: every request. Out: one registry an application: requests, seconds, contacts, how far the index is behind.
"""

import time
from dataclasses import dataclass, field

from flask import Flask, Response, current_app, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_KEY = "guanshao-metrics"
_SECONDS = (0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 5)


@dataclass(frozen=True)
class Metrics:
    registry: CollectorRegistry = field(default_factory=lambda: CollectorRegistry(auto_describe=True))
    requests: Counter = field(init=False)
    seconds: Histogram = field(init=False)
    contacts: Counter = field(init=False)
    ledger_sequence: Gauge = field(init=False)
    index_behind: Gauge = field(init=False)
    postings_open: Gauge = field(init=False)

    def __post_init__(self) -> None:
        into = {"registry": self.registry}
        made = {
            "requests": Counter("guanshao_requests", "Answers by endpoint and status", ["endpoint", "status"], **into),
            "seconds": Histogram(
                "guanshao_request_seconds", "Seconds an answer took", ["endpoint"], buckets=_SECONDS, **into
            ),
            "contacts": Counter("guanshao_contacts", "Contacts asked for, by what was answered", ["result"], **into),
            "ledger_sequence": Gauge("guanshao_ledger_sequence", "Last sequence number of the ledger", **into),
            "index_behind": Gauge("guanshao_index_behind", "Events the index has yet to follow", **into),
            "postings_open": Gauge("guanshao_postings_open", "Postings shown today", **into),
        }
        for name, metric in made.items():
            object.__setattr__(self, name, metric)


def metrics() -> Metrics:
    found: Metrics = current_app.extensions[_KEY]
    return found


def register_metrics(app: Flask) -> None:
    app.extensions[_KEY] = Metrics()

    @app.before_request
    def _start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def _observe(response: Response) -> Response:
        endpoint = request.endpoint or "none"
        metrics().requests.labels(endpoint, str(response.status_code)).inc()
        metrics().seconds.labels(endpoint).observe(time.perf_counter() - g.started)
        return response
