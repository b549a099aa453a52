"""What a model said of a task, held to the final answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apps.datasets.domain.matching import Labelled, same_objects
from apps.reviews.domain.answers import Interface, OptionId, Verdict


@dataclass(frozen=True, slots=True)
class Word:
    """An answer, or what a model offers as one: shapes, options, or a label of the whole image."""

    shapes: Sequence[Labelled] = ()
    accept: Sequence[OptionId] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """Of `said` things a model was right on `hits`; `wanted` are those that it was to say.

    Things are shapes, options, or the one answer to a yes-or-no question. Precision is `hits` of
    `said`, recall `hits` of `wanted`; that is 0 where nobody knows what the model left out.
    """

    said: int
    hits: int
    wanted: int


def judge(
    interface: Interface, *, asked: str, word: Word, verdict: Verdict, truth: Word
) -> Judged | None:
    """Hold what a model said to the final answer; None where that tells nothing of the model.

    `asked` is the label that the question was about, if it was about one. A final that refuses
    the question, or leaves it open, tells nothing of shapes and options.
    """
    if interface in ("image", "classification"):
        return _yes_or_no(interface, asked=asked, label=word.label, verdict=verdict)
    if verdict != "accept":
        return None
    if interface == "image_manual":
        hits = len(same_objects(word.shapes, truth.shapes))
        return Judged(said=len(word.shapes), hits=hits, wanted=len(truth.shapes))
    said, wanted = set(word.accept), set(truth.accept)
    return Judged(said=len(said), hits=len(said & wanted), wanted=len(wanted))


def _yes_or_no(interface: Interface, *, asked: str, label: str, verdict: Verdict) -> Judged | None:
    """People said whether the model's box or label is right."""
    if verdict == "ignore":
        return None
    right = int(verdict == "accept")
    if interface == "image":
        # People see only what a model found, so nobody knows what it missed.
        return Judged(said=1, hits=right, wanted=0)
    if not label:
        return None
    if not asked:
        return Judged(said=1, hits=right, wanted=0)
    said = int(label == asked)
    return Judged(said=said, hits=said * right, wanted=right)


@dataclass(frozen=True, slots=True)
class Kept:
    """What people made of an offer: took as it was, or took over and changed."""

    unchanged: int = 0
    changed: int = 0

    def __add__(self, other: Kept) -> Kept:
        return Kept(self.unchanged + other.unchanged, self.changed + other.changed)


def keeping(
    interface: Interface, *, offered: Word, verdict: Verdict, accept: Sequence[OptionId]
) -> Kept:
    """Whether one answer is the one that was offered; drawn shapes tell that by themselves."""
    if interface in ("image", "classification"):
        told = verdict != "ignore" and (interface == "image" or bool(offered.label))
        same = verdict == "accept"
    else:
        told, same = verdict == "accept", set(accept) == set(offered.accept)
    return Kept(unchanged=int(told and same), changed=int(told and not same))
