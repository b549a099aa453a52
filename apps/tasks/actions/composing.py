"""Making groups of a dataset's images: ordered by a manager, done by a job, a chunk at a time."""

from __future__ import annotations

import itertools
import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.datasets.actions.knowing import check_picks
from apps.datasets.models import Dataset, Image
from apps.tasks.actions.creating import NewTask, create_tasks
from apps.tasks.domain.composing import Impossible, Layout, Recipe, compose, lay_out
from apps.tasks.models import Composition
from apps.tasks.pool import images_to_group, known_images, with_traits
from concord.errors import Conflict, Invalid
from concord.events.actions import record
from concord.jobs.actions import enqueue
from concord.storage.files import store

Beat = Callable[..., None]
CHUNK = 100
PIECE_SECONDS = 15.0
UNFINISHED = (Composition.State.QUEUED, Composition.State.RUNNING)
CRASHED = "Something went wrong. The groups made so far are there; make the others anew."
WORKER_DIED = (
    "The server stopped each time it made these groups."
    " The groups made so far are there; make the others anew."
)


@dataclass(frozen=True, slots=True)
class Order:
    """What a manager asks for: a recipe, for all images or those that are in no group yet.

    `key` is the one of the images' meta that holds the stratum or the score.
    """

    recipe: Recipe
    images: Literal["new", "all"] = "new"
    key: str = ""

    @classmethod
    def of(cls, composition: Composition) -> Order:
        """Return the order kept with a run."""
        kept = composition.recipe
        return cls(Recipe(**kept["recipe"]), kept["images"], kept["key"])


@dataclass(frozen=True, slots=True)
class Preview:
    """What an order would make; `known_at_most` is how often one known image would be shown."""

    images: int
    known: int
    layout: Layout

    @property
    def known_at_most(self) -> int:
        """How often the known image that is shown most often is shown."""
        return -(-self.layout.known_tiles // self.known) if self.known else 0


def preview(*, dataset: Dataset, order: Order) -> Preview:
    """Return what an order would make of the images as they are now.

    Raises Invalid `not_for_interface`, `too_few_images`, `too_few_known`, `no_such_key`.
    """
    check_picks(dataset)
    images = images_to_group(dataset, new_only=order.images == "new")
    if order.recipe.strategy != "random" and not images.filter(meta__has_key=order.key).exists():
        raise Invalid("no_such_key", f"None of the images has anything under {order.key!r}.")
    count, known = images.count(), len(known_images(dataset))
    try:
        layout = lay_out(order.recipe, images=count, known=known)
    except Impossible as error:
        raise Invalid(error.code, error.detail) from error
    return Preview(count, known, layout)


@transaction.atomic
def create_composition(*, user: User, dataset: Dataset, order: Order) -> Composition:
    """Order groups; a job makes them.

    Raises what `preview` raises, and Conflict `composing` while another run is at work.
    """
    expected = len(preview(dataset=dataset, order=order).layout.sizes)
    try:
        with transaction.atomic():
            made = Composition.objects.create(
                dataset=dataset, created_by=user, recipe=asdict(order), total=expected
            )
    except IntegrityError as error:
        raise Conflict("composing", "Groups are being made already; wait for them.") from error
    enqueue(
        kind="tasks.compose",
        args={"composition": str(made.id)},
        created_by=user,
        dataset_id=dataset.id,
    )
    _record(made, "composition.created", actor=user)
    return made


@transaction.atomic
def cancel_composition(*, composition: Composition, actor: User) -> Composition:
    """Make no more groups; those that are there stay. Raises Conflict `over`."""
    if not _end(composition, Composition.State.CANCELLED):
        raise Conflict("over", "This run has come to its end already.")
    _record(composition, "composition.cancelled", actor=actor)
    composition.refresh_from_db()
    return composition


def fail_composition(*, composition: Composition, reason: str) -> None:
    """End a run that cannot go on."""
    _end(composition, Composition.State.FAILED, error=reason[:500])


def run_composition(*, composition: Composition, beat: Beat) -> bool:
    """Make groups for a while; True if there are more to make.

    Safe to run twice and after a kill: a chunk's tasks and the count of them are one transaction.
    """
    if composition.state not in UNFINISHED:
        return False
    if not composition.plan_sha256:
        _plan(composition)
    until = time.monotonic() + PIECE_SECONDS
    for chunk in _chunks(composition):
        if not _make(composition, chunk):
            return False
        beat(done=composition.done, total=composition.total)
        if time.monotonic() > until:
            return True
    if _end(composition, Composition.State.DONE):
        _record(composition, "composition.done", actor=None)
    return False


def _plan(composition: Composition) -> None:
    """Decide about all groups, for good: what comes or is marked from now on does not count."""
    order, dataset = Order.of(composition), composition.dataset
    images = images_to_group(dataset, new_only=order.images == "new")
    traits = with_traits(images, strategy=order.recipe.strategy, key=order.key)
    try:
        groups = compose(order.recipe, images=traits, known=known_images(dataset))
    except Impossible as error:
        raise Invalid(error.code, error.detail) from error
    with tempfile.TemporaryFile() as file:
        file.writelines(json.dumps(group).encode() + b"\n" for group in groups)
        file.seek(0)
        composition.plan_sha256 = store().put_stream(file).sha256
    composition.total = len(groups)
    Composition.objects.filter(pk=composition.pk, state__in=UNFINISHED).update(
        state=Composition.State.RUNNING,
        plan_sha256=composition.plan_sha256,
        total=composition.total,
    )


def _chunks(composition: Composition) -> Iterator[list[list[str]]]:
    """The groups of the plan that are not made yet."""
    with store().open(composition.plan_sha256) as file:
        groups = (json.loads(line) for line in itertools.islice(file, composition.done, None))
        while chunk := list(itertools.islice(groups, CHUNK)):
            yield chunk


@transaction.atomic
def _make(composition: Composition, groups: Sequence[Sequence[str]]) -> bool:
    """Make the next groups; False if the run is over, or another worker has it."""
    held = Composition.objects.select_for_update().get(pk=composition.pk)
    if held.state != Composition.State.RUNNING or held.done != composition.done:
        return False
    images = _hold_images({identifier for group in groups for identifier in group})
    # Behind what was there before, in the order of the plan.
    start = int(composition.created_at.timestamp() * (1 << 24))
    wanted = [
        NewTask([images[each] for each in group if each in images], order_key=start + place)
        for place, group in enumerate(groups, start=composition.done)
    ]
    create_tasks(
        dataset=composition.dataset, wanted=[group for group in wanted if len(group.images) > 1]
    )
    composition.done += len(groups)
    Composition.objects.filter(pk=composition.pk).update(done=composition.done)
    return True


def _hold_images(wanted: set[str]) -> dict[str, Image]:
    """Lock the images of groups, so that nobody takes them out of the dataset meanwhile.

    Those that went since the plan was made are missing.
    """
    # In the order of their bytes, as imports of groups do.
    rows = Image.objects.select_for_update(no_key=True, of=["self"]).filter(id__in=wanted)
    found = rows.select_related("blob").order_by("blob__sha256")
    return {str(image.id): image for image in found}


def _end(composition: Composition, state: Composition.State, error: str = "") -> bool:
    unfinished = Composition.objects.filter(pk=composition.pk, state__in=UNFINISHED)
    return bool(unfinished.update(state=state, error=error, finished_at=Now()))


def _record(composition: Composition, kind: str, *, actor: User | None) -> None:
    data: dict[str, Any] = {"recipe": composition.recipe, "groups": composition.total}
    record(
        kind=kind,
        actor=actor,
        dataset_id=composition.dataset_id,
        subject=composition,
        data=data,
    )
