"""`/metrics`, in Prometheus' text format: how much runs, how long it takes, what failed.

The numbers are about the server, never about a person: the only label names how a kernel was
started. They are in a registry of our own; Jupyter's has labels that we do not choose.
"""

# mypy: disallow-untyped-calls=False
# Jupyter types its own methods in part.

from __future__ import annotations

from jupyter_server.auth.decorator import allow_unauthenticated
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from enishi.serve.fork import zygote_manager
from enishi.serve.handlers.health import DATABASE_PROBE
from enishi.serve.handlers.localized import LocalizedHandler

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)  # memory, descriptors and CPU of the server itself

WAYS = ("forked", "normal")
STARTED = Counter("enishi_kernels_started", "Kernels started.", ["way"], registry=REGISTRY)
for way in WAYS:
    STARTED.labels(way)  # reported as 0 from the start
REFUSED = Counter("enishi_kernels_refused", "Pages without room for a kernel.", registry=REGISTRY)
DIED = Counter("enishi_kernels_died", "Kernels that ended by themselves.", registry=REGISTRY)
READY = Histogram(
    "enishi_kernel_ready_seconds",
    "Seconds from the request for a kernel until it answers.",
    buckets=(0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30),
    registry=REGISTRY,
)
RUNNING = Gauge("enishi_kernels", "Kernels running.", registry=REGISTRY)
_MOST = Gauge("enishi_kernels_most", "Kernels that may run.", registry=REGISTRY)
CONNECTED = Gauge("enishi_pages_connected", "Pages connected to a kernel.", registry=REGISTRY)
_FORKED = Gauge("enishi_zygote_up", "1 while kernels can be forked.", registry=REGISTRY)
_BOOK = Gauge("enishi_book_up", "1 while the book can be reached.", registry=REGISTRY)


class MetricsHandler(LocalizedHandler):
    """`/metrics`, if enabled: nothing in it is private, so anyone may read it."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Answer in Prometheus' text format."""
        kernels = self.settings["kernel_manager"]
        _BOOK.set(await DATABASE_PROBE.is_reachable())
        _FORKED.set(zygote_manager.is_ready())
        RUNNING.set(len(kernels))
        _MOST.set(kernels.max_kernels)
        CONNECTED.set(kernels.count_pages())
        self.set_header("Content-Type", CONTENT_TYPE_LATEST)
        self.finish(generate_latest(REGISTRY))
