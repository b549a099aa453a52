"""The dataset's rules for answers, held on the server."""

from __future__ import annotations

from typing import Any

import pytest

from apps.datasets.models import ConfigVersion
from apps.tasks.models import Answer
from tests.factories import browser_of, make_dataset, make_task, make_user
from tests.team import Team, box

pytestmark = pytest.mark.django_db

STOP = box(10, 10, 40, 20, "stop")


def answered(rules: dict[str, Any], *boxes: dict[str, Any], **more: Any) -> Any:
    team = Team(rules=rules)
    make_task(team.dataset)
    (task,) = team.next("Ann")["tasks"]
    return team.answer("Ann", task, *boxes, **more)


def test_an_answer_that_breaks_rules_is_refused_with_each_of_them() -> None:
    reply = answered({"min_shapes": 2, "required_labels": ["yield", "go"]}, STOP)
    assert (reply.status_code, reply.json()["code"]) == (400, "rules_broken")
    assert reply.json()["errors"] == {
        "min_shapes": ["This needs at least 2 shapes; it has 1."],
        "required_labels": [
            "Something must have the label yield.",
            "Something must have the label go.",
        ],
    }


def test_the_same_work_put_right_is_taken() -> None:
    rules = {"min_shapes": 2, "required_labels": ["yield"], "max_overlap": 0.5}
    assert answered(rules, STOP, box(100, 10, 40, 20, "yield")).status_code == 200


def test_rules_are_for_accepting_answers() -> None:
    assert answered({"min_shapes": 1}, answer="ignore").status_code == 200


def asked_of_stop(said: Any) -> Any:
    team = Team()
    asked = [
        {"name": "worn", "kind": "checkbox", "required": True},
        {"name": "age", "kind": "number"},
    ]
    label = team.dataset.labels.get(name="stop")
    reply = team.browsers["Olga"].patch(
        f"/api/datasets/{team.dataset.slug}/labels/{label.id}/",
        {"attributes": asked},
        content_type="application/json",
    )
    assert reply.json()["attributes"] == asked
    make_task(team.dataset)
    (task,) = team.next("Ann")["tasks"]
    return team.answer("Ann", task, {**STOP, "attributes": said}, box(1, 1, 9, 9, "yield"))


def test_what_a_label_asks_of_its_shapes_is_kept_with_them() -> None:
    assert asked_of_stop({"worn": True, "age": 3}).status_code == 200
    (answer,) = Answer.objects.all()
    assert [span.get("attributes") for span in answer.head.spans] == [
        {"worn": True, "age": 3},
        None,
    ]


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        ({"age": 3}, {"attributes": ["Shape 1 (stop) needs a value for worn."]}),
        ({"worn": 1}, {"attributes": ["Shape 1 (stop) needs yes or no for worn."]}),
        ({"worn": True, "rust": 1}, {"attributes": ["Shape 1 (stop) has no attribute rust."]}),
        (
            {"worn": True, "age": 1e300},
            {"attributes": ["Shape 1 (stop) needs a number for age."]},
        ),
        ([True], None),
        ("worn", None),
        (None, None),
    ],
)
def test_what_does_not_fit_a_label_is_refused(said: Any, errors: dict[str, Any] | None) -> None:
    reply = asked_of_stop(said)
    assert reply.status_code == 400
    if errors:
        assert reply.json()["errors"] == errors
    else:
        assert reply.json()["errors"]["spans"]["0"]["code"] == "not_attributes"


def test_a_label_is_refused_to_a_kind_of_shape_that_it_is_not_for() -> None:
    team = Team()
    label = team.dataset.labels.get(name="stop")
    reply = team.browsers["Olga"].patch(
        f"/api/datasets/{team.dataset.slug}/labels/{label.id}/",
        {"shapes": ["polygon"]},
        content_type="application/json",
    )
    assert reply.json()["shapes"] == ["polygon"]
    make_task(team.dataset)
    (task,) = team.next("Ann")["tasks"]
    reply = team.answer("Ann", task, box(1, 1, 9, 9, "yield"), STOP)
    assert (reply.status_code, reply.json()["code"]) == (400, "rules_broken")
    told = "Shape 2 (stop) is a box; stop is only for polygons."
    assert reply.json()["errors"] == {"labels": [told]}
    outline = {"label": "stop", "type": "polygon", "points": [[10, 10], [50, 10], [50, 30]]}
    assert team.answer("Ann", task, outline).status_code == 200


@pytest.mark.parametrize(
    ("interface", "rules", "place"),
    [
        ("image_manual", {"min_shapes": 3, "max_shapes": 2}, ["max_shapes"]),
        ("image_manual", {"min_options": 1}, []),
        ("classification", {"max_overlap": 0.5}, []),
        ("image_manual", {"max_overlap": "0.5"}, ["max_overlap"]),
        ("image_manual", {"required_labels": ["stop", "go"]}, ["required_labels"]),
        ("image_manual", {"most": 1}, []),
        ("choice", {"min_options": 2}, ["min_options"]),
    ],
)
def test_rules_that_nobody_can_keep_to_are_refused_in_their_place(
    interface: str, rules: dict[str, Any], place: list[str]
) -> None:
    owner = make_user("Olga")
    dataset = make_dataset(owner=owner, interface=interface)
    reply = browser_of(owner).patch(
        f"/api/datasets/{dataset.slug}/",
        {"rules": rules},
        content_type="application/json",
        headers={"If-Match": '"1"'},
    )
    assert reply.status_code == 400
    found = reply.json()["errors"]["rules"]
    assert (list(found) if isinstance(found, dict) else []) == place


def test_a_label_that_rules_ask_for_is_not_retired_and_is_asked_for_by_its_new_name() -> None:
    owner = make_user("Olga")
    dataset = make_dataset(owner=owner, rules={"required_labels": ["stop", "yield"]})
    label = dataset.labels.get(name="stop")
    address = f"/api/datasets/{dataset.slug}/labels/{label.id}/"
    client = browser_of(owner)
    for change in ({"retired": True}, {"retired": True, "name": "halt"}):
        reply = client.patch(address, change, content_type="application/json")
        assert (reply.status_code, reply.json()["code"]) == (409, "label_required")
    reply = client.patch(address, {"name": "halt"}, content_type="application/json")
    assert reply.status_code == 200
    settings = client.get(f"/api/datasets/{dataset.slug}/").json()
    assert settings["rules"]["required_labels"] == ["halt", "yield"]
    assert settings["config_version"] == 2
    assert ConfigVersion.objects.get(dataset=dataset, version=2).config["rules"] == {
        **settings["rules"]
    }
    reply = client.patch(address, {"colour": "#123456"}, content_type="application/json")
    assert reply.status_code == 200
    assert client.get(f"/api/datasets/{dataset.slug}/").json()["config_version"] == 2
