"""A second reviewer, who does not see what the first one said: a control beside the final."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone

from apps.annotators.models import User
from apps.datasets.config import DatasetConfig
from apps.datasets.models import Dataset
from apps.reviews.actions.tickets import ReviewTicket
from apps.reviews.actions.verdicts import Verdict, record_verdict
from apps.reviews.domain.resolution import check_rulings, resolve
from apps.reviews.handed_on import HANDED_ON
from apps.reviews.models import Conflict, Decision, Merge, SecondLook
from apps.reviews.rulings import Case, case_of, refused
from apps.reviews.second_looks import OPEN, as_decisions, as_undecided
from apps.tasks.domain.identity import is_drawn
from apps.tasks.models import Task
from concord.errors import Conflict as WrongState
from concord.errors import Invalid
from concord.events.actions import record
from concord.ids import uuid7

CLAIM = f"""
WITH chosen AS (SELECT l.task_id {OPEN} ORDER BY t.order_key, t.id LIMIT %(count)s
                   FOR UPDATE OF l SKIP LOCKED)
UPDATE reviews_secondlook l
   SET said = CASE WHEN l.user_id = %(user)s THEN l.said ELSE '[]' END,
       user_id = %(user)s, token = gen_random_uuid(),
       expires_at = now() + make_interval(secs => %(seconds)s)
  FROM chosen WHERE l.task_id = chosen.task_id
RETURNING l.task_id, l.token, l.expires_at, l.user_id
"""  # noqa: S608 - made of constants
HELD = """
SELECT l.task_id, l.token, l.expires_at, l.user_id FROM reviews_secondlook l
  JOIN tasks_task t ON t.id = l.task_id
  JOIN reviews_merge m ON m.task_id = l.task_id AND m.task_version = l.merge_version
 WHERE l.user_id = %(user)s AND l.dataset_id = %(dataset)s AND l.closed_at IS NULL
   AND l.expires_at > now() AND t.locked_at IS NOT NULL AND t.withdrawn_at IS NULL
 ORDER BY t.order_key, t.id
"""


def want_second_look(*, task: Task) -> None:
    """Leave a task that was just decided to a second reviewer too, if it is drawn for that."""
    share = DatasetConfig.of(task.dataset).second_look
    merged = Merge.objects.values_list("task_version", flat=True).get(task=task)
    SecondLook.objects.filter(task=task).exclude(merge_version=merged).delete()
    if is_drawn("second_look", task.pk, share):
        SecondLook.objects.get_or_create(
            task=task, defaults={"dataset_id": task.dataset_id, "merge_version": merged}
        )


def lease_second_looks(*, user: User, dataset: Dataset, count: int) -> list[ReviewTicket]:
    """Return the second looks that `user` has in `dataset`, and up to `count` more."""
    values: dict[str, Any] = {
        "user": user.pk,
        "dataset": dataset.pk,
        "datasets": [dataset.pk],
        "mine": False,
        "seconds": settings.LEASE_SECONDS,
    }
    with connection.cursor() as cursor:
        cursor.execute(HELD, values)
        held = [_ticket(row) for row in cursor.fetchall()]
        cursor.execute(CLAIM, {**values, "count": max(count - len(held), 0)})
        return held + [_ticket(row) for row in cursor.fetchall()]


def _ticket(row: tuple[Any, ...]) -> ReviewTicket:
    task, token, end, user = row
    return ReviewTicket(task, token, end, user, again=True)


def hold_second_look(*, look: SecondLook) -> datetime:
    """Extend the reviewer's lease by a full term from now and return its end."""
    SecondLook.objects.filter(pk=look.pk).update(
        expires_at=Now() + timedelta(seconds=settings.LEASE_SECONDS)
    )
    look.refresh_from_db(fields=["expires_at"])
    assert look.expires_at is not None
    return look.expires_at


def release_second_looks(*, user: User, **only: Any) -> None:
    """Leave what `user` has begun to look at, of `only` these, to others."""
    looks = SecondLook.objects.filter(user=user, closed_at=None, **only)
    looks.update(user=None, token=None, expires_at=None, said=[])


def say_again(
    *,
    user: User,
    task: Task,
    look: SecondLook,
    version: int,
    verdicts: Sequence[Verdict],
    final: bool,
) -> tuple[Task, list[Decision]]:
    """Keep a second reviewer's words; with `final` what they come to. The task stays as it is.

    The caller holds the task's row. Returns it as if nobody had decided it. Raises what `decide`
    does of the words; Conflict `lease_lost` when the first reviewer or a manager opened the task,
    or the second look is closed.
    """
    merge = Merge.objects.get(task=task)
    gone = task.version != version or task.locked_at is None or look.closed_at is not None
    if gone or merge.task_version != look.merge_version:
        raise WrongState("lease_lost", "This is not yours any more. Ask for the next.")
    hold_second_look(look=look)
    if left := [verdict for verdict in verdicts if verdict.action in HANDED_ON]:
        record_verdict(user=user, task=task, verdict=replace(left[-1], conflict=None))
        release_second_looks(user=user, task=task)
        return as_undecided(task), []
    _keep(task=task, look=look, verdicts=verdicts)
    decisions = as_decisions(look, task)
    case = case_of(task, merge, decisions)
    with refused():
        check_rulings(*case)
    if any(verdict.action == "send_back" for verdict in verdicts):
        _close(look, task, {"sent_back": True})
    elif final:
        _close(look, task, _outcome(task, case, decisions))
    return as_undecided(task), decisions


def open_again(*, user: User, look: SecondLook) -> ReviewTicket:
    """Go on with a second look that `user` has closed; the caller holds the task's row."""
    look.outcome, look.closed_at, look.token = None, None, uuid7()
    # What was said of the task as a whole holds no more, as where a first reviewer goes back.
    look.said = [said for said in look.said if said["conflict"] and said["action"] != "send_back"]
    look.save()
    end = hold_second_look(look=look)
    return ReviewTicket(look.task_id, look.token, end, user.pk, again=True)


def _keep(*, task: Task, look: SecondLook, verdicts: Sequence[Verdict]) -> None:
    known = Conflict.objects.filter(task=task).exclude(state=Conflict.State.SUPERSEDED)
    ids = set(known.values_list("pk", flat=True))
    if any(verdict.conflict is not None and verdict.conflict not in ids for verdict in verdicts):
        raise Invalid("unknown_conflict", "This conflict is not of this task any more.")
    rows = [asdict(verdict) for verdict in verdicts]
    look.said += [{**row, "conflict": row["conflict"] and str(row["conflict"])} for row in rows]
    look.save(update_fields=["said"])


def _outcome(task: Task, case: Case, decisions: Sequence[Decision]) -> dict[str, Any]:
    """Return what a second reviewer's words come to; raises Conflict `conflicts_open`."""
    known = Conflict.objects.filter(task=task).exclude(state=Conflict.State.SUPERSEDED)
    left = known.exclude(pk__in=[row.conflict_id for row in decisions if row.conflict_id])
    rejected = any(row.action == Decision.Action.REJECT for row in decisions)
    if not rejected and (count := left.count()):
        raise WrongState(
            "conflicts_open", f"{count} conflicts are still to be decided.", open=count
        )
    with refused():
        found = resolve(*case)
    return {
        "answer": found.answer,
        "spans": [dict(span) for span in found.spans],
        "accept": list(found.accept),
        "attributes": dict(found.attributes),
    }


def _close(look: SecondLook, task: Task, outcome: dict[str, Any]) -> None:
    look.outcome, look.closed_at = outcome, timezone.now()
    look.save(update_fields=["outcome", "closed_at"])
    record(kind="task.looked_at_again", actor=look.user, dataset_id=task.dataset_id, subject=task)
