"""A dataset is deleted and brought back; an archived one takes nothing in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from apps.datasets.models import Dataset
from apps.imports.models import Import
from concord.events.models import Event
from tests.factories import browser_of, make_dataset, make_task, make_user
from tests.team import Team

pytestmark = pytest.mark.django_db


def delete(team: Team, who: str = "Olga") -> Any:
    return team.browsers[who].delete(f"/api/datasets/{team.dataset.slug}/")


def restore(team: Team, who: str = "Olga") -> Any:
    return team.post(who, f"datasets/{team.dataset.slug}/restore/", {})


def deleted_for(team: Team, who: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = team.get(who, "deleted-datasets/").json()["results"]
    return rows


def begin_import(team: Team) -> Any:
    body = {"urls": ["https://example.org/a.jpg"]}
    headers = {"Idempotency-Key": "a key"}
    return team.post("Olga", f"datasets/{team.dataset.slug}/imports/", body, **headers)


def test_who_deleted_it_brings_it_back_as_it_was() -> None:
    team = Team()
    task = make_task(team.dataset)
    assert delete(team).status_code == 204
    assert team.get("Ann", f"tasks/{task.id}/").status_code == 404
    (row,) = deleted_for(team, "Olga")
    assert (row["name"], row["deleted_by"]) == ("Street signs", "Olga")
    assert row["purge_at"] > row["deleted_at"]
    assert deleted_for(team, "Rita") == []
    assert restore(team, "Rita").status_code == 404
    assert restore(team).json()["role"] == "manager"
    assert team.get("Ann", f"tasks/{task.id}/").status_code == 200
    assert restore(team).status_code == 404
    kinds = Event.objects.filter(kind__startswith="dataset.").order_by("id")
    assert list(kinds.values_list("kind", flat=True)) == ["dataset.deleted", "dataset.restored"]


def test_an_admin_sees_and_brings_back_all_of_them() -> None:
    team = Team()
    other = make_dataset(owner=make_user("Otto"), name="Cats")
    Dataset.objects.filter(pk=other.pk).update(deleted_at=Now())
    delete(team)
    admin = browser_of(make_user("Ada", is_admin=True))
    rows = admin.get("/api/deleted-datasets/").json()["results"]
    assert {row["name"] for row in rows} == {"Street signs", "Cats"}
    assert admin.post(f"/api/datasets/{other.id}/restore/").status_code == 200


def test_after_thirty_days_there_is_no_way_back() -> None:
    team = Team()
    delete(team)
    Dataset.objects.update(deleted_at=Now() - timedelta(days=30))
    reply = restore(team)
    assert (reply.status_code, reply.json()["code"]) == (409, "purge_begun")


def test_what_is_being_imported_ends_with_it() -> None:
    team = Team()
    assert begin_import(team).status_code == 202
    delete(team)
    assert Import.objects.get().state == "cancelled"
    assert Event.objects.filter(kind="import.cancelled").count() == 1


def test_an_archived_one_takes_nothing_in_until_it_is_opened_again() -> None:
    team = Team()
    path = f"/api/datasets/{team.dataset.slug}/"

    def archive(archived: bool, version: int) -> None:
        headers = {"If-Match": f'"{version}"'}
        body = {"archived": archived}
        reply = team.browsers["Olga"].patch(
            path, body, content_type="application/json", headers=headers
        )
        assert reply.status_code == 200, reply.content

    archive(True, 1)
    refused = begin_import(team)
    assert (refused.status_code, refused.json()["code"]) == (409, "dataset_archived")
    assert team.get("Ann", f"datasets/{team.dataset.slug}/").status_code == 200
    archive(False, 2)
    assert begin_import(team).status_code == 202
