"""What the lines of a list say of images, and who said it, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from apps.annotators.models import User, normalise_email
from apps.datasets.models import Dataset
from apps.datasets.queries import labellers_of
from apps.imports.domain.rows import Row, RowRead, RowRefused
from apps.imports.options import Options
from apps.tasks.spans import label_ids

PLACES = 5
MOST_LABELS = 200
MOST_KEYS = 200


class Oddity(StrEnum):
    """What a list is warned of."""

    READ_AS = "read_as"
    NO_COLUMN_NAMES = "no_column_names"
    MORE_CELLS_THAN_COLUMNS = "more_cells_than_columns"
    REFUSED_LINES = "refused_lines"
    DUPLICATE_LINES = "duplicate_lines"
    KNOWN_ADDRESSES = "known_addresses"
    UNKNOWN_LABELS = "unknown_labels"
    NO_CONNECTION = "no_connection"
    FOLDERS = "folders"


@dataclass(frozen=True, slots=True)
class Warned:
    """An oddity, how many lines it concerns, and which names: of labels, buckets, folders, an
    encoding."""

    code: Oddity
    count: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonFound:
    """Somebody whom a file names, how many answers are theirs, and the member with that e-mail
    address; their answers become the member's if `matched`."""

    name: str
    answers: int
    member: str
    matched: bool


@dataclass(frozen=True, slots=True)
class LabelFound:
    """A label of a file, how many shapes have it, and whether the dataset has it as well."""

    name: str
    shapes: int
    known: bool


@dataclass(frozen=True, slots=True)
class Refusals:
    """One reason for which lines are refused, how many, and the first of them."""

    code: str
    count: int
    lines: Sequence[int]
    reason: str


@dataclass(frozen=True, slots=True)
class Summary:
    """How many shapes and answers of people and predictions of models lines bring; the most
    frequent labels."""

    shapes: int
    answers: int
    suggestions: int
    labels: Sequence[LabelFound]
    people: Sequence[PersonFound]
    refusals: Sequence[Refusals]


class Tally:
    """Counts what rows say as they pass, and keeps none of them."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._labels = label_ids(dataset)
        self._said = Counter[str]()
        self._shapes_by_label = Counter[str]()
        self._people = Counter[str]()
        self._refused: dict[str, tuple[int, list[int], str]] = {}
        self._keys: dict[str, None] = {}
        self.lines = 0
        self.url_field = ""
        self.unlabelled_lines = 0

    @property
    def keys(self) -> list[str]:
        """The keys of JSON that lines have."""
        return list(self._keys)

    @property
    def unknown_labels(self) -> tuple[str, ...]:
        """The labels of shapes that the dataset has not."""
        return tuple(sorted(name for name in self._shapes_by_label if name not in self._labels))

    def add(self, row: Row) -> None:
        """Count one row."""
        self.lines += 1
        if row.keys and len(self._keys) < MOST_KEYS:
            self._keys.update(dict.fromkeys(row.keys))
        if isinstance(row, RowRefused):
            count, lines, reason = self._refused.get(row.code, (0, [], row.reason))
            self._refused[row.code] = (count + 1, [*lines, row.line][:PLACES], reason)
            return
        self.url_field = self.url_field or row.key
        if row.payload:
            self._add_said(row)

    def summary(self, options: Options) -> Summary:
        """Sum up what was counted."""
        ordered = sorted(self._refused.items(), key=lambda item: -item[1][0])
        labels = self._shapes_by_label.most_common(MOST_LABELS)
        return Summary(
            shapes=self._said["shapes"],
            answers=self._said["answers"],
            suggestions=self._said["suggestions"],
            labels=[LabelFound(name, count, name in self._labels) for name, count in labels],
            people=_people(self._people, self._dataset, matches=options.match_people),
            refusals=[Refusals(code, *told) for code, told in ordered],
        )

    def _add_said(self, row: RowRead) -> None:
        answers = row.payload.get("answers", [])
        suggestions = row.payload.get("suggestions", [])
        self._said.update(answers=len(answers), suggestions=len(suggestions))
        self._people.update(answer["by"] for answer in answers)
        said: list[dict[str, Any]] = [row.payload, *(each["data"] for each in answers)]
        spans = [span for part in (*said, *suggestions) for span in part.get("spans", ())]
        self._said["shapes"] += len(spans)
        labels = [name for span in spans if isinstance(name := span.get("label"), str)]
        self._shapes_by_label.update(labels)
        self.unlabelled_lines += not self._labels.keys() >= set(labels)


def summary_of(rows: Iterable[Row], *, dataset: Dataset, options: Options) -> Summary:
    """Sum up what rows say."""
    tally = Tally(dataset)
    for row in rows:
        tally.add(row)
    return tally.summary(options)


def _people(named: Counter[str], dataset: Dataset, *, matches: bool) -> list[PersonFound]:
    members = labellers_of(dataset) if named else {}
    ids = {name: members.get(normalise_email(name)) for name in named}
    users = User.objects.in_bulk([pk for pk in ids.values() if pk is not None])
    found = []
    for name, count in named.most_common():
        pk = ids[name]
        member = users[pk].display_name if pk is not None else ""
        found.append(PersonFound(name, count, member, matches and pk is not None))
    return found
