"""From answers to objects: one shape and one label for each, and what is in dispute about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from apps.datasets.domain.shapes import Shape, rectangle
from apps.reviews.domain.answers import AnnotatorAnswer, Mark
from apps.reviews.domain.columns import Columns, IntArray, to_columns
from apps.reviews.domain.extras import shared_extra
from apps.reviews.domain.findings import Findings, findings
from apps.reviews.domain.groups import Groups, to_groups
from apps.reviews.domain.learning import learn_from
from apps.reviews.domain.results import Dispute, Member, MergedObject
from apps.reviews.domain.skills import BoxSkills

Merged = list[tuple[MergedObject, ...]]
DISPUTES: tuple[Dispute, ...] = ("existence", "group", "label", "extent", "duplicate")


def merge_objects(
    questions: Sequence[Sequence[AnnotatorAnswer]], skills: BoxSkills | None = None
) -> Merged:
    """The objects of each question, merged from the shapes of its answers, one per annotator.

    An answer without shapes counts: its annotator saw nothing. Objects come in the canonical order
    of their first member, so the order of the input does not matter. Without skills nothing is
    known of anybody.
    """
    columns = to_columns(questions)
    return _merged(columns, to_groups(columns), skills or BoxSkills.prior())


def learn_and_merge(questions: Sequence[Sequence[AnnotatorAnswer]]) -> tuple[BoxSkills, Merged]:
    """The skills of all who answered these questions, and the objects merged with them."""
    columns = to_columns(questions)
    groups = to_groups(columns)
    skills = learn_from(columns, groups)
    return skills, _merged(columns, groups, skills)


def learn_and_find(questions: Sequence[Sequence[AnnotatorAnswer]]) -> tuple[Groups, Findings]:
    """The same in numbers, for whoever has no use for a Python object each."""
    columns = to_columns(questions)
    groups = to_groups(columns)
    return groups, findings(columns, groups, learn_from(columns, groups))


def _merged(columns: Columns, groups: Groups, skills: BoxSkills) -> Merged:
    count = columns.teams.kind.size
    if not groups.starts.size:
        return [()] * count
    objects = _Objects(columns, groups, findings(columns, groups, skills))
    questions = columns.question[groups.rows[groups.starts]]
    bounds = np.searchsorted(questions, np.arange(count + 1)).tolist()
    return [objects.between(low, high) for low, high in pairwise(bounds)]


class _Objects:
    """Makes objects of numbers, which are kept as lists: those are read faster one by one."""

    def __init__(self, columns: Columns, groups: Groups, found: Findings) -> None:
        self.marks = columns.marks
        people = [columns.people[person] for person in columns.person.tolist()]
        self.members = [
            Member(person, mark.id) for person, mark in zip(people, self.marks, strict=True)
        ]
        self.rows = groups.rows.tolist()
        self.starts = [*groups.starts.tolist(), len(self.rows)]
        self.min_iou = groups.min_iou.tolist()
        self.medoid = groups.medoid.tolist()
        self.aside = _listed(groups.stays, groups.aside)
        self.covered = _listed(groups.over, groups.covered)
        self.team = found.team.tolist()
        self.existence = found.existence.tolist()
        self.probability = found.probability.tolist()
        self.confidence = (found.existence * found.probability).tolist()
        self.at = found.edges.at.T.tolist()
        self.sd = found.edges.sd.T.tolist()
        self.extent = found.extent.tolist()
        self.leads = found.leads.tolist()
        self.likely = found.likely.tolist()
        self.labelled = found.labelled.tolist()
        self.labels = found.named.labels
        self.label = found.named.label.tolist()
        self.votes = found.named.votes.tolist()
        self.chance = found.named.probability.tolist()

    def between(self, low: int, high: int) -> tuple[MergedObject, ...]:
        """The objects of one question, whose objects are `low` to `high`."""
        return tuple(self._object(place, low) for place in range(low, high))

    def _object(self, place: int, first: int) -> MergedObject:
        rows = self.rows[self.starts[place] : self.starts[place + 1]]
        marks = [self.marks[row] for row in rows]
        votes, of = len(rows), self.team[place]
        label_votes, posterior = self._labels(place)
        aside = [row for stays in rows for row in self.aside.get(stays, ())]
        over = [row for row in rows if row in self.covered]
        covers = {thing - first for row in over for thing in self.covered[row]}
        label = self._label(place, marks, alone=of == 1)
        return MergedObject(
            shape=self._shape(place, marks),
            label=label,
            label_votes=label_votes,
            label_posterior=posterior,
            votes=votes,
            of=of,
            existence=self.existence[place],
            confidence=self.confidence[place],
            disputed=_disputed(
                votes < of,
                bool(over),
                len(label_votes) > 1 or (label is None and bool(label_votes)),
                votes > 1 and self.extent[place],
                bool(aside),
            ),
            members=self._members(rows),
            duplicates=self._members(aside) if aside else (),
            over=self._members(over) if over else (),
            covers=tuple(sorted(covers)),
            min_iou=self.min_iou[place] if votes > 1 else None,
            edge_sd=tuple(self.sd[place]),
            extra=shared_extra([mark.extra for mark in marks]) if marks[0].extra else {},
        )

    def _shape(self, place: int, marks: Sequence[Mark]) -> Shape:
        """Boxes merge edge by edge; as soon as an outline takes part, the medoid stands for all."""
        if self.medoid[place] >= 0:
            medoid: Shape = self.marks[self.medoid[place]].shape
            return medoid
        left, top, right, bottom = self.at[place]
        first: Shape = marks[0].shape
        # Not rebuilt from its edges, or rounding would move the box that all agree on.
        if (left, top, right, bottom) == first.edges:
            return first
        # A difference of thousandths is told in thousandths.
        return rectangle(left, top, round(right - left, 9), round(bottom - top, 9))

    def _label(self, place: int, marks: Sequence[Mark], *, alone: bool) -> str | None:
        if alone:
            return marks[0].label
        return self.labels[self.label[self.likely[place]]] if self.leads[place] else None

    def _labels(
        self, place: int
    ) -> tuple[tuple[tuple[str, int], ...], tuple[tuple[str, float], ...]]:
        first, end = self.labelled[place], self.labelled[place + 1]
        if end == first + 1:
            label = self.labels[self.label[first]]
            return ((label, self.votes[first]),), ((label, self.chance[first]),)
        entries = range(first, end)
        said = [(self.labels[self.label[n]], self.votes[n]) for n in entries if self.votes[n]]
        chances = [(self.labels[self.label[n]], self.chance[n]) for n in entries]
        chances.sort(key=lambda pair: (-pair[1], pair[0]))
        return tuple(said), tuple(chances)

    def _members(self, rows: Iterable[int]) -> tuple[Member, ...]:
        return tuple([self.members[row] for row in rows])


def _listed(keys: IntArray, values: IntArray) -> dict[int, list[int]]:
    listed: dict[int, list[int]] = defaultdict(list)
    for key, value in zip(keys.tolist(), values.tolist(), strict=True):
        listed[key].append(value)
    return dict(listed)


def _disputed(*found: bool) -> tuple[Dispute, ...]:
    if not any(found):
        return ()
    return tuple(each for each, disputed in zip(DISPUTES, found, strict=True) if disputed)
