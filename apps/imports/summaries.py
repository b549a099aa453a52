"""What the lines of a list say of images, and who said it, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from apps.annotators.models import User, normalise_email
from apps.datasets.models import Dataset
from apps.datasets.queries import labellers_of
from apps.imports.actions.contents import all_said
from apps.imports.domain.rows import Row, RowRead, RowRefused
from apps.imports.options import Options

PLACES = 5


@dataclass(frozen=True, slots=True)
class PersonFound:
    """Somebody whom a file names, how many answers are theirs, and the member with that e-mail
    address; their answers become the member's if `matched`."""

    name: str
    answers: int
    member: str
    matched: bool


@dataclass(frozen=True, slots=True)
class Refusals:
    """One reason for which lines are refused, how many, and the first of them."""

    code: str
    count: int
    lines: Sequence[int]
    reason: str


@dataclass(frozen=True, slots=True)
class Summary:
    """How many shapes and answers of people and predictions of models lines bring."""

    shapes: int
    answers: int
    suggestions: int
    people: Sequence[PersonFound]
    refusals: Sequence[Refusals]


def summary_of(rows: Sequence[Row], *, dataset: Dataset, options: Options) -> Summary:
    """Sum up what rows say."""
    payloads = [row.payload for row in rows if isinstance(row, RowRead)]
    answers = [answer for payload in payloads for answer in payload.get("answers", [])]
    people = Counter(answer["by"] for answer in answers)
    return Summary(
        shapes=sum(len(said.get("spans", [])) for p in payloads for said in all_said(p)),
        answers=len(answers),
        suggestions=sum(len(payload.get("suggestions", [])) for payload in payloads),
        people=_people(people, dataset, matches=options.match_people),
        refusals=_refusals([row for row in rows if isinstance(row, RowRefused)]),
    )


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


def _refusals(rows: Sequence[RowRefused]) -> list[Refusals]:
    counts = Counter(row.code for row in rows)
    found = []
    for code, count in counts.most_common():
        same = [row for row in rows if row.code == code]
        lines = [row.line for row in same[:PLACES]]
        found.append(Refusals(code, count, lines, same[0].reason))
    return found
