"""Jobs, as operators watch them."""

from collections.abc import Mapping

from concord.gauges import gauge
from concord.jobs import queries


@gauge("concord_jobs", "Jobs by kind and state", "kind", "state")
def jobs() -> Mapping[tuple[str, ...], float]:
    """Count them all."""
    return {(kind, state): count for kind, state, count in queries.counts()}


@gauge("concord_jobs_oldest_due_seconds", "How long the oldest job that is due has waited")
def oldest_due() -> Mapping[tuple[str, ...], float]:
    """Grows where workers or the scheduler are gone, or too few."""
    return {(): queries.oldest_due_seconds()}


@gauge("concord_jobs_oldest_heartbeat_seconds", "How long the most silent running job has been so")
def oldest_heartbeat() -> Mapping[tuple[str, ...], float]:
    """Beyond twenty seconds its worker is taken for dead."""
    return {(): queries.oldest_heartbeat_seconds()}


@gauge(
    "concord_job_seconds",
    "From start to end, of jobs ordered in the last hour that are done",
    "kind",
    "quantile",
)
def durations() -> Mapping[tuple[str, ...], float]:
    """Half of them, and all but a twentieth, took no longer."""
    return {
        (kind, name): value
        for kind, median, slow in queries.durations()
        for name, value in (("0.5", median), ("0.95", slow))
    }
