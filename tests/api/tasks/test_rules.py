"""The dataset's rules for answers, held on the server."""

from __future__ import annotations

from typing import Any

import pytest

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


@pytest.mark.parametrize("change", [{"name": "halt"}, {"retired": True}])
def test_a_label_that_rules_ask_for_stays_as_it_is(change: dict[str, Any]) -> None:
    owner = make_user("Olga")
    dataset = make_dataset(owner=owner, rules={"required_labels": ["stop"]})
    label = dataset.labels.get(name="stop")
    address = f"/api/datasets/{dataset.slug}/labels/{label.id}/"
    client = browser_of(owner)
    reply = client.patch(address, change, content_type="application/json")
    assert (reply.status_code, reply.json()["code"]) == (409, "label_required")
    reply = client.patch(address, {"colour": "#123456"}, content_type="application/json")
    assert reply.status_code == 200
