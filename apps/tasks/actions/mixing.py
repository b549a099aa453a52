"""Mixing gold into somebody's work, as tasks that they cannot tell from others."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import SystemRandom
from typing import Any

from django.db import transaction

from apps.annotators.models import User
from apps.datasets.access import role_of
from apps.datasets.actions.changing import hold_settings
from apps.datasets.config import DatasetConfig
from apps.datasets.models import Dataset, Role
from apps.tasks.actions.copying import copy_beside
from apps.tasks.actions.leasing import Lease
from apps.tasks.actions.places import Position, find_position
from apps.tasks.domain.probing import draws
from apps.tasks.domain.stretches import stretches
from apps.tasks.domain.turns import KEY_BITS
from apps.tasks.eligible import AHEAD, CLAIMABLE
from apps.tasks.models import Gold, Probe, SlotState, Task
from concord.rows import all_rows, first_row

CHANCE = SystemRandom()
SOONEST, LATEST = 3, 12
"""As how many of the tasks ahead of a person a copy may come. With fewer left there comes none:
whoever is near the end counts what there is."""

NEXT_TASKS = f"""
SELECT DISTINCT s.order_key, s.task_id FROM tasks_slot s
 WHERE {AHEAD} AND s.order_key < %(end)s AND s.purpose = 'work' AND {CLAIMABLE}
 ORDER BY s.order_key, s.task_id LIMIT %(most)s
"""  # noqa: S608 - made of constants

# What is still to come counts as today's.
TODAY = """
SELECT count(*) FROM tasks_probe p JOIN tasks_slot s ON s.task_id = p.task_id
       JOIN datasets_dataset d ON d.id = p.dataset_id
 WHERE p.dataset_id = %(dataset)s AND p.user_id = %(user)s
   AND (s.leased_at IS NULL
        OR timezone(d.time_zone, s.leased_at)::date = timezone(d.time_zone, now())::date)
"""

# Who answered the original, or was shown it, may remember it. A person whom the routes keep from
# the original is kept from its copies as well. The row is locked, so that who retires it meanwhile
# finds the copy.
UNSEEN_GOLD = """
SELECT g.task_id FROM tasks_gold g
 WHERE g.dataset_id = %(dataset)s AND g.retired_at IS NULL AND %(user)s <> ALL(g.barred)
   AND NOT EXISTS (SELECT FROM tasks_probe p
                    WHERE p.gold_id = g.task_id AND p.user_id = %(user)s)
   AND NOT EXISTS (SELECT FROM tasks_answer a
                    WHERE a.task_id = g.task_id AND a.user_id = %(user)s)
   AND NOT EXISTS (SELECT FROM tasks_draft t
                    WHERE t.task_id = g.task_id AND t.user_id = %(user)s)
   AND NOT EXISTS (SELECT FROM tasks_pass t
                    WHERE t.task_id = g.task_id AND t.user_id = %(user)s)
   AND NOT EXISTS (SELECT FROM tasks_slot s
                    WHERE s.task_id = g.task_id AND s.user_id = %(user)s)
   AND EXISTS (SELECT FROM tasks_slot s
                WHERE s.task_id = g.task_id AND (s.only IS NULL OR %(user)s = ANY(s.only))
                  AND (s.barred IS NULL OR %(user)s <> ALL(s.barred)))
 ORDER BY random() LIMIT 1 FOR SHARE OF g SKIP LOCKED
"""

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Neighbour:
    """A task that awaits a person, beside which a copy is put."""

    order_key: int
    task_id: uuid.UUID


def mix_in_gold(*, user: User, dataset: Dataset, leases: Sequence[Lease]) -> None:
    """Put copies of gold ahead of `user`, who has just been given `leases`.

    Each lease draws once whether one follows, by the dataset's rate. None comes beyond what the
    settings allow in a day, to anybody but annotators, who alone cannot look behind the scenes, or
    where hardly anything else is left. In a transaction of its own, so that no slot is held.
    """
    policy = DatasetConfig.of(dataset).gold
    drawn = [
        lease.token for lease in leases if policy.rate and draws(lease.token, rate=policy.rate)
    ]
    if not drawn or role_of(user=user, dataset=dataset) != Role.ANNOTATOR:
        return
    with transaction.atomic():
        found = find_position(user=user, dataset=dataset)
        # Whoever turns gold off from here on waits, and takes back what comes now.
        policy = DatasetConfig.of(hold_settings(dataset=dataset)).gold
        if not policy.rate:
            return
        done = set(Probe.objects.filter(lease__in=drawn).values_list("lease", flat=True))
        for token in drawn:
            if token not in done and not _mix_in(
                user=user, dataset=dataset, found=found, token=token, per_day=policy.per_day
            ):
                return


def _mix_in(
    *, user: User, dataset: Dataset, found: Position, token: uuid.UUID, per_day: int
) -> bool:
    """Put one copy ahead of `user`; False if there is none for them now."""
    values = {"user": user.pk, "dataset": dataset.pk}
    (today,) = first_row(TODAY, values) or (0,)
    neighbour = None if today >= per_day else _neighbour(user, found, values)
    chosen = None if neighbour is None else first_row(UNSEEN_GOLD, values)
    if neighbour is None or chosen is None or not _hold(neighbour):
        return False
    gold = Gold.objects.select_related("task").get(pk=chosen[0])
    task = copy_beside(
        gold.task, neighbour=neighbour.task_id, turn=neighbour.order_key, user=user, chance=CHANCE
    )
    Probe.objects.create(task=task, dataset_id=dataset.pk, gold=gold, user=user, lease=token)
    return True


def _neighbour(user: User, found: Position, values: Values) -> _Neighbour | None:
    """One of the tasks ahead; none that has a copy beside it: two would look alike."""
    ahead = [_Neighbour(*row) for row in _next_tasks(found, values)]
    if len(ahead) < LATEST:
        return None
    copies = Task.everything.filter(
        dataset=values["dataset"], probe__user=user, slots__state=SlotState.FREE
    )
    near = Task.objects.filter(pk__in=[task.task_id for task in ahead[SOONEST - 1 :]])
    alone = set(near.exclude(order_key__in=copies.values("order_key")).values_list("pk", flat=True))
    left = [task for task in ahead if task.task_id in alone]
    return CHANCE.choice(left) if left else None


def _hold(neighbour: _Neighbour) -> bool:
    """Keep a task until the copy beside it is made; False if it was removed meanwhile."""
    rows = Task.objects.select_for_update(no_key=True).filter(pk=neighbour.task_id)
    return rows.values_list("pk").first() is not None


def _next_tasks(found: Position, values: Values) -> Iterator[tuple[int, uuid.UUID]]:
    """The next LATEST tasks that await a person, in this layer of turns and in the next."""
    left = LATEST
    layers = (found.turn >> KEY_BITS) + 2
    for stretch in stretches(turn=found.turn, task=found.task, start=found.start, layers=layers):
        where = {"turn": stretch.turn, "task": stretch.task, "end": stretch.end, "most": left}
        rows = all_rows(NEXT_TASKS, {**values, **where})
        yield from rows
        left -= len(rows)
        if not left:
            return
