"""What operators watch: figures that stand in the database, so that any process can tell them all.

An app's `gauges.py` registers its own:

    @gauge("concord_leases_oldest_seconds", "For how long the oldest lease has been held")
    def oldest_lease() -> dict[str, float]:
        return {(): queries.oldest_lease_seconds()}

Each is asked at every scrape: it must be answered from an index, and name nobody.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module

from django.utils.module_loading import autodiscover_modules

Figures = Mapping[tuple[str, ...], float]
"""Values by those of the labels; without labels by an empty tuple."""


@dataclass(frozen=True)
class Gauge:
    """One metric: its name, what it tells, its labels, and who reads it."""

    name: str
    help: str
    labels: tuple[str, ...]
    read: Callable[[], Figures]


_gauges: dict[str, Gauge] = {}


def gauge(
    name: str, explanation: str, *labels: str
) -> Callable[[Callable[[], Figures]], Callable[[], Figures]]:
    """Register the function that reads a metric."""

    def register(read: Callable[[], Figures]) -> Callable[[], Figures]:
        _gauges[name] = Gauge(name, explanation, labels, read)
        return read

    return register


def all_gauges() -> Iterator[Gauge]:
    """Every app's, by name."""
    autodiscover_modules("gauges")
    for floor in ("concord.events.gauges", "concord.jobs.gauges"):
        import_module(floor)
    for name in sorted(_gauges):
        yield _gauges[name]
