"""From rows to what a file is made of, a chunk of tasks at a time."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db.models import Q
from msgspec.json import decode

from apps.annotators.models import User
from apps.datasets.config import DatasetConfig
from apps.datasets.domain.label_merging import ends_of
from apps.datasets.models import Dataset, Interface, Label
from apps.exchange.domain.records import (
    UNTOLD,
    Asked,
    Category,
    Entry,
    Given,
    Provenance,
    Response,
    Settled,
    Tile,
)
from apps.exchange.models import Chosen
from apps.exchange.pseudonyms import pseudonym
from apps.exchange.reviewing import Reviewing
from apps.exchange.rows import (
    CHUNK,
    AnswerRow,
    Beside,
    Said,
    TaskRow,
    Told,
    beside,
    source_of,
    task_rows,
)
from apps.exchange.writers import About
from apps.reviews.models import Final
from apps.tasks.models import Task, TaskImage, TaskQuerySet, TaskState, Verdict

Json = dict[str, Any]
Found = tuple[TaskRow, Beside]

CHOSEN = "AND t.id IN (SELECT task_id FROM exchange_chosen WHERE export_id = %(export)s)"
NAMED = "AND t.id = ANY(%(tasks)s)"
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
        self._options = [{"id": each.id, "text": each.text} for each in self._config.options]
        self._images: dict[str, int] = {}
        self._people: dict[str, str] = {}
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
        only, values = CHOSEN if self._export else "", {"export": self._export}
        for number, (row, others) in self._numbered(self._rows(only, values, told=not bare)):
            yield self._entry(row, others, number=number)

    def entries_of(self, tasks: Collection[uuid.UUID]) -> dict[uuid.UUID, Entry]:
        """Return what is to be said of some tasks, which are not numbered."""
        found = self._rows(NAMED, {"tasks": list(tasks)}, told=True)
        return {uuid.UUID(row.id): self._entry(row, others, number=0) for row, others in found}

    def _rows(self, only: str, values: Json, *, told: bool) -> Iterator[Found]:
        """Tasks with what other tables have of them."""
        values = {**values, "dataset": self.dataset.pk}
        for rows in task_rows(using=self._using, told=told, only=only, values=values):
            tasks = [row.id for row in rows]
            others = beside(using=self._using, tasks=tasks, tiles=self._picks, told=told)
            for row in rows:
                yield row, others[row.id]

    def _tasks(self) -> TaskQuerySet:
        tasks = self._all()
        if self._export is None:
            return tasks
        chosen = Chosen.objects.using(self._using).filter(export=self._export)
        return tasks.filter(pk__in=chosen.values("task_id"))

    def _all(self) -> TaskQuerySet:
        return Task.objects.using(self._using).of(self.dataset)

    def _numbered(self, rows: Iterator[Found]) -> Iterator[tuple[int, Found]]:
        """Tasks with their places among all tasks, in the order of the list as they come."""
        if self._export is None:
            yield from enumerate(rows, start=1)
            return
        every = TaskImage.objects.using(self._using).filter(n=0, task__in=self._all())
        places = every.order_by("task__order_key", "task").values_list("task", "image")
        numbers = enumerate(places.iterator(chunk_size=CHUNK), start=1)
        for found in rows:
            for number, (task, image) in numbers:
                if self.dataset.interface == Interface.IMAGE:
                    self._images.setdefault(str(image), number)
                if str(task) == found[0].id:
                    yield number, found
                    break

    def _entry(self, row: TaskRow, others: Beside, *, number: int) -> Entry:
        given = [self._given(answer, others) for answer in others.answers]
        return Entry(
            asked=self._asked(row, others, number=number),
            settled=None if row.said is None else self._settled(row.said, row.told, others, given),
            given=given,
        )

    def _asked(self, row: TaskRow, others: Beside, *, number: int) -> Asked:
        asks = self._picks or self.dataset.interface == Interface.CLASSIFICATION
        return Asked(
            id=row.id,
            number=number,
            interface=self.dataset.interface,
            source=row.source,
            label=row.label or (self._config.question if asks else ""),
            options=(row.options and decode(row.options)) or self._options,
            meta=decode(row.meta),
            extra=decode(row.extra),
            input_hash=row.input_hash,
            image=self._image_number(row, number),
            tiles=[_tile(tile) for tile in others.tiles],
            spans=self._spans(row.spans),
            order_key=row.order_key,
        )

    def _image_number(self, row: TaskRow, number: int) -> int:
        """The number of the first task about the image; only boxes share one."""
        if self.dataset.interface != Interface.IMAGE:
            return number
        return self._images.setdefault(row.image, number)

    def _given(self, row: AnswerRow, others: Beside) -> Given:
        return Given(
            response=self._response(row.said, others),
            annotator=self._person(row.user),
            revision=row.revision,
            timestamp=int(row.at.timestamp()),
        )

    def _settled(
        self, said: Said, told: Told | None, others: Beside, given: list[Given]
    ) -> Settled:
        response = self._response(said, others)
        if told is None:
            return Settled(response, UNTOLD)
        second = self._reviewing.second(others.look, said.final)
        return Settled(response, self._provenance(told, others, given, second))

    def _provenance(
        self, told: Told, others: Beside, given: list[Given], second: Json | None
    ) -> Provenance:
        merged = decode(told.provenance)
        return Provenance(
            origin=told.origin,
            decided=told.decided_by is not None,
            votes=dict(decode(told.votes)),
            members=sorted(map(self._person, told.people)),
            objects=self._objects(merged["objects"], given),
            confidence=told.confidence,
            algorithm=merged["algorithm"],
            reviewer=self._person(told.decided_by) if told.decided_by else None,
            at=told.at.isoformat(),
            decisions=self._reviewing.decisions(others.decisions),
            returns=self._reviewing.returns(others.returns),
            second=second,
        )

    def _objects(self, objects: list[Json], given: list[Given]) -> list[Json]:
        """All shapes that people drew, and how many of those who did called each what."""
        drawn = {
            (each.annotator, span["id"]): span["label"]
            for each in given
            for span in each.response.spans
        }
        return [self._object(entry, drawn) for entry in objects]

    def _object(self, entry: Json, drawn: Mapping[tuple[str, str], str | None]) -> Json:
        members = [(self._person(row["annotator"]), row["span"]) for row in entry["members"]]
        labels: dict[str, int] = {}
        for each in members:
            if (label := drawn.get(each)) is not None:
                labels[label] = labels.get(label, 0) + 1
        return {
            "span": entry["span"],
            "kept": entry["kept"],
            "votes": len(members),
            "members": sorted(person for person, _ in members),
            "labels": dict(sorted(labels.items())),
            "decided": bool(entry["rulings"]),
        }

    def _response(self, said: Said, others: Beside) -> Response:
        accept = decode(said.accept)
        if self._picks:
            names = {str(tile.tile): _tile(tile).id for tile in others.tiles}
            accept = [names[tile] for tile in accept]
        return Response(said.answer, self._spans(said.spans), accept, decode(said.attributes))

    def _spans(self, text: str) -> list[Json]:
        """Stored shapes as files show them, as `show_spans` does, but in place."""
        spans: list[Json] = decode(text)
        for span in spans:
            span["label"] = self._names.get(span.pop("label_id", ""))
        return spans

    def _person(self, user_id: uuid.UUID | str) -> str:
        """What the file calls somebody."""
        known, user = self._people, str(user_id)
        if user not in known:
            known[user] = self._called(uuid.UUID(user))
        return known[user]

    def _called(self, user_id: uuid.UUID) -> str:
        if not self._by_name:
            return pseudonym(dataset_id=self.dataset.id, user_id=user_id)
        return User.objects.using(self._using).values_list("email", flat=True).get(pk=user_id)


def _tile(row: TaskImage) -> Tile:
    """An image to pick from under the name that files know it by."""
    image, blob = row.image, row.image.blob
    option = row.option or {"id": str(image.id), **({"meta": image.meta} if image.meta else {})}
    known = {} if image.known is None else {"known": image.known}
    said = {key: value for key, value in option.items() if key not in ("id", "known")}
    source = source_of(
        *(image.name, image.source_url, blob.sha256, blob.width, blob.height),
        *(blob.rendition_sha256 if blob.kept else "", blob.rendition_media_type),
    )
    return Tile(id=option["id"], source=source, said={**said, **known})
