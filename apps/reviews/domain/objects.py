"""From clusters to objects: one shape and one label for each, and what is in dispute about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from apps.datasets.domain.shapes import Shape, rectangle
from apps.reviews.domain.answers import AnnotatorAnswer, Mark
from apps.reviews.domain.clusters import cluster
from apps.reviews.domain.columns import Columns, IntArray, to_columns
from apps.reviews.domain.extras import shared_extra
from apps.reviews.domain.groups import Group, to_groups
from apps.reviews.domain.results import Dispute, Member, MergedObject

BATCH = 3_000
"""Shapes clustered together: enough to amortise numpy's calls, few enough to stay in cache."""

LabelVotes = tuple[tuple[str, int], ...]


def merge_objects(
    questions: Sequence[Sequence[AnnotatorAnswer]],
) -> list[tuple[MergedObject, ...]]:
    """The objects of each question, merged from the shapes of its answers, one per annotator.

    An answer without shapes counts: its annotator saw nothing. Objects come in the canonical order
    of their first member, so the order of the input does not matter.
    """
    merged: list[tuple[MergedObject, ...]] = []
    for batch in _batches(questions):
        merged.extend(_merge_batch(batch))
    return merged


def _batches(
    questions: Sequence[Sequence[AnnotatorAnswer]],
) -> Iterator[Sequence[Sequence[AnnotatorAnswer]]]:
    low, load = 0, 0
    for n, answers in enumerate(questions):
        load += sum(len(answer.marks) for answer in answers)
        if load >= BATCH:
            yield questions[low : n + 1]
            low, load = n + 1, 0
    yield questions[low:]


def _merge_batch(batch: Sequence[Sequence[AnnotatorAnswer]]) -> list[tuple[MergedObject, ...]]:
    columns = to_columns(batch)
    if not columns.marks:
        return [()] * len(batch)
    clusters = cluster(columns)
    replaced = _replaced(clusters.successor)
    found: list[list[MergedObject]] = [[] for _ in batch]
    for group in to_groups(columns, clusters):
        question = int(columns.question[group.rows[0]])
        duplicates = tuple(row for stays in group.rows for row in replaced.get(stays, ()))
        found[question].append(_object(columns, group, duplicates))
    return [tuple(objects) for objects in found]


def _replaced(successor: IntArray) -> dict[int, list[int]]:
    """For each row that stays, the duplicates that it replaces."""
    replaced: dict[int, list[int]] = {}
    for row in np.flatnonzero(successor >= 0).tolist():
        stays = row
        while successor[stays] >= 0:
            stays = int(successor[stays])
        replaced.setdefault(stays, []).append(row)
    return replaced


def _object(columns: Columns, group: Group, duplicates: tuple[int, ...]) -> MergedObject:
    marks = [columns.marks[row] for row in group.rows]
    votes, of = len(marks), int(columns.team[group.rows[0]])
    label_votes = _label_votes(marks)
    alone = votes == 1
    return MergedObject(
        shape=_shape(columns, group),
        label=_leading(label_votes),
        label_votes=label_votes,
        votes=votes,
        of=of,
        confidence=(label_votes[0][1] if label_votes else votes) / of,
        disputed=_disputed(
            existence=votes < of,
            label=len(label_votes) > 1,
            extent=group.extent_disputed,
            duplicate=bool(duplicates),
        ),
        members=_members(columns, group.rows),
        duplicates=_members(columns, duplicates),
        min_iou=None if alone else group.min_iou,
        edge_sd=None if alone else group.sd,
        extra=shared_extra([mark.extra for mark in marks]),
    )


def _shape(columns: Columns, group: Group) -> Shape:
    """Boxes merge edge by edge; as soon as an outline takes part, the medoid stands for all."""
    if group.medoid is not None:
        return columns.marks[group.medoid].shape
    first = columns.marks[group.rows[0]].shape
    # Not rebuilt from its edges, or rounding would move the box that all agree on.
    if group.edges == first.edges:
        return first
    left, top, right, bottom = group.edges
    return rectangle(left, top, right - left, bottom - top)


def _label_votes(marks: Sequence[Mark]) -> LabelVotes:
    """Labels with their votes, most first; a shape without a label casts none."""
    counts = Counter(mark.label for mark in marks if mark.label is not None)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _leading(label_votes: LabelVotes) -> str | None:
    """The label with most votes; nobody's on a tie."""
    if not label_votes or (len(label_votes) > 1 and label_votes[0][1] == label_votes[1][1]):
        return None
    return label_votes[0][0]


def _disputed(
    *, existence: bool, label: bool, extent: bool, duplicate: bool
) -> tuple[Dispute, ...]:
    findings: tuple[tuple[Dispute, bool], ...] = (
        ("existence", existence),
        ("label", label),
        ("extent", extent),
        ("duplicate", duplicate),
    )
    return tuple(dispute for dispute, found in findings if found)


def _members(columns: Columns, rows: Sequence[int]) -> tuple[Member, ...]:
    return tuple(Member(columns.names[row], columns.marks[row].id) for row in rows)
