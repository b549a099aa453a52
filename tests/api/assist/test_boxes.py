"""One question for each suggested box, from the model to the file."""

from __future__ import annotations

from typing import Any

import pytest

from apps.datasets.models import Image
from apps.reviews.models import Final, TaskFacts
from apps.tasks.models import Suggestion, Task, TaskImage
from concord.ids import uuid7
from tests.api.assist.test_predictions import codes, send
from tests.factories import make_image
from tests.team import Team, box

pytestmark = pytest.mark.django_db

STOP = box(10, 10, 40, 20, "stop")
YIELD = box(60, 10, 20, 20, "yield")


@pytest.fixture
def team() -> Team:
    return Team(interface="image", overlap=1)


@pytest.fixture
def image(team: Team) -> Image:
    found = make_image(team.dataset, name="a.jpg")
    found.source_url = "https://example.org/a.jpg"
    found.meta = {"camera": 7}
    found.save()
    return found


def predict(team: Team, image: Image, *boxes: dict[str, Any], **more: Any) -> Any:
    return send(team, {"image": str(image.id), "spans": list(boxes), "score": 0.5}, **more)


def judge(team: Team, who: str, verdict: str) -> Any:
    (task,) = team.next(who)["tasks"]
    return team.answer(who, task, answer=verdict)


def test_every_box_is_a_task_of_the_same_image(team: Team, image: Image) -> None:
    reply = predict(team, image, {**STOP, "score": 0.9}, YIELD)
    assert reply.status_code == 200, reply.content
    made = [each["task"] for each in reply.json()["results"][0]["suggestions"]]
    assert [(task.score, task.meta) for task in Task.objects.order_by("order_key")] == [
        (0.9, {"camera": 7}),
        (0.5, {"camera": 7}),
    ]
    assert set(TaskImage.objects.values_list("image", flat=True)) == {image.id}
    (shown,) = team.next("Ann")["tasks"]
    assert shown["id"] == made[0]
    assert [(span["label"], span["x"]) for span in shown["spans"]] == [("stop", 10)]
    assert shown["suggestions"][0]["score"] == 0.9


def test_an_image_is_found_by_its_address_too(team: Team, image: Image) -> None:
    here = {"url": image.source_url}
    # Several predictions about one image are how a model that goes box by box sends them.
    assert send(team, {**here, "spans": [STOP]}, {**here, "spans": [YIELD]}).status_code == 200
    assert Task.objects.count() == 2


def test_the_same_box_is_the_same_task(team: Team, image: Image) -> None:
    predict(team, image, STOP)
    again = predict(team, image, {**STOP, "x": 10.001}, {**STOP, "label": "yield"}, version="2")
    assert [each["created"] for each in again.json()["results"][0]["suggestions"]] == [True, True]
    assert Task.objects.count() == 2
    assert predict(team, image, STOP).json()["unchanged"] == 1
    # What each version said is kept, though people are asked only once.
    assert Suggestion.objects.count() == 3


def test_a_box_twice_in_one_batch_is_asked_once(team: Team, image: Image) -> None:
    reply = predict(team, image, STOP, STOP)
    first, second = reply.json()["results"][0]["suggestions"]
    assert (first["task"], second["created"]) == (second["task"], False)
    assert Task.objects.count() == 1


def test_two_images_with_the_same_bytes_have_their_own_boxes(team: Team, image: Image) -> None:
    copy = Image.objects.create(dataset=team.dataset, blob=image.blob, copy=1, name="a.jpg")
    predict(team, image, STOP)
    predict(team, copy, STOP)
    assert Task.objects.count() == 2


def test_what_is_no_box_of_an_image_is_refused(team: Team, image: Image) -> None:
    here = {"image": str(image.id)}
    predict(team, image, STOP)
    task = Task.objects.get()
    reply = send(
        team,
        {**here, "spans": [{**STOP, "label": "dog"}]},
        {**here, "score": 1},
        {**here, "spans": [STOP], "label": "stop"},
        {"task": str(task.id), "spans": [STOP]},
    )
    assert codes(reply) == {
        "0": "invalid_spans",
        "1": "empty_prediction",
        "2": "not_asked",
        "3": "bad_target",
    }
    many = predict(team, image, *[STOP] * 1001)
    assert (many.status_code, many.json()["code"]) == (400, "too_many_boxes")
    assert Task.objects.count() == 1


def test_a_model_that_sees_nothing_asks_nothing(team: Team, image: Image) -> None:
    assert predict(team, image).json() == {
        "created": 0,
        "unchanged": 0,
        "results": [{"suggestions": []}],
    }


def test_an_answer_has_no_shapes_of_its_own(team: Team, image: Image) -> None:
    predict(team, image, STOP)
    (task,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", task, STOP).json()["code"] == "spans_not_asked"
    assert team.answer("Ann", task).status_code == 200


def test_an_accepted_box_is_the_final_shape_and_a_rejected_one_is_not(
    team: Team, image: Image
) -> None:
    predict(team, image, STOP, YIELD)
    assert judge(team, "Ann", "accept").status_code == 200
    assert judge(team, "Ann", "reject").status_code == 200
    finals = Final.objects.order_by("task__order_key")
    assert [(final.answer, len(final.spans)) for final in finals] == [("accept", 1), ("reject", 0)]
    labels = {str(label.id): label.name for label in team.dataset.labels.all()}
    facts = TaskFacts.objects.order_by("task__order_key")
    # A rejected box is found by its label too.
    assert [[labels[key] for key in row.labels] for row in facts] == [["stop"], ["yield"]]


def test_who_differs_on_a_box_goes_to_a_reviewer_who_sees_it() -> None:
    team = Team(interface="image", overlap=2)
    image = make_image(team.dataset, name="a.jpg")
    predict(team, image, STOP)
    judge(team, "Ann", "accept")
    judge(team, "Ben", "reject")
    (task,) = team.review()["tasks"]
    assert [span["label"] for span in task["spans"]] == ["stop"]
    (conflict,) = task["conflicts"]
    assert (conflict["kind"], conflict["text"]) == ("answer", "1 of 2 says accept, 1 says reject")
    verdict = {"conflict": conflict["id"], "action": "version", "version": "A"}
    reply = team.decide(task, verdict, final=True)
    assert reply.status_code == 200, reply.content
    said = {"accept": 1, "reject": 0}[reply.json()["final"]["answer"]]
    assert len(reply.json()["final"]["spans"]) == said


def test_the_browser_and_a_tasks_page_show_the_box(team: Team, image: Image) -> None:
    predict(team, image, STOP)
    (row,) = team.get("Olga", f"datasets/{team.dataset.slug}/tasks/").json()["results"]
    assert (row["labels"], len(row["spans"])) == (["stop"], 1)
    story = team.get("Olga", f"tasks/{row['id']}/").json()
    assert [span["label"] for span in story["spans"]] == ["stop"]


def test_my_own_answer_comes_back_with_its_box(team: Team, image: Image) -> None:
    predict(team, image, STOP)
    judge(team, "Ann", "reject")
    task = Task.objects.get()
    again = team.get("Ann", f"tasks/{task.id}/mine/").json()
    assert (len(again["spans"]), again["draft"]["answer"]) == (1, "reject")


def test_boxes_come_together_on_their_image(team: Team, image: Image) -> None:
    empty = make_image(team.dataset, name="b.jpg")
    third = box(0, 0, 5, 5, "stop")
    predict(team, image, STOP, YIELD, third)
    judge(team, "Ann", "accept")
    judge(team, "Ann", "ignore")
    address = f"datasets/{team.dataset.slug}/boxes/"
    first, second = team.get("Rita", address).json()["results"]
    assert (first["id"], second["id"]) == (str(image.id), str(empty.id))
    counts = {"accepted": 1, "rejected": 0, "unsure": 0, "waiting": 1, "open": 1}
    assert first["counts"] == counts
    assert [each["state"] for each in first["boxes"]] == ["accepted", "waiting", "open"]
    assert [each["span"]["label"] for each in first["boxes"]] == ["stop", "yield", "stop"]
    assert second["boxes"] == []


def test_images_are_found_by_the_state_of_a_box(team: Team, image: Image) -> None:
    other = make_image(team.dataset, name="b.jpg")
    predict(team, image, STOP, YIELD)
    predict(team, other, STOP)
    judge(team, "Ann", "reject")
    address = f"datasets/{team.dataset.slug}/boxes/"

    def found(state: str) -> list[str]:
        rows = team.get("Rita", f"{address}?state={state}").json()["results"]
        return [row["name"] for row in rows]

    assert found("rejected") == ["a.jpg"]
    assert found("open") == ["a.jpg", "b.jpg"]
    assert found("accepted") == found("waiting") == []
    (row,) = team.get("Rita", f"{address}?state=rejected").json()["results"]
    assert [each["state"] for each in row["boxes"]] == ["rejected", "open"]
    wrong = team.get("Rita", f"{address}?state=right")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "bad_state")


def test_a_box_that_is_asked_about_again_is_one_box(team: Team, image: Image) -> None:
    predict(team, image, STOP)
    original = Task.objects.get()
    copy = Task.everything.get(pk=original.pk)
    copy.pk, copy.probe_of, copy._state.adding = uuid7(), original, True
    copy.save()
    TaskImage.objects.create(task=copy, n=0, dataset=team.dataset, image=image)
    (row,) = team.get("Rita", f"datasets/{team.dataset.slug}/boxes/?state=open").json()["results"]
    assert (len(row["boxes"]), row["counts"]["open"]) == (1, 1)


def test_each_version_of_a_model_is_told_how_right_it_was(team: Team, image: Image) -> None:
    predict(team, image, STOP, YIELD)
    predict(team, image, YIELD, version="2")
    judge(team, "Ann", "reject")
    judge(team, "Ann", "accept")
    reply = team.get("Rita", f"datasets/{team.dataset.slug}/predictions/").json()
    rest = {"unsure": 0, "waiting": 0, "open": 0}
    assert reply["models"] == [
        {"model": "yolo", "version": "1", "boxes": 2, "accepted": 1, "rejected": 1, **rest},
        {"model": "yolo", "version": "2", "boxes": 1, "accepted": 1, "rejected": 0, **rest},
    ]


def test_boxes_are_listed_in_a_fixed_number_of_queries(
    team: Team, image: Image, django_assert_num_queries: Any
) -> None:
    for n in range(5):
        predict(team, make_image(team.dataset, name=f"{n}.jpg"), STOP, YIELD)
    with django_assert_num_queries(6):
        team.get("Rita", f"datasets/{team.dataset.slug}/boxes/")
