"""Each lock and each comparison behind claim, submit and decide is taken out in turn, and the tests
that are about it must fail then. What the database refuses by itself is in
`tests/jobs/tasks/test_walls.py`.

One comparison is in no row: that a review is handed on only when its lease ran out stands in the
claim twice, where tasks are chosen and where the lease is written. The second is met only by who
looked before another's claim was there and locks the task after it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

from tests.faults.soak import note
from tests.forms import LONG

ROOT = Path(__file__).parents[2]
TASKS, REVIEWS = "apps/tasks/actions", "apps/reviews/actions"

pytestmark = [
    pytest.mark.skipif(not LONG, reason="a run of pytest for each is for `make soak`"),
    pytest.mark.timeout(900),
]


@dataclass(frozen=True, slots=True)
class Mutation:
    """What stands in a file once, what instead, and the tests that look."""

    name: str
    file: str
    was: str
    now: str
    tests: str


MUTATIONS = [
    # Claim.
    Mutation(
        "one claim of a person at a time",
        f"{TASKS}/places.py",
        "pg_advisory_xact_lock(hashtextextended(%(both)s, 0))::text",
        "%(both)s::text",
        "tests/jobs/tasks/test_races.py -k two_pages",
    ),
    Mutation(
        "a claim is seen by who ends claims",
        f"{TASKS}/places.py",
        "pg_advisory_xact_lock_shared(hashtextextended(%(person)s, 0))::text",
        "%(person)s::text",
        "tests/jobs/tasks/test_leaving.py",
    ),
    Mutation(
        "who ends claims waits for them",
        f"{TASKS}/places.py",
        "SELECT pg_advisory_xact_lock(hashtextextended(%(person)s, 0))",
        "SELECT %(person)s::text",
        "tests/jobs/tasks/test_leaving.py",
    ),
    Mutation(
        "a slot that came back is locked before it is claimed",
        f"{TASKS}/claiming.py",
        "LIMIT %(again)s FOR UPDATE {{skip}}",
        "LIMIT %(again)s",
        "tests/jobs/tasks/test_races.py",
    ),
    Mutation(
        "a slot of the queue is locked before it is claimed",
        f"{TASKS}/claiming.py",
        "LIMIT %(ahead)s FOR UPDATE {{skip}}",
        "LIMIT %(ahead)s",
        "tests/jobs/tasks/test_races.py",
    ),
    Mutation(
        "leases that ran out are freed by one",
        f"{TASKS}/leasing.py",
        "LIMIT 500 FOR UPDATE {skip}),",
        "LIMIT 500),",
        "tests/jobs/tasks/test_races.py -k freed_once",
    ),
    Mutation(
        "a claim does not move a place that was pulled back",
        f"{TASKS}/claiming.py",
        "     WHERE tasks_place.version = %(version)s),",
        "     WHERE %(version)s IS NOT NULL),",
        "tests/jobs/tasks/test_races.py",
    ),
    Mutation(
        "nothing is noted as searched that was pulled back",
        f"{TASKS}/places.py",
        "     WHERE tasks_place.version = %(version)s",
        "     WHERE %(version)s IS NOT NULL",
        "tests/jobs/tasks/test_races.py",
    ),
    Mutation(
        "a task is held while it gets one more slot",
        f"{TASKS}/claiming.py",
        "Task.objects.select_for_update(no_key=True)",
        "Task.objects",
        "tests/jobs/tasks/test_races.py -k one_more",
    ),
    Mutation(
        "settings are held while a slot is added",
        f"{TASKS}/claiming.py",
        "_everybody_answers(hold_settings(dataset=dataset))",
        "_everybody_answers(dataset)",
        "tests/jobs/tasks/test_races.py",
    ),
    Mutation(
        "slots are given back in the order in which they are freed",
        f"{TASKS}/leasing.py",
        "in_order = held.select_for_update().order_by(",
        "in_order = held.order_by(",
        "tests/jobs/tasks/test_nothing_left.py",
    ),
    Mutation(
        "only its own lease is extended",
        f"{TASKS}/leasing.py",
        "AND lease_token = %s AND",
        "AND %s::uuid IS NOT NULL AND",
        "tests/jobs/tasks/test_races.py",
    ),
    # Submit.
    Mutation(
        "answers to a task come one after the other",
        f"{TASKS}/answering.py",
        "WHERE t.id = %s FOR NO KEY UPDATE",
        "WHERE t.id = %s",
        "tests/jobs/tasks/test_races.py",
    ),
    Mutation(
        "a slot is held while it is answered",
        f"{TASKS}/taking.py",
        "s.user_id IS NOT DISTINCT FROM %s FOR UPDATE",
        "s.user_id IS NOT DISTINCT FROM %s",
        "tests/jobs/tasks/test_races.py",
    ),
    Mutation(
        "a free slot is locked before a late answer takes it",
        f"{TASKS}/taking.py",
        "return slots.select_for_update().order_by",
        "return slots.order_by",
        "tests/jobs/tasks/test_races.py",
    ),
    Mutation(
        "a slot that was taken by the same person meanwhile is found",
        f"{TASKS}/answering.py",
        "of theirs and before we took another: it is there by now, and no second one is taken.\n"
        "        return attempt()",
        "\n        raise",
        "tests/jobs/tasks/test_late_and_claimed.py",
    ),
    Mutation(
        "the same request at the same instant gets the reply of the faster one",
        f"{TASKS}/answering.py",
        "reply = first_reply(user=user, submission=submission)\n        if reply is None:",
        "reply = None\n        if reply is None:",
        "tests/jobs/tasks/test_races.py",
    ),
    Mutation(
        "another answer under the same key is refused",
        f"{TASKS}/answering.py",
        "if row[0] != submission.request_hash:",
        "if False:",
        "tests/jobs/tasks/test_races.py",
    ),
    Mutation(
        "an answer builds on what its page has seen",
        f"{TASKS}/answering.py",
        "if submission.base not in (None, standing.last):",
        "if False:",
        "tests/api/tasks/test_two_pages.py",
    ),
    Mutation(
        "what a reviewer has decided is not answered anew",
        f"{TASKS}/answering.py",
        "        if locked:",
        "        if False:",
        "tests/attacks/test_h_review.py",
    ),
    Mutation(
        "no lease is taken that this server did not give",
        f"{TASKS}/leasing.py",
        "if not constant_time_compare(",
        "if False and not constant_time_compare(",
        "tests/api/reviews/test_story.py",
    ),
    # Decide.
    Mutation(
        "decisions on a task come one after the other",
        f"{TASKS}/transitions.py",
        'select_for_update(no_key=True, of=["self"])',
        "all()",
        "tests/jobs/reviews/test_at_one_instant.py",
    ),
    Mutation(
        "a decision is about the task as it is",
        f"{REVIEWS}/deciding.py",
        "if task.version != version:",
        "if False:",
        "tests/jobs/reviews/test_at_one_instant.py tests/api/reviews/test_deciding.py",
    ),
    Mutation(
        "what is decided is not decided again",
        f"{REVIEWS}/deciding.py",
        "if task.locked_at is not None:",
        "if False:",
        "tests/api/reviews/test_deciding.py",
    ),
    Mutation(
        "who answered does not decide",
        f"{REVIEWS}/deciding.py",
        "if Answer.objects.filter(task=task, user=user).exists():",
        "if False:",
        "tests/attacks/test_h_review.py tests/api/reviews",
    ),
    Mutation(
        "a task goes to one reviewer",
        f"{REVIEWS}/leasing.py",
        "LIMIT %(count)s FOR NO KEY UPDATE OF t SKIP LOCKED)",
        "LIMIT %(count)s)",
        "tests/jobs/reviews/test_races.py",
    ),
    Mutation(
        "who was taken over does not decide",
        f"{REVIEWS}/leasing.py",
        "AND user_id = %s AND token = %s RETURNING expires_at",
        "AND %s::uuid IS NOT NULL AND %s::uuid IS NOT NULL RETURNING expires_at",
        "tests/jobs/reviews/test_at_one_instant.py",
    ),
    # Retries of everything else, and jobs.
    Mutation(
        "a request whose twin is being served waits",
        "platform/concord/http/idempotency.py",
        "if row is None or not row[0]:",
        "if False:",
        "tests/unit/concord/test_idempotency.py",
    ),
    Mutation(
        "another request under the same key is refused",
        "platform/concord/http/idempotency.py",
        "if bytes(record.request_hash) != fingerprint:",
        "if False:",
        "tests/unit/concord/test_idempotency.py",
    ),
    Mutation(
        "a job is done by one worker",
        "platform/concord/jobs/actions.py",
        "        state=Job.State.QUEUED,\n        run_after__lte=Now(),\n        attempts__lt",
        "        run_after__lte=Now(),\n        attempts__lt",
        "tests/jobs/concord/test_jobs.py -k six_workers",
    ),
    Mutation(
        "a worker that was given up writes no end",
        "platform/concord/jobs/actions.py",
        "Job.objects.filter(id=context.job_id, lease=context.lease)",
        "Job.objects.filter(id=context.job_id)",
        "tests/jobs/concord/test_jobs.py -k TestLoss",
    ),
    Mutation(
        "one reaper works at a time",
        "platform/concord/jobs/actions.py",
        "if not _hold_reaper_lock():",
        "if False:",
        "tests/jobs/concord/test_jobs.py -k reapers",
    ),
]


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_somebody_notices(mutation: Mutation) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.faults.mutating", "-x", "-q",
         "--tb=line", "--show-capture=no", *mutation.tests.split(" ", 2)],
        env={**of_its_own(), "MUTATION": json.dumps(asdict(mutation))},
        cwd=ROOT, capture_output=True, text=True, timeout=800, check=False,
    )  # fmt: skip
    verdict = ran.stdout.strip().splitlines()[-1]
    noticed = ran.returncode == 1 and " failed" in verdict and "error" not in verdict
    note("mutations", {mutation.name: "noticed" if noticed else "survived"})
    assert noticed, ran.stdout[-3000:] + ran.stderr[-1000:]


def of_its_own() -> dict[str, str]:
    """The environment for a run with services of its own, and in the short form."""
    taken = ("CONCORD_", "DATABASE_", "CELERY_", "PYTEST_", "SOAK")
    return {name: value for name, value in os.environ.items() if not name.startswith(taken)}
