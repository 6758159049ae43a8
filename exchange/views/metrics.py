"""Figures about the running web for Prometheus, served at /metrics by exchange.views.health.

In: every request. Out: one registry an application: requests, seconds, contacts, how far the index is behind.
"""

import time

from flask import Flask, Response, current_app, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_KEY = "guanshao-metrics"
_SECONDS = (0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 5)


class Metrics:
    def __init__(self) -> None:
        self.registry = here = CollectorRegistry(auto_describe=True)
        self.requests = Counter(
            "guanshao_requests", "Answers by endpoint and status", ("endpoint", "status"), registry=here
        )
        self.seconds = Histogram(
            "guanshao_request_seconds", "Seconds an answer took", ("endpoint",), buckets=_SECONDS, registry=here
        )
        self.contacts = Counter(
            "guanshao_contacts", "Contacts asked for, by what was answered", ("result",), registry=here
        )
        self.ledger_sequence = Gauge("guanshao_ledger_sequence", "Last sequence number of the ledger", registry=here)
        self.index_behind = Gauge("guanshao_index_behind", "Events the index has yet to follow", registry=here)
        self.postings_open = Gauge("guanshao_postings_open", "Postings shown today", registry=here)


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
