"""The world in which the matrix is tried: one dataset, a person for each column, one of each
thing that has an address; the same once more in a dataset that nobody of them belongs to, and in
one that they all belonged to until it was deleted."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass, field
from http.cookies import SimpleCookie
from tempfile import TemporaryFile

from allauth.usersessions.models import UserSession
from django.utils import timezone

from apps.annotators.actions.invitations import invite
from apps.annotators.actions.tokens import create_token
from apps.annotators.models import ApiToken, User
from apps.assist.models import ModelServer, PredictionRun
from apps.datasets.actions.deleting import delete_dataset
from apps.datasets.actions.guidelines import save_guideline
from apps.datasets.models import Blob, Dataset, Image, Role
from apps.desk.actions.counting import order_count
from apps.desk.models import Act, View
from apps.desk.unsubscribing import stop_token
from apps.exchange.models import Delivery, Diff, Export, Snapshot, Webhook
from apps.exchange.snapshots.diffing import run_diff
from apps.exchange.snapshots.files import Head, write_snapshot
from apps.imports.actions.lists import KeptList
from apps.imports.models import Connection, Import, ImportState
from apps.imports.tickets import ticket_for
from apps.reviews.models import Bulk
from apps.tasks.actions.composing import Order
from apps.tasks.actions.talking import open_thread
from apps.tasks.domain.composing import Recipe
from apps.tasks.models import Comment, Composition, Flag, Task, TaskImage
from concord.storage.files import store
from tests.factories import add_member, make_dataset, make_task, make_user


@dataclass(frozen=True, slots=True)
class World:
    """People by the columns of the table, and with which cookies those come who have come before.

    Ids are by the names of URL parameters: `ids` of the table's dataset, `elsewhere` of the one
    that is nobody's, `deleted` of the deleted one, `own` what each person has made in the first.
    """

    people: dict[str, User | None]
    ids: dict[str, str]
    elsewhere: dict[str, str]
    deleted: dict[str, str]
    own: dict[str, dict[str, str]]
    cookies: dict[str, SimpleCookie] = field(default_factory=dict)


def make_world() -> World:
    """Make everything that the routes name."""
    people = _people()
    manager, reviewer, stranger = people["manager"], people["reviewer"], make_user("Sam")
    assert manager is not None
    assert reviewer is not None
    dataset = _dataset(people, "Street signs", owner=manager)
    theirs = make_dataset(owner=stranger, name="Elsewhere")
    gone = _dataset(people, "Gone", owner=manager)
    alone = _of_instance(people)
    world = World(
        people=people,
        ids=alone | ids_of(dataset, manager=manager, reviewer=reviewer),
        elsewhere=alone | ids_of(theirs, manager=stranger, reviewer=stranger),
        deleted=alone | ids_of(gone, manager=manager, reviewer=reviewer),
        own={name: _own(dataset, user) for name, user in people.items() if user is not None},
    )
    delete_dataset(dataset=gone, actor=manager)
    return world


def _dataset(people: dict[str, User | None], name: str, *, owner: User) -> Dataset:
    dataset = make_dataset(owner=owner, name=name)
    for role in (Role.VIEWER, Role.ANNOTATOR, Role.REVIEWER):
        person = people[role]
        assert person is not None
        add_member(dataset, person, role)
    return dataset


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


def _of_instance(people: dict[str, User | None]) -> dict[str, str]:
    """What belongs to no dataset."""
    manager, admin = people["manager"], people["admin"]
    assert manager is not None
    assert admin is not None
    token, _ = create_token(user=manager, name="robot", scope=ApiToken.Scope.READ)
    _, url = invite(email="invited@example.org", actor=admin)
    invitation, _ = invite(email="also-invited@example.org", actor=admin)
    connection = Connection.objects.create(
        name="bucket", endpoint="http://127.0.0.1:1", buckets=["b"], created_by=admin
    )
    return {
        "token": str(token.id),
        "session": _session_of(manager),
        "invitation": str(invitation.id),
        "secret": url.rpartition("/")[2],
        "user": str(make_user("Uwe").id),
        "mails": stop_token(user=manager, kinds=["invited"]),
        "connection": str(connection.id),
    }


def ids_of(dataset: Dataset, *, manager: User, reviewer: User) -> dict[str, str]:
    """One of each thing of a dataset, made by its manager."""
    member = make_user(f"Mia-{dataset.slug}")
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
    label = dataset.labels.first()
    assert label is not None
    thread = open_thread(user=manager, task=task, text="?", reviewing=True)
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
        "bulk_id": _bulk(dataset, reviewer),
        "import_id": Import.objects.create(
            dataset=dataset, created_by=manager, name="a list", state=ImportState.RUNNING
        ).id,
        "act": _act(dataset, manager),
        "job": order_count(user=manager, dataset=dataset, given={}).id,
        **_models(dataset, manager),
        "view": View.objects.create(dataset=dataset, user=manager, name="one").id,
        "export_id": Export.objects.create(
            dataset=dataset,
            created_by=manager,
            format="jsonl",
            state=Export.State.DONE,
            file_sha256=kept.sha256,
            file_size=kept.size,
        ).id,
        **_frozen(dataset, manager),
        **_told(dataset, manager),
        "version": save_guideline(
            dataset=dataset, actor=manager, text="Boxes touch the object.", based_on=0
        ).version,
    }
    ticket = ticket_for(KeptList("a.txt", kept.sha256), user=manager, dataset=dataset)
    return {name: str(value) for name, value in ids.items()} | {"ticket": ticket}


def _frozen(dataset: Dataset, manager: User) -> dict[str, uuid.UUID]:
    """A snapshot without finals, and another that it was compared to."""
    snapshots = [Snapshot(dataset=dataset, created_by=manager, name=name) for name in "ab"]
    for made in snapshots:
        with TemporaryFile() as file:
            found = write_snapshot(file, Head(str(made.pk), "", 1, []), [])
            file.seek(0)
            made.file_sha256 = store().put_stream(file).sha256
        made.content_sha256, made.state = found.hexdigest(), Snapshot.State.DONE
        made.save()
    before, after = snapshots
    diff = Diff.objects.create(dataset=dataset, created_by=manager, before=before, after=after)
    run_diff(made=diff, beat=lambda **_: None)
    alone = Snapshot.objects.create(dataset=dataset, created_by=manager, name="c", state="failed")
    return {"snapshot_id": alone.pk, "diff_id": diff.pk}


def _told(dataset: Dataset, manager: User) -> dict[str, uuid.UUID]:
    """A webhook and what it was sent."""
    webhook = Webhook.objects.create(
        dataset=dataset, created_by=manager, url="https://example.org/", events=["answer.created"]
    )
    sent = Delivery.objects.create(webhook=webhook, kind="webhook.test", body="{}")
    return {"webhook_id": webhook.pk, "delivery_id": sent.pk}


def _own(dataset: Dataset, user: User) -> dict[str, str]:
    """What belongs to one person: of a dataset, whether or not they may have made it."""
    task = Task.objects.get(dataset=dataset)
    comment = Comment.objects.get(
        thread=open_thread(user=user, task=task, text="!", reviewing=False)
    )
    token, _ = create_token(user=user, name="robot", scope=ApiToken.Scope.READ)
    return {
        "token": str(token.id),
        "session": _session_of(user),
        "comment": str(comment.id),
        "bulk_id": str(_bulk(dataset, user)),
        "act": str(_act(dataset, user)),
        "job": str(order_count(user=user, dataset=dataset, given={}).id),
        "view": str(View.objects.create(dataset=dataset, user=user, name="mine").id),
    }


def _models(dataset: Dataset, user: User) -> dict[str, uuid.UUID]:
    """A server that nobody answers at, which is being asked."""
    server = ModelServer.objects.create(
        dataset=dataset, name="one", kind="concord", url="http://127.0.0.1:1", created_by=user
    )
    run = PredictionRun.objects.create(dataset=dataset, server=server, user=user)
    return {"server": server.id, "run": run.id}


def _session_of(user: User) -> str:
    session = UserSession.objects.create(
        user=user, ip="127.0.0.1", session_key=uuid.uuid4().hex, user_agent=""
    )
    return str(session.pk)


def _bulk(dataset: Dataset, user: User) -> uuid.UUID:
    return Bulk.objects.create(
        dataset=dataset, user=user, key=str(uuid.uuid4()), request_hash=b""
    ).id


def _act(dataset: Dataset, user: User) -> uuid.UUID:
    return Act.objects.create(
        dataset=dataset,
        user=user,
        key=str(uuid.uuid4()),
        request_hash=b"",
        deed=Act.Deed.TAG,
        saying={"add": [], "remove": []},
        state=Act.State.DONE,
        finished_at=timezone.now(),
    ).id
