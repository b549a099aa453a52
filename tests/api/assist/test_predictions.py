"""What models send, and what annotators are shown of it."""

from __future__ import annotations

from typing import Any

import pytest

from apps.tasks.actions.creating import TaskContent, create_task
from apps.tasks.models import Suggestion
from tests.factories import make_dataset, make_image, make_task
from tests.team import Team, box

pytestmark = pytest.mark.django_db

STOP = box(10, 10, 40, 20, "stop")
OPTIONS = [{"id": 1, "text": "one"}, {"id": "1", "text": "the text one"}]


def send(team: Team, *predictions: Any, who: str = "Olga", **more: Any) -> Any:
    body = {"model": "yolo", "version": "1", "predictions": list(predictions), **more}
    return team.post(who, f"datasets/{team.dataset.slug}/predictions/", body)


def codes(reply: Any) -> dict[str, str]:
    """The code of each refused prediction, by its index."""
    assert (reply.status_code, reply.json()["code"]) == (400, "invalid_predictions")
    return {index: e["code"] for index, e in reply.json()["errors"]["predictions"].items()}


def test_predicted_boxes_are_what_annotators_start_from() -> None:
    team = Team()
    task = make_task(team.dataset)
    reply = send(team, {"task": str(task.id), "spans": [{**STOP, "score": 0.7}], "score": 0.9})
    assert reply.status_code == 200, reply.content
    assert (reply.json()["created"], reply.json()["unchanged"]) == (1, 0)
    (shown,) = team.next("Ann")["tasks"]
    assert [(span["label"], span["x"], span["score"]) for span in shown["spans"]] == [
        ("stop", 10, 0.7)
    ]
    (suggestion,) = shown["suggestions"]
    assert suggestion["id"] == reply.json()["results"][0]["suggestions"][0]["id"]
    assert (suggestion["model"], suggestion["version"], suggestion["score"]) == ("yolo", "1", 0.9)


def test_an_image_is_named_by_its_id_or_by_where_it_came_from() -> None:
    team = Team()
    first = make_task(team.dataset, name="a.jpg")
    second = make_task(team.dataset, name="b.jpg", order_key=1)
    image = first.task_images.get().image
    other = second.task_images.get().image
    other.source_url = "https://example.org/b.jpg?size=2"
    other.save()
    reply = send(
        team,
        {"image": str(image.id), "spans": []},
        {"url": "https://example.org/b.jpg?size=2", "spans": [STOP]},
    )
    assert reply.status_code == 200, reply.content
    told = [row["suggestions"][0]["task"] for row in reply.json()["results"]]
    assert told == [str(first.id), str(second.id)]


def test_the_newest_word_is_shown_and_none_is_lost() -> None:
    team = Team()
    task = make_task(team.dataset)
    here = {"task": str(task.id)}
    assert send(team, {**here, "spans": [STOP]}).status_code == 200
    assert send(team, {**here, "spans": [STOP, box(60, 10, 9, 9, "yield")]}).status_code == 200
    assert send(team, {**here, "spans": []}, version="2").status_code == 200
    (shown,) = team.next("Ann")["tasks"]
    assert shown["spans"] == []
    assert [len(each["spans"]) for each in shown["suggestions"]] == [1, 2, 0]


def test_sending_it_again_changes_nothing() -> None:
    team = Team()
    task = make_task(team.dataset)
    prediction = {"task": str(task.id), "spans": [STOP], "score": 0.5}
    first, second = send(team, prediction), send(team, prediction)
    assert (second.json()["created"], second.json()["unchanged"]) == (0, 1)
    ids = [reply.json()["results"][0]["suggestions"][0]["id"] for reply in (first, second)]
    assert ids[0] == ids[1]
    assert Suggestion.objects.count() == 1


def test_with_a_key_the_first_answer_is_given_again() -> None:
    team = Team()
    path = f"datasets/{team.dataset.slug}/predictions/"
    task = make_task(team.dataset)
    body = {"model": "yolo", "predictions": [{"task": str(task.id), "spans": [STOP]}]}
    key = {"Idempotency-Key": "batch-1"}
    first, again = (team.post("Olga", path, body, **key) for _ in range(2))
    assert first.json() == again.json()
    assert again["Idempotent-Replay"] == "true"
    other = team.post("Olga", path, {**body, "model": "other"}, **key)
    assert other.status_code == 422


def test_a_batch_with_a_fault_is_refused_as_a_whole_with_every_fault() -> None:
    team = Team()
    task, other = make_task(team.dataset), make_task(elsewhere(team), name="far.jpg")
    image = make_image(team.dataset, name="untold.jpg")
    here = {"task": str(task.id)}
    reply = send(
        team,
        {**here, "spans": [STOP]},
        {**here, "spans": [STOP]},
        {"task": str(other.id), "spans": [STOP]},
        {"image": str(image.id), "spans": [STOP]},
        {"url": "https://example.org/none.jpg", "spans": [STOP]},
    )
    assert codes(reply) == {
        "1": "twice",
        "2": "unknown_task",
        "3": "no_task",
        "4": "unknown_url",
    }
    assert "first at index 1" in reply.json()["detail"]
    assert not Suggestion.objects.exists()


def elsewhere(team: Team) -> Any:
    """Another dataset of the same manager."""
    return make_dataset(owner=team.people["Olga"], name="Elsewhere")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"spans": [{**STOP, "label": "dog"}]}, "invalid_spans"),
        ({"spans": [{**STOP, "x": 190}]}, "invalid_spans"),
        ({"spans": [{**STOP, "width": "7"}]}, "invalid_spans"),
        ({"spans": ["box"]}, "invalid_spans"),
        ({"spans": [{**STOP, "score": "high"}]}, "bad_score"),
        ({"spans": [STOP], "accept": ["stop"]}, "not_asked"),
        ({"label": "stop"}, "not_asked"),
    ],
)
def test_what_does_not_fit_the_dataset_is_refused(change: dict[str, Any], code: str) -> None:
    team = Team()
    task = make_task(team.dataset)
    assert codes(send(team, {"task": str(task.id), **change})) == {"0": code}


def test_the_place_of_a_wrong_shape_is_told() -> None:
    team = Team()
    task = make_task(team.dataset)
    reply = send(team, {"task": str(task.id), "spans": [STOP, {**STOP, "label": "dog"}]})
    assert reply.json()["errors"]["predictions"]["0"]["errors"]["spans"] == {
        "1": {"code": "unknown_label", "detail": "Shape 2 has the label 'dog', which is unknown."}
    }


def test_chosen_options_keep_their_type() -> None:
    team = Team(interface="choice", labels=(), options=OPTIONS)
    task = make_task(team.dataset)
    assert send(team, {"task": str(task.id), "accept": ["1"], "score": 0.4}).status_code == 200
    (shown,) = team.next("Ann")["tasks"]
    assert shown["suggestions"][0]["accept"] == ["1"]
    again = make_task(team.dataset, name="b.jpg")
    assert codes(send(team, {"task": str(again.id), "accept": [2]})) == {"0": "unknown_option"}
    both = send(team, {"task": str(again.id), "accept": [1, "1"]})
    assert codes(both) == {"0": "too_many_options"}


def test_images_to_pick_from_go_by_the_names_of_files() -> None:
    team = Team(interface="image_choice", labels=())
    images = [make_image(team.dataset, name=f"{n}.jpg") for n in range(2)]
    task = create_task(
        dataset=team.dataset, images=images, order_key=0, content=TaskContent(label="Which?")
    )
    picked = {"accept": [str(images[1].id)]}
    assert codes(send(team, {"image": str(images[0].id), **picked})) == {"0": "bad_target"}
    assert send(team, {"task": str(task.id), **picked}).status_code == 200
    (shown,) = team.next("Ann")["tasks"]
    tile = task.task_images.get(n=1).tile
    assert shown["suggestions"][0]["accept"] == [str(tile)]


def test_a_classification_is_given_a_label_that_it_knows() -> None:
    team = Team(interface="classification", labels=("cat",))
    task = make_task(team.dataset)
    here = {"task": str(task.id)}
    assert codes(send(team, {**here, "label": "dog"})) == {"0": "unknown_label"}
    assert send(team, {**here, "label": "cat", "score": 0.98}).status_code == 200
    (shown,) = team.next("Ann")["tasks"]
    assert (shown["suggestions"][0]["label"], shown["suggestions"][0]["score"]) == ("cat", 0.98)


def test_a_batch_has_a_model_and_at_most_a_thousand_predictions() -> None:
    team = Team()
    assert send(team).status_code == 400
    assert send(team, {"spans": []}, model="").status_code == 400
    assert send(team, *[{"spans": []}] * 1001).status_code == 400
    assert send(team, {"spans": []}, models="x").json()["errors"] == {"models": ["Unknown field."]}


def test_only_managers_send_predictions() -> None:
    team = Team()
    task = make_task(team.dataset)
    prediction = {"task": str(task.id), "spans": [STOP]}
    statuses = [send(team, prediction, who=who).status_code for who in ("Rita", "Ann", "Zoe")]
    assert statuses == [403, 403, 404]


def test_a_batch_takes_a_fixed_number_of_queries(django_assert_num_queries: Any) -> None:
    team = Team()
    tasks = [make_task(team.dataset, name=f"{n}.jpg", order_key=n) for n in range(20)]
    batch = [{"task": str(task.id), "spans": [STOP]} for task in tasks]
    with django_assert_num_queries(14):
        assert send(team, *batch).status_code == 200
