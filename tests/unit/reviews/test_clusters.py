"""The clustering against two plain oracles: the rounds as written, and average linkage itself."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from apps.datasets.domain.iou import shape_iou
from apps.datasets.domain.shapes import rectangle
from apps.reviews.domain.answers import AnnotatorAnswer
from apps.reviews.domain.clusters import cluster
from apps.reviews.domain.columns import to_columns
from apps.reviews.domain.pairs import overlapping_pairs
from tests.unit.reviews.scenes import Box, drawn

Cluster = frozenset[tuple[str, str]]

coordinates = st.floats(0, 40).map(lambda value: round(value, 3))
sides = st.floats(5, 40).map(lambda value: round(value, 3))
ties = st.integers(0, 4).map(lambda value: 10.0 * value)


def boxes(
    place: st.SearchStrategy[float], side: st.SearchStrategy[float], labels: list[str]
) -> st.SearchStrategy[Box]:
    return st.tuples(place, place, side, side, st.sampled_from(labels))


def teams(box: st.SearchStrategy[Box]) -> st.SearchStrategy[list[AnnotatorAnswer]]:
    return st.lists(st.lists(box, max_size=4), min_size=2, max_size=4).map(
        lambda drawings: [drawn("ABCD"[n], *each) for n, each in enumerate(drawings)]
    )


def found(scene: list[AnnotatorAnswer]) -> tuple[set[Cluster], set[str]]:
    """Clusters of (annotator, mark), and the marks set aside as duplicates."""
    columns = to_columns([scene])
    clusters = cluster(columns)
    groups: dict[int, set[tuple[str, str]]] = {}
    aside = set()
    for row, mark in enumerate(columns.marks):
        if clusters.successor[row] >= 0:
            aside.add(mark.id)
        else:
            groups.setdefault(int(clusters.head[row]), set()).add(
                (columns.people[columns.person[row]], mark.id)
            )
    return {frozenset(group) for group in groups.values()}, aside


class Oracle:
    """Everything looked up pair by pair from the marks, averages recomputed each time."""

    def __init__(self, scene: list[AnnotatorAnswer]) -> None:
        marks = [(each.annotator, mark) for each in scene for mark in each.marks]
        self.aside = {
            one.id
            for (hand, one), (other_hand, other) in combinations(marks, 2)
            if hand == other_hand
            and one.label == other.label
            and shape_iou(one.shape, other.shape) >= 0.9
        }
        kept = [(hand, mark) for hand, mark in marks if mark.id not in self.aside]
        self.uid = {mark.id: n for n, (_, mark) in enumerate(kept)}
        self.start = [frozenset({(hand, mark.id)}) for hand, mark in kept]
        self.s: dict[frozenset[str], float] = {}
        self.q: dict[frozenset[str], float] = {}
        for (_, one), (_, other) in combinations(kept, 2):
            overlap = shape_iou(self.grown(one), self.grown(other))
            if overlap >= 0.05:
                pair = frozenset({one.id, other.id})
                self.s[pair] = overlap
                self.q[pair] = overlap + (0.15 if one.label == other.label else 0)

    @staticmethod
    def grown(mark):
        x, y = mark.shape.x, mark.shape.y
        return rectangle(x - 2, y - 2, mark.shape.width + 4, mark.shape.height + 4)

    def mean(self, table: dict[frozenset[str], float], a: Cluster, b: Cluster) -> float:
        cross = [table.get(frozenset({i, j}), 0.0) for _, i in a for _, j in b]
        return sum(cross) / len(cross)

    def head(self, a: Cluster) -> int:
        return min(self.uid[mark] for _, mark in a)

    def allowed(self, clusters: list[Cluster]) -> list[tuple[float, int, int, Cluster, Cluster]]:
        """Pairs that may merge, the best first."""
        pairs = []
        for a, b in combinations(sorted(clusters, key=self.head), 2):
            if {hand for hand, _ in a} & {hand for hand, _ in b}:
                continue
            if self.mean(self.s, a, b) >= 0.4 - 1e-9:
                score = round(self.mean(self.q, a, b), 9)
                pairs.append((-score, self.head(a), self.head(b), a, b))
        return sorted(pairs, key=lambda pair: pair[:3])

    def by_rounds(self) -> set[Cluster]:
        clusters = list(self.start)
        while pairs := self.allowed(clusters):
            best = {each: next(p for p in pairs if each in p[3:]) for p in pairs for each in p[3:]}
            for pair in {id(p): p for p in pairs if best[p[3]] is p and best[p[4]] is p}.values():
                clusters = [each for each in clusters if each not in pair[3:]]
                clusters.append(pair[3] | pair[4])
        return set(clusters)

    def one_by_one(self) -> set[Cluster]:
        """Average linkage: the best pair of all merges, and nothing else, until none is left."""
        clusters = list(self.start)
        while pairs := self.allowed(clusters):
            a, b = pairs[0][3:]
            clusters = [each for each in clusters if each not in (a, b)] + [a | b]
        return set(clusters)

    def has_ties(self) -> bool:
        return len(set(self.s.values())) < len(self.s)


@given(teams(boxes(coordinates, sides, ["car", "van"])))
def test_rounds_are_as_written(scene) -> None:
    oracle = Oracle(scene)
    assert found(scene) == (oracle.by_rounds(), oracle.aside)


@given(teams(boxes(ties, st.sampled_from([20.0, 30.0]), ["car", "van"])))
def test_ties_fall_as_written(scene) -> None:
    oracle = Oracle(scene)
    assert found(scene) == (oracle.by_rounds(), oracle.aside)


@given(teams(boxes(coordinates, sides, ["car"])))
def test_without_label_bonus_and_ties_it_is_average_linkage(scene) -> None:
    # Labels of their own for all switch the bonus off; with it, a merge may lift a pair that was
    # not allowed before over the threshold, and then the order of merges matters.
    scene = [_relabelled(answer) for answer in scene]
    oracle = Oracle(scene)
    assume(not oracle.has_ties())
    assert found(scene)[0] == oracle.one_by_one()


@given(st.lists(st.tuples(st.integers(0, 2), ties, ties, ties, ties), max_size=30))
def test_the_sweep_finds_what_trying_all_pairs_finds(rows) -> None:
    question = np.array([row[0] for row in rows], np.int64)
    edges = np.array([(x, y, x + w, y + h) for _, x, y, w, h in rows], float).reshape(-1, 4)
    expected = [
        (i, j)
        for i, j in combinations(range(len(rows)), 2)
        if question[i] == question[j] and _share_area(edges[i], edges[j])
    ]
    first, second = overlapping_pairs(question, edges)
    pairs = list(zip(first.tolist(), second.tolist(), strict=True))
    # A box without width or height inside another may be listed: it overlaps by 0.
    flat = (edges[:, 2:] <= edges[:, :2]).any(axis=1)
    assert [pair for pair in pairs if not flat[list(pair)].any()] == expected


def _share_area(a, b) -> bool:
    sides = np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2])
    return bool((sides > 0).all() and (a[2:] > a[:2]).all() and (b[2:] > b[:2]).all())


def _relabelled(answer: AnnotatorAnswer) -> AnnotatorAnswer:
    return replace(answer, marks=tuple(replace(mark, label=mark.id) for mark in answer.marks))


def test_two_labels_on_one_thing_are_one_object() -> None:
    clusters, _ = found([drawn("A", (0, 0, 50, 50, "car")), drawn("B", (1, 1, 50, 50, "van"))])
    assert clusters == {frozenset({("A", "A1"), ("B", "B1")})}


def test_of_two_equal_neighbours_the_one_with_the_same_label_is_chosen() -> None:
    clusters, _ = found(
        [
            drawn("A", (100, 0, 100, 100, "car")),
            drawn("B", (90, 0, 100, 100, "van"), (110, 0, 100, 100, "car")),
        ]
    )
    assert clusters == {frozenset({("A", "A1"), ("B", "B2")}), frozenset({("B", "B1")})}


@pytest.mark.parametrize(("shift", "partner"), [(26, "B2"), (32, "B1")])
def test_an_equal_label_is_worth_fifteen_hundredths_of_overlap(shift: int, partner: str) -> None:
    # Grown to 204 x 104, the van overlaps by 194/214 = .907; the car by 178/230 = .774 if it is
    # shifted by 26 and by 172/236 = .729 if by 32.
    clusters, _ = found(
        [
            drawn("A", (0, 0, 200, 100, "car")),
            drawn("B", (10, 0, 200, 100, "van"), (-shift, 0, 200, 100, "car")),
        ]
    )
    assert frozenset({("A", "A1"), ("B", partner)}) in clusters


def test_a_box_inside_a_large_one_is_another_object() -> None:
    clusters, _ = found([drawn("A", (0, 0, 200, 200, "car")), drawn("B", (50, 50, 60, 60, "car"))])
    assert len(clusters) == 2


def test_growth_lets_small_objects_meet() -> None:
    # 6 px boxes, 3 px apart: 18/54 = .33 as drawn; grown to 10 px 70/130 = .54.
    clusters, _ = found([drawn("A", (10, 10, 6, 6, "bee")), drawn("B", (13, 10, 6, 6, "bee"))])
    assert len(clusters) == 1
