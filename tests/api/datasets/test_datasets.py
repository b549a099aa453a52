"""Datasets, labels and members over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from apps.annotators.models import User
from apps.datasets.actions.members import remove_member
from apps.datasets.models import ConfigVersion, Dataset, Label, Membership, Role
from concord.errors import Conflict
from concord.events.models import Event
from tests.factories import browser_of, make_dataset

SIGNS = "/api/datasets/street-signs/"


def post(client: Client, path: str, body: Any) -> Any:
    return client.post(path, body, content_type="application/json")


def patch(client: Client, path: str, body: Any, *, version: int | None = None) -> Any:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return client.patch(path, body, content_type="application/json", headers=headers)


def new(**fields: Any) -> dict[str, Any]:
    return {"name": "Cats & dogs", "interface": "image_manual", "labels": ["CAT", "DOG"], **fields}


def test_a_dataset_is_made_with_its_labels_and_settings(owner: User) -> None:
    client = browser_of(owner)
    made = post(client, "/api/datasets/", new(overlap=2, review_policy="conflicts"))
    assert made.status_code == 201, made.content
    body = made.json()
    assert made["Location"] == f"/api/datasets/{body['id']}/"
    assert made["ETag"] == '"1"'
    assert (body["slug"], body["overlap"], body["role"]) == ("cats-dogs", 2, "manager")
    assert [(label["name"], label["colour"], label["key"]) for label in body["labels"]] == [
        ("CAT", "#e69f00", "1"),
        ("DOG", "#56b4e9", "2"),
    ]
    assert client.get("/api/datasets/cats-dogs/").json() == body
    assert client.get(f"/api/datasets/{body['id']}/").json() == body
    assert client.get("/api/datasets/").json()["results"] == [body]
    version = ConfigVersion.objects.get()
    assert (version.version, version.config["overlap"]) == (1, 2)


def test_names_may_repeat_and_addresses_do_not(owner: User) -> None:
    client = browser_of(owner)
    slugs = [post(client, "/api/datasets/", new()).json()["slug"] for _ in range(3)]
    assert slugs == ["cats-dogs", "cats-dogs-2", "cats-dogs-3"]
    assert post(client, "/api/datasets/", new(name="写真")).json()["slug"] == "dataset"
    taken = post(client, "/api/datasets/", new(slug="cats-dogs"))
    assert (taken.status_code, taken.json()["code"]) == (409, "slug_taken")
    uuid_like = "0190b7b0c0de7000800000000000cafe"
    for slug in ("Up", "a/b", "-a", uuid_like):
        assert post(client, "/api/datasets/", new(slug=slug)).status_code == 400


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"labels": []}, "labels"),
        ({"labels": ["A", "A"]}, "labels"),
        ({"labels": [{"name": "A", "colour": "red"}]}, "labels"),
        ({"overlap": 0}, "overlap"),
        ({"overlap": True}, "overlap"),
        ({"options": [{"id": 1, "text": "x"}]}, "options"),
        ({"interface": "choice"}, "labels"),
        ({"interface": "video"}, "interface"),
        ({"name": " "}, "name"),
        ({"review_policy": "some"}, "review_policy"),
        ({"created_by": "me"}, "created_by"),
    ],
)
def test_a_dataset_that_would_not_work_is_refused(
    owner: User, fields: dict[str, Any], wrong: str
) -> None:
    refused = post(browser_of(owner), "/api/datasets/", new(**fields))
    assert (refused.status_code, [*refused.json()["errors"]]) == (400, [wrong])
    assert not Dataset.objects.exists()


def test_a_choice_keeps_the_types_of_its_ids(owner: User) -> None:
    options = [{"id": 1, "text": "one"}, {"id": "1", "text": "uno"}, {"id": -1, "text": "none"}]
    fields = {"interface": "choice", "labels": [], "options": options, "auto_accept": True}
    body = post(browser_of(owner), "/api/datasets/", new(**fields)).json()
    assert [option["id"] for option in body["options"]] == [1, "1", -1]
    assert body["auto_accept"] is True


def test_the_label_of_a_classification_is_its_question(owner: User) -> None:
    fields = {"interface": "classification", "labels": ["BLURRY"]}
    assert post(browser_of(owner), "/api/datasets/", new(**fields)).json()["question"] == "BLURRY"


def test_not_everybody_makes_datasets(annotator: User, admin: User) -> None:
    refused = post(browser_of(annotator), "/api/datasets/", new())
    assert (refused.status_code, refused.json()["code"]) == (403, "may_not_create")
    assert post(browser_of(admin), "/api/datasets/", new()).status_code == 201


def test_a_change_names_the_version_it_is_based_on(signs: Dataset, owner: User) -> None:
    client = browser_of(owner)
    assert patch(client, SIGNS, {"overlap": 3}).status_code == 428
    changed = patch(client, SIGNS, {"overlap": 3, "name": "Signs"}, version=1)
    assert (changed.status_code, changed["ETag"]) == (200, '"2"')
    assert (changed.json()["overlap"], changed.json()["name"]) == (3, "Signs")
    stale = patch(client, SIGNS, {"overlap": 5}, version=1)
    assert stale.status_code == 412
    assert stale.json()["current"]["config_version"] == 2
    assert Dataset.objects.get().config["overlap"] == 3
    assert patch(client, SIGNS, {"overlap": 0}, version=2).status_code == 400
    assert patch(client, SIGNS, {"interface": "choice"}, version=2).status_code == 400


def test_a_stale_change_is_told_what_changed(owner: User) -> None:
    client = browser_of(owner)
    post(client, "/api/datasets/", new(overlap=2))
    patch(client, "/api/datasets/cats-dogs/", {"overlap": 3}, version=1)
    stale = patch(client, "/api/datasets/cats-dogs/", {"overlap": 4}, version=1)
    assert stale.json()["diff"] == {"overlap": {"was": 2, "is": 3}}


def test_a_deleted_dataset_is_gone_for_all(signs: Dataset, owner: User, admin: User) -> None:
    assert browser_of(owner).delete(SIGNS).status_code == 204
    for user in (owner, admin):
        assert browser_of(user).get(SIGNS).status_code == 404
        assert browser_of(user).get("/api/datasets/").json()["results"] == []
    assert Event.objects.get(kind="dataset.deleted").actor == owner


def test_archiving_comes_and_goes(signs: Dataset, owner: User) -> None:
    client = browser_of(owner)
    assert patch(client, SIGNS, {"archived": True}, version=1).json()["archived_at"]
    assert patch(client, SIGNS, {"archived": False}, version=2).json()["archived_at"] is None


def test_lists_hold_what_i_may_see(signs: Dataset, outsider: User, admin: User) -> None:
    make_dataset(owner=outsider, name="Other")
    theirs = browser_of(outsider).get("/api/datasets/").json()["results"]
    assert [row["slug"] for row in theirs] == ["other"]
    everything = browser_of(admin).get("/api/datasets/").json()["results"]
    assert [(row["slug"], row["role"]) for row in everything] == [
        ("other", "manager"),
        ("street-signs", "manager"),
    ]


def test_the_list_costs_the_same_at_any_length(
    signs: Dataset, owner: User, django_assert_num_queries: Any
) -> None:
    for n in range(5):
        make_dataset(owner=owner, name=f"More {n}")
    client = browser_of(owner)
    with django_assert_num_queries(5):  # session, user, roles, datasets, labels
        assert len(client.get("/api/datasets/").json()["results"]) == 6


def test_labels_are_added_renamed_and_retired(signs: Dataset, owner: User) -> None:
    client = browser_of(owner)
    added = post(client, f"{SIGNS}labels/", {"name": "speed limit"})
    assert (added.status_code, added.json()["colour"]) == (201, "#009e73")
    label = f"{SIGNS}labels/{added.json()['id']}/"
    assert patch(client, label, {"name": "limit"}).json()["name"] == "limit"
    assert patch(client, label, {"retired": True}).json()["retired"] is True
    assert Label.objects.filter(dataset=signs).count() == 3
    taken = post(client, f"{SIGNS}labels/", {"name": "limit"})
    assert taken.status_code == 400
    clash = patch(client, label, {"name": "stop"})
    assert (clash.status_code, clash.json()["code"]) == (409, "label_exists")
    assert client.delete(label).status_code == 405


def test_a_label_of_another_dataset_is_out_of_reach(signs: Dataset, owner: User) -> None:
    other = make_dataset(owner=owner, name="Other").labels.first()
    assert other is not None
    reply = patch(browser_of(owner), f"{SIGNS}labels/{other.id}/", {"name": "x"})
    assert reply.status_code == 404


def test_members_come_change_and_go(signs: Dataset, owner: User, outsider: User) -> None:
    client, theirs = browser_of(owner), browser_of(outsider)
    assert theirs.get(SIGNS).status_code == 404
    body = {"email": "OTTO@example.org", "role": "viewer"}
    added = post(client, f"{SIGNS}members/", body)
    assert added.json() == {
        "user": {"id": str(outsider.id), "email": "otto@example.org", "name": "Otto"},
        "role": "viewer",
        "pending": False,
    }
    assert theirs.get(SIGNS).json()["capabilities"] == ["see_dataset", "see_finals", "see_images"]
    assert post(client, f"{SIGNS}members/", body).json()["code"] == "already_member"
    member = f"{SIGNS}members/{outsider.id}/"
    assert patch(client, member, {"role": "reviewer"}).json()["role"] == "reviewer"
    assert "review" in theirs.get(SIGNS).json()["capabilities"]
    assert client.delete(member).status_code == 204
    assert theirs.get(SIGNS).status_code == 404
    assert Event.objects.filter(kind="member.removed").count() == 1


def test_the_last_manager_stays(signs: Dataset, owner: User, reviewer: User) -> None:
    member = f"{SIGNS}members/{owner.id}/"
    client = browser_of(owner)
    assert client.delete(member).json()["code"] == "last_manager"
    assert patch(client, member, {"role": "viewer"}).status_code == 409
    patch(client, f"{SIGNS}members/{reviewer.id}/", {"role": "manager"})
    assert client.delete(member).status_code == 204
    with pytest.raises(Conflict):
        remove_member(member=Membership.objects.get(role=Role.MANAGER), actor=reviewer)


def test_somebody_unknown_is_invited_and_joins(signs: Dataset, owner: User) -> None:
    client = browser_of(owner)
    body = {"email": "new@example.org", "role": "annotator"}
    invited = post(client, f"{SIGNS}members/", body)
    assert invited.status_code == 201
    assert invited.json()["pending"] is True
    waiting = {"email": "new@example.org", "role": "annotator", "pending": True}
    assert client.get(f"{SIGNS}members/").json()["pending"] == [waiting]
    door = f"/api/invitations/{invited.json()['invite_url'].rpartition('/')[2]}/accept/"
    assert Client().get(door).json() == {"email": "new@example.org", "datasets": ["Street signs"]}
    person = {"name": "Nina", "password": "correct horse battery"}
    assert post(Client(), door, person).status_code == 201
    page = client.get(f"{SIGNS}members/").json()
    assert page["pending"] == []
    assert [(row["user"]["name"], row["role"]) for row in page["results"]] == [
        ("Olga", "manager"),
        ("Nina", "annotator"),
    ]


def test_an_invitation_into_a_dataset_can_be_taken_back(signs: Dataset, owner: User) -> None:
    client = browser_of(owner)
    post(client, f"{SIGNS}members/", {"email": "new@example.org", "role": "manager"})
    assert client.delete(f"{SIGNS}members/new@example.org/").status_code == 204
    assert client.get(f"{SIGNS}members/").json()["pending"] == []


@pytest.mark.parametrize("key", ["%00", "no-such", "a%00b", "..", "Street-Signs"])
def test_odd_addresses_are_not_found(signs: Dataset, owner: User, key: str) -> None:
    assert browser_of(owner).get(f"/api/datasets/{key}/").status_code == 404
