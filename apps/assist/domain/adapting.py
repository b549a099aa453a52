"""Making what a model says fit for a dataset that asks for less: pure, nothing is made up."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from apps.assist.domain.protocols.words import Word


def adapted(
    word: Word,
    *,
    asked: str,
    labels: Collection[str],
    options: Sequence[Mapping[str, Any]],
    threshold: float,
) -> Word:
    """Return the part of a model's word that a dataset asks for (`spans`, `accept` or `label`).

    Shapes of labels that the dataset lacks, or that the model is less sure of than `threshold`,
    are left out: a detector knows more kinds of things than people ask about. Where people choose,
    a label stands for the option with that id or text.
    """
    score = {"score": word["score"]} if "score" in word else {}
    if asked == "spans":
        return {"spans": _shapes(word.get("spans"), labels, threshold), **score}
    if asked == "label":
        return {"label": word.get("label"), **score}
    if "accept" in word:
        return {"accept": word["accept"], **score}
    return {"accept": _named(word.get("label"), options), **score}


def _shapes(spans: Any, labels: Collection[str], threshold: float) -> Any:
    if not isinstance(spans, list):
        return spans
    return [span for span in spans if _is_asked(span, labels, threshold)]


def _is_asked(span: Any, labels: Collection[str], threshold: float) -> bool:
    """What is no shape at all stays, to be refused where shapes are read."""
    if not isinstance(span, Mapping):
        return True
    score, label = span.get("score"), span.get("label")
    sure = not isinstance(score, int | float) or score >= threshold
    return sure and (not labels or not isinstance(label, str) or label in labels)


def _named(label: Any, options: Sequence[Mapping[str, Any]]) -> list[Any] | None:
    found = [each["id"] for each in options if label in (str(each["id"]), each.get("text"))]
    return found[:1] or None
