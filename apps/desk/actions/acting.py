"""Ordering one thing to be done to many tasks: at once where they are few, else by a job.

The tasks are written down when an act begins, so that it does what was seen and no more, and a
worker that dies leaves what is still to be done.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.desk.access import reach_of
from apps.desk.actions.going_on import BACK, check_open, counts_of, go_on
from apps.desk.filters import read_filter
from apps.desk.models import Act, Acted
from apps.desk.queries.finding import Search
from concord.errors import Conflict, Unprocessable
from concord.events.actions import record
from concord.jobs.actions import enqueue
from concord.rows import run

KIND = "desk.act"
AT_ONCE = 500
"""Tasks to which something is done while the page waits."""
LEFT_SECONDS = 60
"""After so long, what a page waited for and did not get is left to a job."""
SHOWN = 100
"""Tasks that are named of those left out."""

NOTE = """
INSERT INTO desk_acted (act_id, task_id, state, code, before)
SELECT %(act)s, task_id, 'waiting', '', NULL FROM ({found}) found ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be done to which tasks: `tasks` by id, or those that `wanted`, a filter, finds.

    `expected` is how many the page said these are; `key` and `request_hash` make it happen once.
    """

    deed: str
    saying: dict[str, Any]
    tasks: Sequence[uuid.UUID] | None
    wanted: Mapping[str, list[str]] | None
    expected: int | None
    key: str
    request_hash: bytes


def act_on_many(*, user: User, dataset: Dataset, asked: Asked) -> Act:
    """Do it, or have a job do it where a filter finds more than `AT_ONCE`; returns the act.

    The same key gets the same act. Raises Conflict `dataset_archived`, `count_changed`,
    Unprocessable `idempotency_key_reused`, and what reading a filter raises.
    """
    if asked.deed != Act.Deed.EXPORT:
        check_open(dataset)
    with transaction.atomic():
        act, new = _begin(user=user, dataset=dataset, asked=asked)
        if new:
            _check_count(act, asked)
            _write_down(act, asked.tasks)
            # What is done while the page waits is finished by the job, should this process die.
            delay = 0 if _is_long(act) else LEFT_SECONDS
            args = {"act": str(act.pk)}
            enqueue(
                kind=KIND, args=args, created_by=user, dataset_id=dataset.pk, delay_seconds=delay
            )
    if not _is_long(act) and act.state == Act.State.QUEUED:
        go_on(act=act, beat=lambda **_: None, seconds=None)
    return act


def cancel_act(*, act: Act) -> Act:
    """Leave what is still to be done; its job notices after the chunk that it is at."""
    unfinished = Act.objects.filter(pk=act.pk, finished_at=None)
    if unfinished.update(state=Act.State.CANCELLED, finished_at=Now()):
        record(kind="act.cancelled", actor=act.user, dataset_id=act.dataset_id, subject=act)
    act.refresh_from_db()
    return act


def outcome_of(act: Act) -> dict[str, Any]:
    """Return how far an act is: `done`, how many were left out and the first of these."""
    left = Acted.objects.filter(act=act, state=Acted.State.LEFT_OUT).order_by("task_id")
    return {
        **counts_of(act),
        "left_out": [{"task": row.task_id, "code": row.code} for row in left[:SHOWN]],
        "undo": act.pk if act.deed in BACK else None,
    }


def _is_long(act: Act) -> bool:
    """Whether it is done in the background alone."""
    return (act.total or 0) > AT_ONCE


def _begin(*, user: User, dataset: Dataset, asked: Asked) -> tuple[Act, bool]:
    act, new = Act.objects.get_or_create(
        user=user,
        key=asked.key,
        defaults={
            "dataset": dataset,
            "request_hash": asked.request_hash,
            "deed": asked.deed,
            "saying": asked.saying,
            "wanted": None if asked.wanted is None else dict(asked.wanted),
        },
    )
    if bytes(act.request_hash) != asked.request_hash:
        raise Unprocessable(
            "idempotency_key_reused", "This Idempotency-Key was used for another request."
        )
    return act, new


def _search(act: Act) -> Search:
    wanted = read_filter(act.wanted or {})
    reach = reach_of(user=act.user, dataset=act.dataset, wanted=wanted)
    return Search(act.dataset, wanted, reach)


def _check_count(act: Act, asked: Asked) -> None:
    """Refuse to do to others what somebody wanted to do to the tasks that they saw counted."""
    if asked.wanted is None or asked.expected is None:
        return
    found = _search(act).count(most=max(asked.expected, 0) + 1)
    if found != asked.expected:
        raise Conflict("count_changed", "These are other tasks by now.", count=found)


def _write_down(act: Act, tasks: Sequence[uuid.UUID] | None) -> None:
    if tasks is None:
        statement, values = _search(act).tasks
    else:
        statement, values = "SELECT unnest(%(tasks)s::uuid[]) AS task_id", {"tasks": list(tasks)}
    run(NOTE.format(found=statement), values | {"act": act.pk})
    act.total = Acted.objects.filter(act=act).count()
    act.save(update_fields=["total"])
    record(
        kind="act.ordered",
        actor=act.user,
        dataset_id=act.dataset_id,
        subject=act,
        data={"act": act.deed, "tasks": act.total, "filter": act.wanted},
    )
