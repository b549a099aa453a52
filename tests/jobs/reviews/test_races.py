"""What is asked while somebody else is just being served."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.factories import make_task
from tests.jobs.tasks.test_nothing_left import in_thread, threads, unfinished
from tests.team import Team, both_answer, box

__all__ = ["threads"]

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_task_that_another_reviewer_is_just_being_given_is_passed_over(
    threads: ThreadPoolExecutor,
) -> None:
    team = Team()
    for n in range(2):
        make_task(team.dataset, name=f"{n}.jpg", order_key=n)
        both_answer(team, [box(10, 10, 40, 20, "stop")], [])
    given = []
    with unfinished(threads, lambda: given.extend(team.review("Rita")["tasks"])):
        given += in_thread(threads, lambda: team.review("Olga")).result(10)["tasks"]
    assert len({task["id"] for task in given}) == len(given) == 2
