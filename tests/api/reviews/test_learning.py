"""What a dataset's answers tell of its annotators, and how later merges go by it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from apps.datasets.models import Dataset
from apps.reviews.actions import learning
from apps.reviews.models import Merge, Skills
from concord.events.actions import record
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STOP = [box(10, 10, 40, 20, "stop")]


@pytest.fixture
def team() -> Team:
    return Team()


def answer_some(team: Team, count: int) -> None:
    """Ben's boxes reach further to the right than Ann's, each time."""
    for n in range(count):
        make_task(team.dataset, name=f"{n}.jpg", order_key=n)
    for _ in range(count):
        both_answer(team, [box(10, 10, 100, 40, "stop")], [box(10, 10, 112, 40, "stop")])


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is new has waited long enough, even what this transaction has just written."""
    monkeypatch.setattr(learning, "PATIENCE_SECONDS", -60)


def run_learning() -> Skills:
    job = Job.objects.get(kind=learning.KIND, state=Job.State.QUEUED)
    assert run_job(job.id)
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.error_detail
    return Skills.objects.latest("id")


def test_learning_waits_for_answers_or_for_five_minutes_and_never_runs_twice(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert learning.order_learning() == 0
    answer_some(team, 1)
    assert learning.order_learning() == 0  # two answers, just now
    monkeypatch.setattr(learning, "PATIENCE_SECONDS", -60)
    assert learning.order_learning() == 1
    assert learning.order_learning() == 0  # it is on its way
    run_learning()
    assert learning.order_learning() == 0  # nothing new


def test_many_answers_are_not_waited_for(team: Team) -> None:
    for _ in range(learning.MANY_ANSWERS):
        record(kind="answer.created", actor=None, dataset_id=team.dataset.id)
    record(kind="task.state", actor=None, dataset_id=team.dataset.id)
    assert learning.order_learning() == 1


@pytest.mark.usefixtures("impatient")
def test_a_deleted_dataset_is_left_alone(team: Team) -> None:
    answer_some(team, 1)
    Dataset.objects.filter(pk=team.dataset.pk).update(deleted_at=Now())
    assert learning.order_learning() == 0


@pytest.mark.usefixtures("impatient")
def test_a_merge_goes_by_the_newest_skills_and_names_them(team: Team) -> None:
    answer_some(team, 12)
    assert set(Merge.objects.values_list("skills", flat=True)) == {None}
    learning.order_learning()
    skills = run_learning()
    ann, ben = (str(team.people[name].id) for name in ("Ann", "Ben"))
    assert skills.tasks == 12
    assert set(skills.people["boxes"]["annotators"]) == {ann, ben}
    make_task(team.dataset, name="new.jpg", order_key=100)
    both_answer(team, STOP, STOP)
    assert Merge.objects.latest("merged_at").skills == skills


def test_skills_that_merges_name_stay_and_others_go(team: Team) -> None:
    answer_some(team, 2)
    kept = learning.learn(dataset=team.dataset, beat=lambda: None)
    make_task(team.dataset, name="new.jpg", order_key=100)
    both_answer(team, STOP, STOP)
    unused = learning.learn(dataset=team.dataset, beat=lambda: None)
    Skills.objects.update(learnt_at=Now() - timedelta(hours=2))
    newest = learning.learn(dataset=team.dataset, beat=lambda: None)
    assert set(Skills.objects.all()) == {kept, newest}
    assert unused not in Skills.objects.all()
