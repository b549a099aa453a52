"""The world in which the matrix is tried: one dataset, a person for each column, one of each
thing that has an address."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass, field
from http.cookies import SimpleCookie

from apps.annotators.actions.invitations import invite
from apps.annotators.actions.tokens import create_token
from apps.annotators.models import ApiToken, User
from apps.datasets.actions.guidelines import save_guideline
from apps.datasets.models import Blob, Dataset, Image, Role
from apps.exchange.models import Export
from apps.imports.actions.lists import KeptList
from apps.imports.models import Connection, Import, ImportState
from apps.imports.tickets import ticket_for
from apps.reviews.models import Bulk
from apps.tasks.actions.composing import Order
from apps.tasks.actions.talking import open_thread
from apps.tasks.domain.composing import Recipe
from apps.tasks.models import Comment, Composition, Flag, TaskImage
from concord.storage.files import store
from tests.factories import add_member, make_dataset, make_task, make_user


@dataclass(frozen=True, slots=True)
class World:
    """People by the columns of the table, ids by the names of URL parameters, and with which
    cookies those come who have come before."""

    people: dict[str, User | None]
    ids: dict[str, str]
    cookies: dict[str, SimpleCookie] = field(default_factory=dict)


def make_world() -> World:
    """Make everything that the routes name."""
    people = _people()
    manager, admin = people["manager"], people["admin"]
    assert manager is not None
    assert admin is not None
    dataset = make_dataset(owner=manager)
    for role in (Role.VIEWER, Role.ANNOTATOR, Role.REVIEWER):
        person = people[role]
        assert person is not None
        add_member(dataset, person, role)
    return World(people=people, ids=_ids(dataset, manager=manager, admin=admin))


def _people() -> dict[str, User | None]:
    return {
        "anonymous": None,
        "outsider": make_user("Otto"),
        "viewer": make_user("Vera"),
        "annotator": make_user("Anna"),
        "reviewer": make_user("Rita"),
        "manager": make_user("Olga", may_create_datasets=True),
        "admin": make_user("Ada", is_admin=True),
        "deactivated": make_user("Dora", is_admin=True, is_active=False),
    }


def _ids(dataset: Dataset, *, manager: User, admin: User) -> dict[str, str]:
    member = make_user("Mia")
    add_member(dataset, member, Role.VIEWER)
    task = make_task(dataset)
    image = TaskImage.objects.select_related("image").get(task=task).image
    tile = uuid.uuid4()
    TaskImage.objects.filter(task=task).update(tile=tile)
    kept = store().put_bytes(b"the bytes of an image")
    Blob.objects.filter(pk=image.blob_id).update(
        rendition_sha256=kept.sha256,
        level_sha256=kept.sha256,
        level_media_type="image/jpeg",
        thumbnail_sha256=kept.sha256,
    )
    Image.objects.filter(pk=image.pk).update(source_url="https://example.org/a.jpg")
    token, _ = create_token(user=manager, name="robot", scope=ApiToken.Scope.READ)
    _, url = invite(email="invited@example.org", actor=admin)
    label = dataset.labels.first()
    assert label is not None
    thread = open_thread(user=manager, task=task, text="?", reviewing=True)
    reviewer = User.objects.get(name="Rita")
    ids = {
        "dataset": dataset.id,
        "member": member.id,
        "label": label.id,
        "image": image.id,
        "task": task.id,
        "tile": tile,
        "flag": Flag.objects.create(
            task=task, dataset=dataset, user=manager, kind=Flag.Kind.FLAG
        ).id,
        "thread": thread.id,
        "comment": Comment.objects.get(thread=thread).id,
        "composition": Composition.objects.create(
            dataset=dataset, created_by=manager, recipe=asdict(Order(Recipe(size=4)))
        ).id,
        "bulk_id": Bulk.objects.create(dataset=dataset, user=reviewer, request_hash=b"").id,
        "token": token.id,
        "user": make_user("Uwe").id,
        "import_id": Import.objects.create(
            dataset=dataset, created_by=manager, name="a list", state=ImportState.RUNNING
        ).id,
        "export_id": Export.objects.create(
            dataset=dataset,
            created_by=manager,
            format=Export.Format.JSONL,
            state=Export.State.DONE,
            file_sha256=kept.sha256,
            file_size=kept.size,
        ).id,
        "version": save_guideline(
            dataset=dataset, actor=manager, text="Boxes touch the object.", based_on=0
        ).version,
        "connection": Connection.objects.create(
            name="bucket", endpoint="http://127.0.0.1:1", buckets=["b"], created_by=admin
        ).id,
    }
    secrets = {
        "secret": url.rpartition("/")[2],
        "ticket": ticket_for(KeptList("a.txt", kept.sha256), user=manager, dataset=dataset),
    }
    return {name: str(value) for name, value in ids.items()} | secrets
