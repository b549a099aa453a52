"""Files of several people's answers, which land in review."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.imports.actions import crediting
from apps.imports.domain.corrections import tasks_of
from apps.imports.models import Import, ImportRow
from apps.imports.queries import failed_lines
from apps.reviews.models import Conflict
from apps.tasks.models import Answer, Revision, Slot, Suggestion, Task
from concord.events.models import Event
from tests.factories import browser_of
from tests.jobs.imports.conftest import BringIn, ends
from tests.servers.images import ImageServer
from tests.team import box

pytestmark = pytest.mark.django_db(transaction=True)

STOP, YIELD = box(1, 1, 5, 5, "stop"), box(1, 1, 5, 5, "yield")
Bring = Callable[..., Import]


def line(url: str, who: str, *spans: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A line as Prodigy's db-out writes it."""
    return {
        "image": url,
        "spans": list(spans),
        "answer": "accept",
        "_session_id": f"signs-{who}",
        "_annotator_id": f"signs-{who}",
        "_timestamp": 1700000000,
        "_view_id": "image_manual",
        **more,
    }


@pytest.fixture
def bring_lines(bring_in: BringIn) -> Bring:
    def bring(*lines: dict[str, Any], **choices: Any) -> Import:
        text = "\n".join(map(json.dumps, lines))
        return bring_in(text, name="db-out.jsonl", **{"brings": "answers", **choices})

    return bring


def open_conflicts() -> list[str]:
    return list(Conflict.objects.exclude(state="superseded").values_list("kind", flat=True))


def said() -> dict[str, tuple[str, int]]:
    """By name what each person said last: the verdict and the number of shapes."""
    answers = Answer.objects.select_related("head", "user")
    return {each.user.name: (each.head.answer, len(each.head.spans)) for each in answers}


def test_three_sessions_about_one_image_are_three_answers_in_review(
    bring_lines: Bring, reachable: ImageServer
) -> None:
    url = reachable.url("/ok/9133.jpg")
    found = bring_lines(line(url, "ann", STOP), line(url, "ben", YIELD), line(url, "cleo", STOP))
    assert ends(found) == [(1, "done", ""), (2, "done", ""), (3, "done", "")]
    task = Task.objects.get()
    assert (task.state, task.overlap, task.extra) == ("conflicted", 3, {"_view_id": "image_manual"})
    assert open_conflicts() == ["label"]
    assert said() == dict.fromkeys(("signs-ann", "signs-ben", "signs-cleo"), ("accept", 1))
    given_at = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert {revision.created_at for revision in Revision.objects.all()} == {given_at}
    assert set(Slot.objects.values_list("state", flat=True)) == {"submitted"}
    assert reachable.requests["/ok/9133.jpg"] == 1


def test_an_answer_fewer_than_asked_for_leaves_the_rest_to_people_here(
    bring_lines: Bring, reachable: ImageServer
) -> None:
    bring_lines(line(reachable.url("/ok/1.jpg"), "ann"))
    assert Task.objects.get().state == "open"
    assert sorted(Slot.objects.values_list("state", flat=True)) == ["free", "submitted"]


def test_the_same_file_again_changes_nothing_and_a_corrected_one_what_it_corrects(
    bring_lines: Bring, reachable: ImageServer
) -> None:
    url = reachable.url("/ok/1.jpg")
    lines = [line(url, "ann", STOP), line(url, "ben", STOP)]
    bring_lines(*lines)
    before = list(Event.objects.filter(kind__startswith="answer").values_list("id", flat=True))
    again = bring_lines(*lines)
    assert ends(again) == [(1, "duplicate", "nothing_new"), (2, "duplicate", "nothing_new")]
    events = Event.objects.filter(kind__startswith="answer")
    assert list(events.values_list("id", flat=True)) == before
    assert Task.objects.get().state == "final"

    corrected = bring_lines(lines[0], line(url, "ben", YIELD))
    assert ends(corrected) == [(1, "duplicate", "nothing_new"), (2, "done", "")]
    assert (Task.objects.get().state, Revision.objects.count()) == ("conflicted", 3)


def test_a_line_that_cannot_be_an_answer_fails_alone(
    bring_lines: Bring, reachable: ImageServer
) -> None:
    url = reachable.url("/ok/1.jpg")
    found = bring_lines(
        line(url, "ann", {**STOP, "x": 5000, "points": None}),
        line(url, "ben", {**STOP, "label": "dog"}),
        line(url, "cleo", STOP),
        line(url, "dora", answer="perhaps"),
        line(url, "", _annotator_id=""),
        {"image": url, "spans": []},
        line(url, "eve", answer="reject"),
        line(url, "fay", _timestamp="noon"),
    )
    assert ends(found) == [
        (1, "failed", "invalid_spans"),
        (2, "failed", "invalid_spans"),
        (3, "done", ""),
        (4, "failed", "bad_field"),
        (5, "failed", "bad_field"),
        (6, "failed", "no_answer"),
        (7, "done", ""),
        (8, "failed", "bad_field"),
    ]
    assert said() == {"signs-cleo": ("accept", 1), "signs-eve": ("reject", 0)}


def test_an_image_that_never_comes_ends_all_lines_about_it(
    bring_lines: Bring, reachable: ImageServer
) -> None:
    url = reachable.url("/gone/1.jpg")
    found = bring_lines(line(url, "ann"), line(url, "ben"), line(url, "cleo"))
    assert {end[1:] for end in ends(found)} == {("failed", "http_404")}


def test_a_file_makes_so_many_accounts_and_no_more(
    bring_lines: Bring, reachable: ImageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crediting, "MOST_PEOPLE", 1)
    url = reachable.url("/ok/1.jpg")
    found = bring_lines(line(url, "ann"), line(url, "ben"))
    assert (found.state, "more than 1 people" in found.error) == ("failed", True)


def test_failed_answers_go_out_as_lines_that_come_in_again(
    bring_lines: Bring, bring_in: BringIn, reachable: ImageServer, dataset: Dataset
) -> None:
    lines = [line(reachable.url("/ok/1.jpg"), who, {**STOP, "label": "dog"}) for who in "ab"]
    found = bring_lines(*lines)
    assert {end[2] for end in ends(found)} == {"invalid_spans"}
    text = "".join(tasks_of(failed_lines(found))).replace("dog", "stop")
    assert {end[1] for end in ends(bring_in(text, name="failed.jsonl", brings="answers"))} == {
        "done"
    }
    assert said() == dict.fromkeys(("signs-a", "signs-b"), ("accept", 1))
    assert {r.created_at.timestamp() for r in Revision.objects.all()} == {1_700_000_000}


def test_members_are_matched_by_address_only_if_the_importer_wants_that(
    bring_lines: Bring, reachable: ImageServer, annotator: User
) -> None:
    url = reachable.url("/ok/1.jpg")
    lines = [line(url, "x", STOP, _annotator_id=annotator.email.upper())]
    bring_lines(*lines, match_people=False)
    stranger = Answer.objects.get().user
    assert (stranger.name, stranger.is_active) == (annotator.email.upper().partition("@")[0], False)
    assert (stranger.email.endswith("@imported.invalid"), stranger.has_usable_password()) == (
        True,
        False,
    )
    bring_lines(*lines, match_people=True)
    assert set(Answer.objects.values_list("user", flat=True)) == {stranger.pk, annotator.pk}


def test_no_file_overwrites_what_somebody_answered_here(
    bring_lines: Bring, reachable: ImageServer, annotator: User
) -> None:
    url = reachable.url("/ok/1.jpg")
    mine = line(url, "", STOP, _annotator_id=annotator.email)
    bring_lines(mine, match_people=True)
    correct(annotator, YIELD)
    found = bring_lines(
        line(url, "", _annotator_id=annotator.email, answer="reject"), match_people=True
    )
    assert ends(found) == [(1, "failed", "answered_here")]


def test_without_saying_so_answers_stay_what_people_may_start_from(
    bring_lines: Bring, reachable: ImageServer
) -> None:
    found = bring_lines(line(reachable.url("/ok/1.jpg"), "ann", STOP), brings="suggestions")
    assert ends(found) == [(1, "done", "")]
    assert (Answer.objects.count(), Suggestion.objects.get().model) == (0, "import")


def correct(user: User, *spans: dict[str, Any]) -> None:
    """What somebody does who corrects their own answer on the labelling page."""
    reply = browser_of(user).post(
        f"/api/tasks/{Task.objects.get().pk}/answer/",
        {"answer": "accept", "spans": list(spans)},
        content_type="application/json",
        headers={"Idempotency-Key": "mine"},
    )
    assert reply.status_code == 200, reply.content


def result(label: str, kind: str = "rectanglelabels", **value: Any) -> dict[str, Any]:
    where = {"x": 10.0, "y": 20.0, "width": 50.0, "height": 50.0, "rotation": 0}
    return {
        "id": "r1",
        "type": kind,
        "from_name": "label",
        "to_name": "image",
        "original_width": 97,
        "original_height": 81,
        "image_rotation": 0,
        "value": {**where, kind: [label], **value},
    }


def by(who: Any, *results: dict[str, Any], **more: Any) -> dict[str, Any]:
    at = {"created_at": "2024-05-01T12:00:00.000000Z", "lead_time": 12.5}
    return {
        "id": 1,
        "completed_by": who,
        "was_cancelled": False,
        "result": [*results],
        **at,
        **more,
    }


def ls_task(url: str, *annotations: dict[str, Any], **more: Any) -> dict[str, Any]:
    data = {"image": url, "street": "Königsallee"}
    return {"id": 7, "data": data, "annotations": [*annotations], "predictions": [], **more}


def test_label_studio_annotations_of_three_people_are_three_answers(
    bring_in: BringIn, reachable: ImageServer
) -> None:
    ben = {"id": 2, "email": "ben@example.com", "first_name": "Ben", "last_name": "B"}
    tasks = [
        ls_task(
            reachable.url("/ok/1.jpg"),
            by(1, result("stop")),
            by(ben, result("yield")),
            by(3, was_cancelled=True),
            predictions=[{"model_version": "v3", "score": 0.5, "result": [result("stop")]}],
        )
    ]
    found = bring_in(json.dumps(tasks), name="project-1.json", brings="answers")
    assert ends(found) == [(1, "done", "")]
    assert said() == {
        "Label Studio 1": ("accept", 1),
        "ben": ("accept", 1),
        "Label Studio 3": ("ignore", 0),
    }
    task = Task.objects.get()
    assert (task.state, task.meta, task.extra) == (
        "conflicted",
        {"street": "Königsallee"},
        {"id": 7},
    )
    head = Revision.objects.get(user__name="ben")
    (span,) = head.spans
    placed = [span[key] for key in ("x", "y", "width", "height")]
    assert placed == pytest.approx([9.7, 16.2, 48.5, 40.5], rel=1e-12)
    assert (head.seconds, head.created_at) == (12.5, datetime(2024, 5, 1, 12, tzinfo=UTC))
    suggestion = Suggestion.objects.get()
    assert (suggestion.model, suggestion.model_version, suggestion.score) == ("import", "v3", 0.5)
    again = bring_in(json.dumps(tasks), name="project-1.json", brings="answers")
    assert ends(again) == [(1, "duplicate", "nothing_new")]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (result("stop", rotation=30), "rotated"),
        (result("stop", "brushlabels", format="rle", rle=[1]), "mask"),
        (result("stop", "keypointlabels"), "not_taken"),
        (result("stop", rectanglelabels=["stop", "yield"]), "one_label"),
        ({**result("stop"), "original_width": 81, "original_height": 97}, "other_size"),
        ({"type": "rectanglelabels"}, "bad_field"),
    ],
)
def test_what_label_studio_has_and_we_have_not_is_refused_by_name(
    bring_in: BringIn, reachable: ImageServer, wrong: dict[str, Any], code: str
) -> None:
    tasks = [ls_task(reachable.url("/ok/1.jpg"), by(1, wrong))]
    found = bring_in(json.dumps(tasks), name="ls.json", brings="answers")
    assert ends(found) == [(1, "failed", code)]
    assert ImportRow.objects.get().reason


def test_choices_go_by_the_texts_of_options(
    bring_in: BringIn, reachable: ImageServer, dataset: Dataset
) -> None:
    dataset.interface = "choice"
    dataset.config = {
        "overlap": 1,
        "options": [{"id": 0, "text": "Cat"}, {"id": -1, "text": "Dog"}],
    }
    dataset.save()
    choice = {"type": "choices", "value": {"choices": ["Dog"]}}
    task = ls_task(reachable.url("/ok/1.jpg"), by(1, choice))
    assert ends(bring_in(json.dumps([task]), name="ls.json", brings="answers")) == [(1, "done", "")]
    assert Revision.objects.get().accept == [-1]
