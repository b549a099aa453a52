"""What managers do to a dataset is written down: who, what, and from what to what. Once."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from apps.datasets.models import Label
from apps.exchange.models import Export
from concord.events.changes import LONGEST, told
from concord.events.models import Event
from concord.storage.files import store
from tests.factories import make_task
from tests.team import Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return Team()


def send(team: Team, method: str, path: str, body: Any = None, who: str = "Olga") -> Any:
    return team.browsers[who].generic(
        method,
        f"/api/{path}",
        "" if body is None else json.dumps(body),
        content_type="application/json",
        headers={"If-Match": f'"{_version(team)}"'},
    )


def _version(team: Team) -> int:
    team.dataset.refresh_from_db()
    return team.dataset.config_version


def label(team: Team) -> str:
    return f"{here(team)}labels/{Label.objects.get(dataset=team.dataset, position=0).pk}/"


def here(team: Team) -> str:
    return f"datasets/{team.dataset.pk}/"


def ann(team: Team) -> str:
    return f"{here(team)}members/{team.people['Ann'].pk}/"


def names(team: Team) -> str:
    return f"tasks/{make_task(team.dataset).pk}/names/"


Deed = tuple[str, Callable[[Team], str], Any, str, dict[str, Any]]
# fmt: off
DEEDS: list[Deed] = [
    ("PATCH", here, {"name": "Signs"}, "dataset.changed",
     {"changes": {"name": {"was": "Street signs", "is": "Signs"}}}),
    ("PATCH", here, {"overlap": 3}, "dataset.changed",
     {"changes": {"overlap": {"was": 2, "is": 3}}}),
    ("PATCH", here, {"archived": True}, "dataset.archived", {"changes": {}}),
    ("PATCH", here, {"archived": False}, "dataset.opened_again", {"changes": {}}),
    ("PATCH", label, {"name": "halt"}, "label.changed",
     {"name": "halt", "changes": {"name": {"was": "stop", "is": "halt"}}}),
    ("PATCH", label, {"retired": True}, "label.retired", {"name": "halt", "changes": {}}),
    ("PATCH", label, {"retired": False}, "label.taken_up_again",
     {"name": "halt", "changes": {}}),
    ("PATCH", ann, {"role": "reviewer"}, "member.changed",
     {"role": "reviewer", "was": "annotator"}),
    ("DELETE", ann, None, "member.removed", {"role": "reviewer"}),
    ("POST", lambda team: f"{here(team)}members/",
     {"email": "ann@example.org", "role": "viewer"}, "member.added", {"role": "viewer"}),
    ("POST", lambda team: f"{here(team)}members/",
     {"email": "new@example.org", "role": "viewer"}, "member.invited", {"role": "viewer"}),
    ("DELETE", lambda team: f"{here(team)}members/new@example.org/", None, "member.uninvited",
     {"role": "viewer"}),
    ("DELETE", here, None, "dataset.deleted", {"name": "Signs"}),
    ("POST", lambda team: f"{here(team)}restore/", None, "dataset.restored", {"name": "Signs"}),
]
# fmt: on


def test_each_deed_leaves_one_event_and_the_same_again_leaves_none(team: Team) -> None:
    for method, path, body, kind, data in DEEDS:
        since = Event.objects.latest("id").id if Event.objects.exists() else 0
        where = path(team)
        reply = send(team, method, where, body)
        assert reply.status_code < 300, (kind, reply.content)
        told_of = Event.objects.filter(id__gt=since).exclude(kind="invitation.sent").order_by("id")
        (event,) = told_of
        assert (event.kind, event.actor) == (kind, team.people["Olga"])
        assert event.dataset_id == team.dataset.pk
        assert data.items() <= event.data.items(), kind
        if kind != "member.invited":  # it is sent again
            send(team, method, where, body)
            assert told_of.count() == 1, kind


def test_a_reviewer_who_looks_at_names_and_who_takes_a_file_are_told_of(team: Team) -> None:
    kept = store().put_bytes(b"{}")
    export = Export.objects.create(
        dataset=team.dataset,
        created_by=team.people["Olga"],
        format="jsonl",
        state=Export.State.DONE,
        file_sha256=kept.sha256,
        file_size=kept.size,
    )
    path = f"/api/exports/{export.pk}/file/"
    assert team.post("Rita", names(team), {}).status_code == 200
    assert team.browsers["Rita"].get(path).status_code == 403
    assert team.browsers["Olga"].head(path).status_code == 200
    assert team.browsers["Olga"].get(path).status_code == 200
    told_of = Event.objects.filter(dataset_id=team.dataset.pk).order_by("id")
    assert [(event.kind, event.actor) for event in told_of] == [
        ("review.names_shown", team.people["Rita"]),
        ("export.downloaded", team.people["Olga"]),
    ]
    assert told_of[1].object_id == str(export.pk)


def test_what_is_too_long_or_deep_to_read_is_cut() -> None:
    assert told("x" * (LONGEST + 1)) == "x" * (LONGEST - 1) + "…"
    assert told(["a"] * (LONGEST + 1))[-1] == "…"
    assert told({"a": {"b": {"c": {"d": 1}}}}) == {"a": {"b": {"c": "…"}}}
