"""Why there is no work, where it changes between the claim and the question why."""

import pytest

from apps.tasks.models import Slot
from apps.tasks.no_work import why_no_work
from tests.factories import make_task
from tests.team import Team, box

pytestmark = pytest.mark.django_db


def test_work_given_back_after_the_claim_is_not_called_done() -> None:
    team = Team(overlap=1)
    make_task(team.dataset)
    (task,) = team.next("Ben")["tasks"]
    assert team.next("Ann")["reason"]["code"] == "all_leased"
    assert team.browsers["Ben"].delete(f"/api/tasks/{task['id']}/lease/").status_code == 204
    reason = why_no_work(user=team.people["Ann"], dataset=team.dataset)
    assert (reason.code, reason.until) == ("all_leased", None)


def test_who_has_answered_everything_is_done_though_others_are_not() -> None:
    team = Team(overlap=2)
    make_task(team.dataset)
    (task,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", task, box(10, 10, 40, 20, "stop")).status_code == 200
    assert Slot.objects.filter(state="free").count() == 1
    assert team.next("Ann")["reason"]["code"] == "done"
