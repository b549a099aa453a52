"""What operators and pages want to know of jobs."""

import uuid
from datetime import timedelta

from django.db import connection
from django.db.models import Count, F, Max, QuerySet
from django.db.models.functions import Extract, Now

from concord.ids import uuid7_since
from concord.jobs.models import Job


def counts() -> list[tuple[str, str, int]]:
    """How many jobs there are of each kind in each state."""
    return list(Job.objects.values_list("kind", "state").annotate(Count("id")).order_by())


def oldest_due_seconds() -> float:
    """The longest wait of a job that is due; 0 if none is."""
    due = Job.objects.filter(state=Job.State.QUEUED, run_after__lte=Now())
    age = due.aggregate(age=Max(Extract(Now() - F("run_after"), "epoch")))["age"]
    return float(age or 0)


def oldest_heartbeat_seconds() -> float:
    """The longest silence of a running job; 0 if none runs."""
    running = Job.objects.filter(state=Job.State.RUNNING)
    age = running.aggregate(age=Max(Extract(Now() - F("heartbeat_at"), "epoch")))["age"]
    return float(age or 0)


def durations() -> list[tuple[str, float, float]]:
    """Kind, median and 95th percentile in seconds of the jobs of the last hour that are done.

    The hour is that in which they were ordered, which their ids tell: no index is needed.
    """
    sql = """
        SELECT kind,
               percentile_cont(0.5) WITHIN GROUP (ORDER BY took),
               percentile_cont(0.95) WITHIN GROUP (ORDER BY took)
        FROM (SELECT kind, extract(epoch FROM finished_at - started_at)::float8 AS took
              FROM concord_job WHERE id >= %s AND state = 'done') AS done
        GROUP BY kind"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [uuid7_since(timedelta(hours=1))])
        return [(kind, median, slow) for kind, median, slow in cursor.fetchall()]


def unfinished(*, dataset_id: uuid.UUID, prefix: str) -> QuerySet[Job]:
    """The jobs of a dataset whose kind starts with `prefix` that wait or run."""
    return Job.objects.filter(
        dataset_id=dataset_id,
        kind__startswith=prefix,
        state__in=[Job.State.QUEUED, Job.State.RUNNING],
    )


def is_busy(*, dataset_id: uuid.UUID, prefix: str) -> bool:
    """Whether a job whose kind starts with `prefix` is waiting or running for a dataset."""
    return unfinished(dataset_id=dataset_id, prefix=prefix).exists()


def last_job(*, dataset_id: uuid.UUID, kind: str) -> Job | None:
    """The newest job of a kind for a dataset, whatever became of it."""
    return Job.objects.filter(dataset_id=dataset_id, kind=kind).order_by("-id").first()
