"""What passes unseen under a promise about errors, and what does not."""

from __future__ import annotations

from typing import Any

import pytest

from apps.reviews.actions import learning
from apps.reviews.domain.acceptance import Acceptance
from apps.reviews.domain.calibration import Calibration
from apps.reviews.domain.known import Known
from apps.reviews.domain.trust import TARGETS, Trust
from apps.reviews.models import Final, Merge, Skills
from apps.tasks.models import Task
from concord.events.models import Event
from tests.api.tasks.test_disputed_overlap import join
from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

STOP = [box(10, 10, 40, 20, "stop")]
WIDER = [box(10, 10, 60, 20, "stop")]
YIELD = [box(10, 10, 40, 20, "yield")]
POLICY = {"target_error": 0.05, "audit": 0.01}
FIVE = (0.0, 0.0, 0.0, 0.0, 0.0)
# Knows only the share of votes: 2 of 2 are right with a chance of .99, 1 of 2 with one of .01.
SHARES = Calibration(0.5, 100, FIVE, (1.0,) * 5, (0.0, 18.4, 0.0, 0.0, 0.0), -13.8)


def trusting(team: Team, *, threshold: float | None) -> None:
    accepted = Acceptance(0.05, threshold, 0.8, 0, ())
    known = Known(trust=Trust(reviewed=100, curve=SHARES, acceptances=(accepted,)))
    Skills.objects.create(dataset=team.dataset, people=known.as_dict(), tasks=100, event=0)


def unaudited(team: Team, monkeypatch: pytest.MonkeyPatch) -> Task:
    monkeypatch.setattr("apps.reviews.policy.falls_in_share", lambda digest, share: share > 0.5)
    return make_task(team.dataset)


def state(task: Task) -> str:
    task.refresh_from_db()
    return task.state


def test_what_is_sure_passes_although_people_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    team = Team(review_policy=POLICY)
    trusting(team, threshold=0.97)
    task = unaudited(team, monkeypatch)
    both_answer(team, STOP, WIDER)
    assert (state(task), Final.objects.get(task=task).origin) == ("final", "merged")
    calibrated = Merge.objects.get(task=task).calibrated
    assert calibrated == pytest.approx(0.99, abs=0.001)


def test_what_is_not_sure_goes_to_a_reviewer(monkeypatch: pytest.MonkeyPatch) -> None:
    team = Team(review_policy=POLICY)
    trusting(team, threshold=0.995)
    task = unaudited(team, monkeypatch)
    both_answer(team, STOP, STOP)
    assert state(task) == "answered"


def test_a_tie_never_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    team = Team(review_policy=POLICY)
    trusting(team, threshold=0.9)
    task = unaudited(team, monkeypatch)
    both_answer(team, STOP, YIELD)
    assert state(task) == "conflicted"


def test_a_lone_box_is_kept_for_a_reviewer(monkeypatch: pytest.MonkeyPatch) -> None:
    team = Team(review_policy=POLICY)
    trusting(team, threshold=0.9)
    task = unaudited(team, monkeypatch)
    both_answer(team, STOP, [])
    assert state(task) == "conflicted"
    assert len(Merge.objects.get(task=task).result["objects"]) == 1


def test_nobody_seeing_anything_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    team = Team(review_policy=POLICY)
    trusting(team, threshold=0.9)
    task = unaudited(team, monkeypatch)
    both_answer(team, [], [])
    assert state(task) == "final"


def test_until_there_is_a_promise_a_tenth_of_what_is_agreed_is_reviewed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shares: list[float] = []
    monkeypatch.setattr(
        "apps.reviews.policy.falls_in_share", lambda digest, share: bool(shares.append(share))
    )
    team = Team(review_policy=POLICY)
    for n, threshold in enumerate((None, 0.9)):
        trusting(team, threshold=threshold)
        make_task(team.dataset, name=f"{n}.jpg", order_key=n)
        both_answer(team, STOP, STOP)
    assert shares == [0.1, 0.01]


def test_nobody_more_is_asked_where_the_answer_is_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    team = Team(review_policy=POLICY, overlap={"base": 2, "most": 3})
    join(team, "Cleo")
    trusting(team, threshold=0.97)
    task = unaudited(team, monkeypatch)
    both_answer(team, STOP, WIDER)
    assert state(task) == "final"


def test_decisions_are_learnt_from(monkeypatch: pytest.MonkeyPatch) -> None:
    team = Team(review_policy=POLICY, shared_shift=True)
    monkeypatch.setattr("apps.reviews.domain.calibration.LEAST_REVIEWED", 2)
    monkeypatch.setattr("apps.reviews.domain.shift.LEAST_OBJECTS", 2)
    for n in range(4):
        make_task(team.dataset, name=f"{n}.jpg", order_key=n)
        both_answer(team, STOP, WIDER)
    for _ in range(4):
        (task,) = team.review()["tasks"]
        ((conflict,), (merged,)) = task["conflicts"], task["merge"]["objects"]
        span = {**box(10, 10, 55, 20, "stop"), "id": merged["span"]["id"]}
        edit: dict[str, Any] = {"conflict": conflict["id"], "action": "edit", "span": span}
        reply = team.decide(task, edit, final=True)
        assert reply.status_code == 200, reply.content
    learnt = Known.from_dict(learning.learn(dataset=team.dataset, beat=lambda: None).people)
    assert (learnt.trust.reviewed, learnt.trust.curve is not None) == (4, True)
    assert learnt.boxes is not None
    assert learnt.boxes.shift is not None
    assert learnt.boxes.shift[2] > 0  # the right edge goes further out than people's mean
    learning.learn(dataset=team.dataset, beat=lambda: None)
    assert Event.objects.filter(kind="skills.shift").count() == 1  # the second is the same
    told = team.get("Olga", f"datasets/{team.dataset.slug}/trust/").json()
    assert (told["tasks"], told["reviewed"], told["shift"]) == (4, 4, list(learnt.boxes.shift))
    assert [row["target"] for row in told["targets"]] == list(TARGETS)
    assert {row["threshold"] for row in told["targets"]} == {None}


def test_before_anything_was_learnt_nothing_is_promised() -> None:
    team = Team()
    told = team.get("Olga", f"datasets/{team.dataset.slug}/trust/").json()
    assert told == {"learnt_at": None, "tasks": 0, "reviewed": 0, "targets": [], "shift": None}


def test_the_shift_is_off_unless_it_is_wanted() -> None:
    team = Team()
    make_task(team.dataset)
    both_answer(team, STOP, STOP)
    known = Known.from_dict(learning.learn(dataset=team.dataset, beat=lambda: None).people)
    assert known.boxes is not None
    assert known.boxes.shift is None
    assert not Event.objects.filter(kind="skills.shift").exists()


def test_it_is_told_how_much_would_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    accepted = (Acceptance(0.02, None, 0.0, 90, ()), Acceptance(0.05, 0.97, 0.8, 0, ()))
    trust = Trust(reviewed=100, curve=SHARES, acceptances=accepted)
    monkeypatch.setattr(learning, "earn_trust", lambda parts, targets: trust)
    team = Team()
    for n, theirs in enumerate((STOP, WIDER, STOP, [])):  # the last box is drawn by one of two
        make_task(team.dataset, name=f"{n}.jpg", order_key=n)
        both_answer(team, STOP, theirs)
    learning.learn(dataset=team.dataset, beat=lambda: None)
    told = team.get("Olga", f"datasets/{team.dataset.slug}/trust/").json()["targets"]
    assert told == [
        {"target": 0.02, "threshold": None, "passing": None, "more": 90},
        {"target": 0.05, "threshold": 0.97, "passing": 0.75, "more": 0},
    ]
