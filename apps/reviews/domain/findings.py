"""What is known of each object, in numbers: whether it is there, what it is, and where."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from apps.datasets.domain.iou import FloatArray
from apps.reviews.domain.columns import BoolArray, Columns, IntArray
from apps.reviews.domain.existence import existence
from apps.reviews.domain.geometry import Edges, drawn_of, settle_edges
from apps.reviews.domain.groups import Groups
from apps.reviews.domain.naming import Named, name_objects
from apps.reviews.domain.shift import shifted
from apps.reviews.domain.skills import BoxSkills

EXTENT_IOU = 0.6
EXTENT_SD = 0.05
"""Extent is in dispute below this overlap of two members, or above this share of the side as the
standard deviation of a merged edge on which the members really differ."""
LEAD = 1e-6
"""Two labels that are this close are tied."""
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Findings:
    """M objects. `named` are their labels and `labelled[m]` the first entry there of object m.

    `likely` is the entry of the most probable label and `leads` says whether it is also the one
    with most votes. `probability` is that of the likely label, 1 where nobody gave one.
    """

    team: IntArray
    existence: FloatArray
    named: Named
    labelled: IntArray
    likely: IntArray
    leads: BoolArray
    probability: FloatArray
    edges: Edges
    extent: BoolArray


def findings(columns: Columns, groups: Groups, skills: BoxSkills) -> Findings:
    """Apply skills to objects: step G of the README."""
    mine = skills.of(columns.people)
    named = name_objects(columns, groups, mine.naming)
    labelled = np.searchsorted(named.object, np.arange(groups.starts.size + 1))
    likely, leads = _leaders(named, labelled)
    edges = settle_edges(drawn_of(columns, groups), mine.hands)
    team = columns.team[groups.rows[groups.starts]]
    return Findings(
        team=team,
        existence=existence(columns, groups, mine.sight),
        named=named,
        labelled=labelled,
        likely=likely,
        leads=leads,
        probability=_probability(named, likely),
        edges=shifted(edges, skills.shift, team > 1),
        extent=_extent(groups, edges),
    )


def _leaders(named: Named, labelled: IntArray) -> tuple[IntArray, BoolArray]:
    """The entry of each object's most probable label, and whether nothing speaks against it."""
    count = labelled.size - 1
    entries = labelled[1:] - labelled[:-1]
    has = entries > 0
    likely, leads = np.full(count, NOBODY), np.zeros(count, np.bool_)
    if not has.any():
        return likely, leads
    order = np.lexsort((-named.probability, named.object))
    first = labelled[:-1][has]
    likely[has] = order[first]
    runner_up = np.full(count, -1.0)
    two = entries > 1
    runner_up[two] = named.probability[order[labelled[:-1][two] + 1]]
    clear = named.probability[order[first]] - runner_up[has] > LEAD
    tied = np.zeros(count, np.bool_)
    tied[two] = named.votes[labelled[:-1][two]] == named.votes[labelled[:-1][two] + 1]
    leads[has] = clear & ~tied[has] & (order[first] == first)
    return likely, leads


def _probability(named: Named, likely: IntArray) -> FloatArray:
    probability = np.ones(likely.size)
    probability[likely >= 0] = named.probability[likely[likely >= 0]]
    return probability


def _extent(groups: Groups, edges: Edges) -> BoolArray:
    """Whether people draw an object so differently that somebody should look."""
    sides = edges.at[2:] - edges.at[:2]
    tolerance = EXTENT_SD * np.concatenate((sides, sides))
    scattered = (edges.sd > tolerance) & (edges.apart > tolerance)
    boxes = groups.medoid < 0
    return (groups.min_iou < EXTENT_IOU) | (boxes & scattered.any(axis=0))
