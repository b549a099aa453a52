"""Many labels at once, and their order."""

from __future__ import annotations

from typing import Any

from apps.annotators.models import User
from apps.datasets.models import Dataset, Label
from tests.factories import browser_of

SIGNS = "/api/datasets/street-signs/"


def send(owner: User, text: str, *, preview: bool = False) -> Any:
    body = {"text": text, "preview": preview}
    return browser_of(owner).post(f"{SIGNS}labels/list/", body, content_type="application/json")


def test_a_preview_says_what_becomes_of_each_line_and_writes_nothing(
    signs: Dataset, owner: User
) -> None:
    Label.objects.filter(name="yield").update(key="2")
    text = "name,colour,key\nstop,,\nhalt,#FF0000,3\nhalt,,\nslow,red,\nwide,,2\n,,4\nlong,,"
    before = list(Label.objects.values())
    rows = send(owner, text, preview=True).json()["rows"]
    assert [(row["line"], row["name"], row["state"]) for row in rows] == [
        (2, "stop", "known"),
        (3, "halt", "new"),
        (4, "halt", "repeated"),
        (5, "slow", "refused"),
        (6, "wide", "refused"),
        (7, "", "refused"),
        (8, "long", "new"),
    ]
    assert [row["detail"] for row in rows if row["state"] == "refused"] == [
        "A colour is #rrggbb.",
        "The key 2 belongs to another.",
        "A label's name has 1 to 100 printable characters.",
    ]
    assert list(Label.objects.values()) == before
    assert send(owner, text).json()["rows"] == rows
    added = Label.objects.order_by("position").values_list("name", "colour", "key")[2:]
    assert list(added) == [("halt", "#ff0000", "3"), ("long", "#009e73", "1")]
    again = send(owner, text).json()["rows"]
    assert {row["state"] for row in again} == {"known", "refused"}


def test_a_thousand_labels_come_at_once(signs: Dataset, owner: User) -> None:
    text = "\n".join(f"class {n}" for n in range(1000))
    rows = send(owner, text).json()["rows"]
    assert {row["state"] for row in rows} == {"new"}
    assert Label.objects.count() == 1002
    assert len(set(Label.objects.values_list("colour", flat=True))) == 1002
    more = send(owner, text + "\none more")
    assert (more.status_code, more.json()["code"]) == (400, "too_many_labels")


def test_labels_are_put_in_order(signs: Dataset, owner: User) -> None:
    client = browser_of(owner)
    names = {label.name: str(label.id) for label in signs.labels.all()}

    def put(*wanted: str) -> Any:
        body = {"labels": [names[name] for name in wanted]}
        return client.put(f"{SIGNS}labels/order/", body, content_type="application/json")

    assert put("yield", "stop").status_code == 204
    assert [label["name"] for label in client.get(SIGNS).json()["labels"]] == ["yield", "stop"]
    for wrong in (["stop"], ["stop", "stop"], ["stop", "yield", "stop"]):
        refused = put(*wrong)
        assert (refused.status_code, refused.json()["code"]) == (409, "labels_changed")
