"""An archived dataset rests: it hands out nothing, and takes what was begun."""

import pytest
from django.utils import timezone

from apps.datasets.models import Dataset
from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db


def archive(dataset: Dataset) -> None:
    Dataset.objects.filter(pk=dataset.pk).update(archived_at=timezone.now())


def test_nobody_gets_new_work_and_begun_work_is_taken() -> None:
    team = Team()
    make_task(team.dataset)
    (begun,) = team.next("Ann")["tasks"]
    archive(team.dataset)
    reply = team.next("Ben")
    assert (reply["tasks"], reply["reason"]["code"]) == ([], "not_allowed")
    assert "archived" in reply["reason"]["detail"]
    assert team.answer("Ann", begun, box(1, 1, 5, 5, "stop")).status_code == 200


def test_no_conflict_is_handed_out() -> None:
    team = Team()
    make_task(team.dataset)
    both_answer(team, [box(10, 10, 40, 20, "stop")], [])
    archive(team.dataset)
    reply = team.review()
    assert (reply["tasks"], reply["reason"]["code"]) == ([], "not_allowed")
