"""What is in dispute about a merged object, as conflicts with the parameters of their sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from apps.datasets.domain.shapes import Shape
from apps.reviews.domain.answers import AnnotatorAnswer
from apps.reviews.domain.results import Conflict, Dispute, Member, MergedObject

_EDGES = ("left", "top", "right", "bottom")
Params = dict[str, Any]


def disputes(objects: Sequence[MergedObject], answers: Sequence[AnnotatorAnswer]) -> list[Conflict]:
    """The conflicts of all objects, object by object, the gravest first.

    `answers` are those that the objects were merged from.
    """
    team = [answer.annotator for answer in answers]
    shapes = {
        Member(each.annotator, mark.id): mark.shape for each in answers for mark in each.marks
    }
    return [
        Conflict(dispute, *_EXPLAIN[dispute](merged, team, shapes), object=place)
        for place, merged in enumerate(objects)
        for dispute in merged.disputed
    ]


_Explained = tuple[str, Params, tuple[Member, ...]]
_Shapes = Mapping[Member, Shape]


def _existence(merged: MergedObject, team: Sequence[str], _: _Shapes) -> _Explained:
    drew = [member.annotator for member in merged.members]
    missing = [annotator for annotator in team if annotator not in drew]
    return "drawn_by", {"by": drew, "missing": missing, "of": merged.of}, merged.members


def _label(merged: MergedObject, _: Sequence[str], __: _Shapes) -> _Explained:
    """What people said; and what it more likely is, by how they name things elsewhere."""
    params: Params = {
        "counts": [list(pair) for pair in merged.label_votes],
        "of": merged.votes,
    }
    likely = merged.label_posterior[0][0]
    if len(params["counts"]) == 1 or merged.label_votes[0][1] > merged.label_votes[1][1]:
        params |= {} if likely == merged.label_votes[0][0] else {"likely": likely}
    return "label_split", params, merged.members


def _group(merged: MergedObject, _: Sequence[str], __: _Shapes) -> _Explained:
    by = sorted({member.annotator for member in merged.over})
    params = {"by": by, "over": len(merged.covers), "objects": list(merged.covers)}
    return "one_over_several", params, merged.over


def _extent(merged: MergedObject, _: Sequence[str], shapes: _Shapes) -> _Explained:
    """The edge that scatters most for its side; of outlines only the overlap can be told."""
    versions = [shapes[member] for member in merged.members]
    iou = round(merged.min_iou or 0.0, 3)
    if any(version.type != "rect" for version in versions):
        return "outlines_differ", {"iou": iou}, merged.members
    sides = (merged.shape.width, merged.shape.height) * 2
    scatter = [sd / side for sd, side in zip(merged.edge_sd, sides, strict=True)]
    worst = scatter.index(max(scatter))
    positions = [version.edges[worst] for version in versions]
    px = round(max(positions) - min(positions), 1)
    return "edge_differs", {"edge": _EDGES[worst], "px": px, "iou": iou}, merged.members


def _duplicate(merged: MergedObject, _: Sequence[str], __: _Shapes) -> _Explained:
    by = sorted({member.annotator for member in merged.duplicates})
    kept = tuple(member for member in merged.members if member.annotator in by)
    return "drawn_twice", {"by": by}, merged.duplicates + kept


_EXPLAIN: dict[Dispute, Callable[[MergedObject, Sequence[str], _Shapes], _Explained]] = {
    "existence": _existence,
    "group": _group,
    "label": _label,
    "extent": _extent,
    "duplicate": _duplicate,
}
