"""From rows to what a file is made of, a chunk of tasks at a time."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator
from typing import Any

import msgspec
from django.db.models import Prefetch, Q, TextField
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast

from apps.annotators.models import User
from apps.datasets.config import DatasetConfig
from apps.datasets.domain.label_merging import ends_of
from apps.datasets.models import Dataset, Image, Interface, Label
from apps.exchange.domain.addresses import without_secrets
from apps.exchange.domain.records import (
    UNTOLD,
    Asked,
    Category,
    Entry,
    Given,
    Provenance,
    Response,
    Settled,
    Source,
    Tile,
)
from apps.exchange.models import Chosen
from apps.exchange.pseudonyms import pseudonym
from apps.exchange.reviewing import Reviewing, prefetches
from apps.exchange.writers import About
from apps.reviews.models import Final
from apps.tasks.models import (
    Answer,
    Revision,
    Task,
    TaskImage,
    TaskQuerySet,
    TaskState,
    Verdict,
)
from apps.tasks.spans import show_spans

CHUNK = 500

OUTLINES = Q(spans__contains=[{"type": "polygon"}]) | Q(spans__contains=[{"type": "freehand"}])
"""Whether a final answer has shapes other than rectangles."""


class DatasetReader:
    """Reads one dataset through one connection; `using` is an alias, see `snapshot`. With an
    `export`, only what was chosen for that; with `names`, people are their e-mail addresses."""

    def __init__(
        self,
        *,
        dataset_id: uuid.UUID,
        using: str,
        export: uuid.UUID | None = None,
        names: bool = False,
    ) -> None:
        self.dataset = Dataset.objects.using(using).get(pk=dataset_id)
        self._using = using
        self._export = export
        self._config = DatasetConfig.of(self.dataset)
        self._labels = list(
            Label.objects.using(using).filter(dataset=self.dataset).order_by("position", "id")
        )
        self._picks = self.dataset.interface == Interface.IMAGE_CHOICE
        self._images: dict[uuid.UUID, int] = {}
        self._people: dict[uuid.UUID, str] = {}
        self._by_name = names
        steps = {str(row.id): str(row.merged_into_id) for row in self._labels if row.merged_into_id}
        merged = ends_of(steps)
        called = {str(row.id): row.name for row in self._labels}
        self._names = {label: called[merged.get(label, label)] for label in called}
        self._reviewing = Reviewing(names=self._names, merged=merged, pseudonym=self._person)

    def count(self) -> int:
        """Return how many tasks there are."""
        return self._tasks().count()

    def about(self) -> About:
        """Return what a file says of the dataset as a whole."""
        finals = Final.objects.using(self._using).filter(task__in=self._tasks())
        finals = finals.filter(task__state=TaskState.FINAL, answer=Verdict.ACCEPT)
        return About(
            name=self.dataset.name,
            version=self.dataset.config_version,
            interface=self.dataset.interface,
            categories=self.categories(),
            outlines=finals.filter(OUTLINES).exists(),
        )

    def categories(self) -> list[Category]:
        """Return the labels of the dataset, numbered by their places, retired ones too."""
        return [
            Category(
                id=place,
                name=row.name,
                retired=row.retired_at is not None,
                attributes=[each["name"] for each in row.attributes],
            )
            for place, row in enumerate(self._labels, start=1)
            if row.merged_into_id is None
        ]

    def entries(self, *, bare: bool = False) -> Iterator[Entry]:
        """Yield every task in the order of the list, by a server-side cursor. Of a `bare` one only
        what was asked and what came of it in the end: no answers, nothing of the review."""
        tasks = (self._bare if bare else self._told)(self._tasks())
        entry = self._bare_entry if bare else self._entry
        for number, task in self._numbered(tasks.iterator(chunk_size=CHUNK)):
            yield entry(task, number=number)

    def entries_of(self, tasks: Collection[uuid.UUID]) -> dict[uuid.UUID, Entry]:
        """Return what is to be said of some tasks, which are not numbered."""
        found = self._told(self._all().filter(pk__in=tasks))
        return {task.pk: self._entry(task, number=0) for task in found}

    def _told(self, tasks: TaskQuerySet) -> TaskQuerySet:
        """Tasks with all that an entry tells of them, in the order of the list."""
        answers = (
            Answer.objects.filter(head__isnull=False)
            .select_related("head")
            .order_by("created_at", "id")
        )
        return (
            self._bare(tasks)
            .select_related("final", "facts", "second_look")
            # Of a merge only this: all of it would double what is read.
            .annotate(
                votes=KeyTransform("answer_votes", "merge__result"),
                final_provenance=Cast("final__provenance", TextField()),
            )
            .prefetch_related(Prefetch("answers", queryset=answers, to_attr="given"), *prefetches())
        )

    def _bare(self, tasks: TaskQuerySet) -> TaskQuerySet:
        """Tasks with their images and final shapes, in the order of the list.

        What is large in a final answer comes as text, which `_final_of` reads fast.
        """
        images = TaskImage.objects.select_related("image__blob").order_by("n")
        if not self._picks:
            images = images.filter(n=0)
        return (
            tasks.select_related("final")
            .annotate(final_spans=Cast("final__spans", TextField()))
            .defer("final__spans", "final__provenance")
            .prefetch_related(Prefetch("task_images", queryset=images, to_attr="images"))
            .order_by("order_key", "id")
        )

    def _tasks(self) -> TaskQuerySet:
        tasks = self._all()
        if self._export is None:
            return tasks
        chosen = Chosen.objects.using(self._using).filter(export=self._export)
        return tasks.filter(pk__in=chosen.values("task_id"))

    def _all(self) -> TaskQuerySet:
        return Task.objects.using(self._using).of(self.dataset)

    def _numbered(self, tasks: Iterator[Task]) -> Iterator[tuple[int, Task]]:
        """Tasks with their places among all tasks, in the order of the list as they come."""
        if self._export is None:
            yield from enumerate(tasks, start=1)
            return
        every = TaskImage.objects.using(self._using).filter(n=0, task__in=self._all())
        places = every.order_by("task__order_key", "task").values_list("task", "image")
        numbers = enumerate(places.iterator(chunk_size=CHUNK), start=1)
        for task in tasks:
            for number, (pk, image) in numbers:
                if self.dataset.interface == Interface.IMAGE:
                    self._images.setdefault(image, number)
                if pk == task.pk:
                    yield number, task
                    break

    def _bare_entry(self, task: Any, *, number: int) -> Entry:
        final = _final_of(task)
        settled = None if final is None else Settled(self._response(task, final), UNTOLD)
        return Entry(asked=self._asked(task, number=number), settled=settled, given=[])

    def _entry(self, task: Any, *, number: int) -> Entry:
        final = _final_of(task)
        if final is not None:
            final.provenance = msgspec.json.decode(task.final_provenance)
        return Entry(
            asked=self._asked(task, number=number),
            settled=None if final is None else self._settled(task, final),
            given=[self._given(task, answer.head) for answer in task.given],
        )

    def _asked(self, task: Any, *, number: int) -> Asked:
        asks = self._picks or self.dataset.interface == Interface.CLASSIFICATION
        return Asked(
            id=str(task.id),
            number=number,
            interface=self.dataset.interface,
            source=_source(task.images[0].image),
            label=task.label or (self._config.question if asks else ""),
            options=task.options or self._options(),
            meta=task.meta,
            extra=task.extra,
            input_hash=task.input_hash,
            image=self._image_number(task, number),
            tiles=[_tile(row) for row in task.images] if self._picks else (),
            spans=show_spans(task.spans, names=self._names),
            order_key=task.order_key,
        )

    def _image_number(self, task: Any, number: int) -> int:
        """The number of the first task about the image; only boxes share one."""
        if self.dataset.interface != Interface.IMAGE:
            return number
        return self._images.setdefault(task.images[0].image_id, number)

    def _options(self) -> list[dict[str, Any]]:
        return [{"id": option.id, "text": option.text} for option in self._config.options]

    def _given(self, task: Any, head: Revision) -> Given:
        return Given(
            response=self._response(task, head),
            annotator=self._person(head.user_id),
            revision=str(head.id),
            timestamp=int(head.created_at.timestamp()),
        )

    def _settled(self, task: Any, final: Final) -> Settled:
        provenance = final.provenance
        return Settled(
            response=self._response(task, final),
            provenance=Provenance(
                origin=final.origin,
                decided=final.decided_by_id is not None,
                votes=dict(task.votes),
                members=sorted(self._person(user) for user in task.facts.annotators),
                objects=[self._object(task, entry) for entry in provenance["objects"]],
                confidence=task.facts.confidence,
                algorithm=provenance["algorithm"],
                reviewer=self._person(final.decided_by_id) if final.decided_by_id else None,
                at=final.created_at.isoformat(),
                decisions=self._reviewing.decisions(task),
                returns=self._reviewing.returns(task),
                second=self._reviewing.second(task, final),
            ),
        )

    def _object(self, task: Any, entry: dict[str, Any]) -> dict[str, Any]:
        members = [self._person(uuid.UUID(row["annotator"])) for row in entry["members"]]
        return {
            "span": entry["span"],
            "kept": entry["kept"],
            "votes": len(members),
            "members": sorted(members),
            "labels": self._reviewing.labels(entry["members"], task.given),
            "decided": bool(entry["rulings"]),
        }

    def _response(self, task: Any, row: Revision | Final) -> Response:
        accept = row.accept
        if self._picks:
            names = {str(tile.tile): _tile(tile).id for tile in task.images}
            accept = [names[tile] for tile in accept]
        return Response(
            answer=row.answer,
            spans=show_spans(row.spans, names=self._names),
            accept=accept,
            attributes=row.attributes,
        )

    def _person(self, user_id: uuid.UUID) -> str:
        """What the file calls somebody."""
        known = self._people
        if user_id not in known:
            known[user_id] = self._called(user_id)
        return known[user_id]

    def _called(self, user_id: uuid.UUID) -> str:
        if not self._by_name:
            return pseudonym(dataset_id=self.dataset.id, user_id=user_id)
        return User.objects.using(self._using).values_list("email", flat=True).get(pk=user_id)


def _final_of(task: Any) -> Final | None:
    """The final answer in force, with its shapes."""
    final: Final | None = getattr(task, "final", None) if task.state == TaskState.FINAL else None
    if final is not None:
        final.spans = msgspec.json.decode(task.final_spans)
    return final


def _source(image: Image) -> Source:
    return Source(
        address=without_secrets(image.source_url) or image.name,
        name=image.name,
        sha256=image.blob.sha256,
        width=image.blob.width,
        height=image.blob.height,
        rendition=image.blob.rendition_sha256 if image.blob.kept else "",
        media_type=image.blob.rendition_media_type,
    )


def _tile(row: TaskImage) -> Tile:
    """An image to pick from under the name that files know it by."""
    image = row.image
    option = row.option or {"id": str(image.id), **({"meta": image.meta} if image.meta else {})}
    known = {} if image.known is None else {"known": image.known}
    said = {key: value for key, value in option.items() if key not in ("id", "known")}
    return Tile(id=option["id"], source=_source(image), said={**said, **known})
