"""Saved views: everybody has their own."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import pytest

from apps.desk.actions import views
from tests.team import Team

pytestmark = pytest.mark.django_db

VIEWS = "datasets/street-signs/views/"
SEARCH = "state=open&state=final&min_score=0.5&order=-score&view=table"


def test_a_view_is_saved_changed_and_forgotten_by_its_owner_alone() -> None:
    team = Team()
    reply = team.post("Rita", VIEWS, {"name": "Mine", "search": SEARCH})
    assert (reply.status_code, reply.json()["search"]) == (201, SEARCH)
    one = f"/api/{VIEWS}{reply.json()['id']}/"
    assert team.get("Olga", VIEWS).json()["results"] == []
    for verb in ("patch", "delete"):
        send = getattr(team.browsers["Olga"], verb)
        assert send(one, {"name": "x"}, content_type="application/json").status_code == 404
    patch = team.browsers["Rita"].patch
    assert patch(one, {"name": "Ours"}, content_type="application/json").status_code == 200
    (view,) = team.get("Rita", VIEWS).json()["results"]
    assert (view["name"], view["search"]) == ("Ours", SEARCH)
    assert team.browsers["Rita"].delete(one).status_code == 204
    assert team.get("Rita", VIEWS).json()["results"] == []


@pytest.mark.parametrize(
    ("search", "code"),
    [
        ("state=lost", "bad_state"),
        ("order=password", "bad_order"),
        ("view=wall", "bad_view"),
        ("dataset__slug=a", "unknown_parameter"),
        ("state", "bad_search"),
        ("text=a%00bc", "bad_text"),
    ],
)
def test_what_the_list_would_refuse_is_not_saved(search: str, code: str) -> None:
    reply = Team().post("Rita", VIEWS, {"name": "Mine", "search": search})
    assert (reply.status_code, reply.json()["code"]) == (400, code)


def test_names_are_taken_once_and_views_are_not_endless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST_VIEWS", 2)
    team = Team()
    assert team.post("Rita", VIEWS, {"name": "a", "search": ""}).status_code == 201
    reply = team.post("Rita", VIEWS, {"name": "a", "search": ""})
    assert (reply.status_code, reply.json()["code"]) == (409, "name_taken")
    assert team.post("Olga", VIEWS, {"name": "a", "search": ""}).status_code == 201
    assert team.post("Rita", VIEWS, {"name": "b", "search": ""}).status_code == 201
    reply = team.post("Rita", VIEWS, {"name": "c", "search": ""})
    assert (reply.status_code, reply.json()["code"]) == (409, "too_many_views")


def test_a_view_finds_the_same_labels_whatever_they_are_called_since() -> None:
    team = Team()
    labels = team.get("Olga", "datasets/street-signs/").json()["labels"]
    old, other = labels[0], labels[1]
    search = urlencode([("label", old["name"]), ("label", other["name"]), ("view", "table")])
    assert team.post("Rita", VIEWS, {"name": "Mine", "search": search}).status_code == 201
    patch = team.browsers["Olga"].patch
    path = f"/api/datasets/street-signs/labels/{old['id']}/"
    renamed = patch(path, {"name": "Halt & more"}, content_type="application/json")
    assert renamed.status_code == 200, renamed.content
    (view,) = team.get("Rita", VIEWS).json()["results"]
    given = [("label", "Halt & more"), ("label", other["name"]), ("view", "table")]
    assert parse_qsl(view["search"]) == given
    found = team.get("Rita", f"datasets/street-signs/tasks/?{urlencode(given[:2])}")
    assert found.status_code == 200
