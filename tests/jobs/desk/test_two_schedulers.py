"""Two schedulers, as while one of two machines is taken for dead: what they order twice and workers
do at once has one effect. (Notifications: `test_telling`; webhooks: `exchange/test_deliveries`.)"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.core import mail
from django.db.models.functions import Now
from django.utils import timezone

from apps.annotators.models import Notification
from apps.datasets.models import Dataset
from apps.desk.actions import mailing, purging
from apps.desk.actions.telling import tell_people
from apps.reviews.actions import learning
from apps.reviews.models import Skills
from concord.events.models import Event
from concord.jobs.actions import enqueue
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from tests.api.tasks.talking import answered_team, say, thread_by
from tests.factories import make_task
from tests.jobs.reviews.test_at_one_instant import at_once
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 3


def twice(kind: str, order: Callable[[], int]) -> None:
    """Both have ordered it, since each looked before the other wrote, and it is done by two."""
    assert order() == 1
    job = Job.objects.get(kind=kind, state=Job.State.QUEUED)
    other = enqueue(kind=kind, args=job.args, dataset_id=job.dataset_id)
    at_once(partial(run_job, job.pk), partial(run_job, other.pk))
    ended = Job.objects.filter(kind=kind).values_list("state", "error_detail")
    assert set(ended) == {(Job.State.DONE, "")}


def test_people_get_one_mail() -> None:
    team, task = answered_team()
    thread = thread_by(team, "Rita", task, "@A see", mentions=["A"])
    for sent in range(1, ROUNDS + 1):
        tell_people()
        later = timezone.now() + timedelta(hours=sent)
        twice(mailing.KIND, partial(mailing.order_mails, now=later))
        assert len(mail.outbox) == sent
        say(team, "Rita", thread, "@A and this", mentions=["A"])
    assert Notification.objects.filter(mailed_at=None).count() == 0


def test_a_dataset_is_removed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purging, "CHUNK", 1)
    team = Team()
    for n in range(ROUNDS):
        make_task(team.dataset, name=f"{n}.jpg")
        both_answer(team, [box(10, 10, 40, 20, "stop")], [])
    Dataset.objects.update(deleted_at=Now() - timedelta(days=31))
    twice(purging.KIND, purging.order_purges)
    assert not Dataset.objects.exists()
    assert Event.objects.filter(kind="dataset.purged").count() == 1


def test_what_was_learnt_twice_is_what_was_learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "PATIENCE_SECONDS", -60)
    team = Team()
    make_task(team.dataset, name="a.jpg")
    both_answer(team, [box(10, 10, 40, 20, "stop")], [box(10, 10, 48, 20, "stop")])
    twice(learning.KIND, learning.order_learning)
    assert len({str(skills.people) for skills in Skills.objects.all()}) == 1
    assert learning.order_learning() == 0
