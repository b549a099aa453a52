"""What comes out of a merge: objects, verdicts, and the points on which answers differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from apps.datasets.domain.shapes import Shape, render_shape
from apps.reviews.domain.answers import OptionId, Verdict

ALGORITHM = "concord-merge/2 clusters+skills"
"""Stored with every merge; it changes whenever the same answers could give another result."""

Edges = tuple[float, float, float, float]
Dispute = Literal["existence", "group", "label", "extent", "duplicate"]
ObjectState = Literal["agreed", "existence", "group", "label", "extent", "duplicate"]
ConflictKind = Literal[
    "label", "extent", "existence", "group", "duplicate", "answer", "unsure", "block"
]


@dataclass(frozen=True, slots=True)
class Member:
    """A version that took part: an annotator, and the id of the span if it was one."""

    annotator: str
    span: str | None = None


@dataclass(frozen=True, slots=True)
class MergedObject:
    """What several annotators drew for one thing, made one.

    `votes` of the `of` annotators who accepted the question drew it, and `existence` is the
    probability that it is there. `label` is None when no label leads: the one with most votes must
    also be the most probable, see `label_posterior`, where labels that nobody gave are told of too.
    `confidence` is the probability that it is there and is what is most probable; it is not
    calibrated against anything. `disputed` names what is in dispute, the gravest first.
    `edge_sd` is how uncertain left, top, right and bottom are: standard deviations in pixels.
    `min_iou` is the smallest overlap of two members, None for a lone one. `duplicates` are spans
    set aside because their author drew the same thing again later. The boxes `over` are of those
    who drew one box where others drew the objects at the places `covers`.
    """

    shape: Shape
    label: str | None
    label_votes: tuple[tuple[str, int], ...]
    label_posterior: tuple[tuple[str, float], ...]
    votes: int
    of: int
    existence: float
    confidence: float
    disputed: tuple[Dispute, ...]
    members: tuple[Member, ...]
    edge_sd: Edges
    duplicates: tuple[Member, ...] = ()
    over: tuple[Member, ...] = ()
    covers: tuple[int, ...] = ()
    min_iou: float | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def state(self) -> ObjectState:
        """The gravest thing in dispute, or `agreed`."""
        return self.disputed[0] if self.disputed else "agreed"

    @property
    def is_likely(self) -> bool:
        """Whether it is rather there than not. Never a reason to drop it unseen."""
        return self.existence > 0.5

    def as_span(self) -> dict[str, Any]:
        """The object as a span of an answer, with the extra keys on which all members agree."""
        label = {} if self.label is None else {"label": self.label}
        return render_shape(self.shape, {**self.extra, **label})

    def as_dict(self) -> dict[str, Any]:
        """JSON for storage and for the API: the span, and how it came about."""
        return {
            "span": self.as_span(),
            "label": self.label,
            "label_votes": [list(pair) for pair in self.label_votes],
            "label_posterior": [list(pair) for pair in self.label_posterior],
            "votes": self.votes,
            "of": self.of,
            "existence": self.existence,
            "confidence": self.confidence,
            "state": self.state,
            "members": [asdict(member) for member in self.members],
            "duplicates": [asdict(member) for member in self.duplicates],
            "min_iou": self.min_iou,
            "edge_sd": list(self.edge_sd),
            "covers": list(self.covers),
        }


@dataclass(frozen=True, slots=True)
class Conflict:
    """One point on which answers differ.

    `object` is a place in `Consolidation.objects`; `option` the disputed option where several may
    be picked; `block` the id of the block that it is about. `code` and `params` are what a sentence
    is made of, see `sentences.py`; params are JSON and name annotators, labels, options and blocks
    by key. `members` are the versions concerned.
    """

    kind: ConflictKind
    code: str
    params: Mapping[str, Any]
    members: tuple[Member, ...]
    object: int | None = None
    option: OptionId | None = None
    block: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """JSON for storage and for the API."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class BlockVote:
    """What was said to a block: `value` leads, a text as a selection of one; None on a tie."""

    value: tuple[OptionId, ...] | None
    votes: tuple[tuple[OptionId, int], ...]
    share: float
    conflicts: tuple[Conflict, ...]

    def as_dict(self) -> dict[str, Any]:
        """JSON for storage and for the API."""
        return {
            "value": None if self.value is None else list(self.value),
            "votes": [list(pair) for pair in self.votes],
        }


@dataclass(frozen=True, slots=True)
class Consolidation:
    """The answers to one question made one: a proposal, and every point that is not unanimous.

    `answer` is None on a tie and `ignore` when nobody cast a vote. `accept` is None unless the
    question has options and one selection leads. `of` counts all answers, `answer_votes` who said
    what, `option_votes` how many of those who accepted picked each option. `confidence` is the
    smallest among the parts, a vote share or an object's; it is not calibrated.
    """

    answer: Verdict | None
    answer_votes: tuple[tuple[Verdict, int], ...]
    accept: tuple[OptionId, ...] | None
    option_votes: tuple[tuple[OptionId, int], ...]
    objects: tuple[MergedObject, ...]
    conflicts: tuple[Conflict, ...]
    confidence: float
    of: int
    blocks: Mapping[str, BlockVote] = field(default_factory=dict)
    algorithm: str = ALGORITHM

    @property
    def agreed(self) -> bool:
        """Whether nothing is left for a reviewer to decide."""
        return not self.conflicts

    @property
    def spans(self) -> list[dict[str, Any]]:
        """The merged objects as spans of an answer, disputed ones included."""
        return [merged.as_span() for merged in self.objects]

    def as_dict(self) -> dict[str, Any]:
        """JSON for storage and for the API."""
        return {
            "answer": self.answer,
            "answer_votes": [list(pair) for pair in self.answer_votes],
            "accept": None if self.accept is None else list(self.accept),
            "option_votes": [list(pair) for pair in self.option_votes],
            "objects": [merged.as_dict() for merged in self.objects],
            "conflicts": [conflict.as_dict() for conflict in self.conflicts],
            "confidence": self.confidence,
            "of": self.of,
            "blocks": {name: vote.as_dict() for name, vote in self.blocks.items()},
            "algorithm": self.algorithm,
        }
