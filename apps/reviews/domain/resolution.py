"""From a merge and a reviewer's rulings to the final answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.reviews.domain.answers import OptionId, Question
from apps.reviews.domain.block_rulings import BlockChoices
from apps.reviews.domain.rulings import (
    Ruling,
    Undecidable,
    Version,
    is_among,
    not_applicable,
    version_of,
)

ANSWER_KINDS = frozenset({"answer", "unsure"})


@dataclass(frozen=True, slots=True)
class Resolution:
    """The final answer: spans with the keys of their labels, chosen options in order shown."""

    answer: str
    spans: tuple[Mapping[str, Any], ...]
    accept: tuple[OptionId, ...]
    objects: tuple[Mapping[str, Any], ...]
    """For every object, dropped ones too: where it came from and who ruled on it."""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    """What was said to blocks, by their ids."""


@dataclass(slots=True)
class _Object:
    span: dict[str, Any]
    members: list[Mapping[str, Any]]
    covers: Sequence[int] = ()
    present: bool = True
    rulings: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _State:
    question: Question
    versions: Mapping[str, Version]
    answer: str | None
    proposed: tuple[OptionId, ...] | None
    accept: list[OptionId]
    objects: list[_Object]
    blocks: BlockChoices


def resolve(
    question: Question,
    merge: Mapping[str, Any],
    versions: Mapping[str, Version],
    rulings: Sequence[Ruling],
) -> Resolution:
    """Apply `rulings`, in order, to `merge` (`Consolidation.as_dict()`).

    What nobody ruled on stays as proposed. Raises Undecidable when a ruling cannot be carried out
    or no answer comes out.
    """
    return _finish(_ruled(question, merge, versions, rulings))


def check_rulings(
    question: Question,
    merge: Mapping[str, Any],
    versions: Mapping[str, Version],
    rulings: Sequence[Ruling],
) -> None:
    """Raise Undecidable if a ruling cannot be carried out; other points may still be open."""
    _ruled(question, merge, versions, rulings)


def _ruled(
    question: Question,
    merge: Mapping[str, Any],
    versions: Mapping[str, Version],
    rulings: Sequence[Ruling],
) -> _State:
    state = _State(
        question=question,
        versions=versions,
        answer=merge["answer"],
        proposed=None if merge["accept"] is None else tuple(merge["accept"]),
        accept=list(merge["accept"] or ()),
        objects=[
            _Object(dict(entry["span"]), entry["members"], entry.get("covers", ()))
            for entry in merge["objects"]
        ],
        blocks=BlockChoices(question.blocks, merge.get("blocks", {}), versions),
    )
    for ruling in rulings:
        _apply(state, ruling)
    return state


def _apply(state: _State, ruling: Ruling) -> None:
    if ruling.act == "reject":
        state.answer = "reject"
    elif ruling.kind is None:
        _add(state, ruling)
    elif ruling.object is not None:
        _rule_on_object(state, ruling)
    elif ruling.block is not None:
        state.blocks.rule(ruling)
    elif ruling.kind in ANSWER_KINDS:
        _rule_on_answer(state, ruling)
    else:
        _rule_on_options(state, ruling)


def _add(state: _State, ruling: Ruling) -> None:
    """A shape that nobody drew, or a word on the whole task."""
    if ruling.act == "edit" and ruling.span is not None:
        _add_shape(state, ruling, ruling.span)
        state.answer = "accept"
    elif ruling.act == "version":
        state.answer = version_of(ruling, state.versions).answer
    elif ruling.act != "accept":
        raise not_applicable()
    elif state.answer is None:
        raise Undecidable("no_proposal", "The answers are tied: say which one holds.")


def _add_shape(state: _State, ruling: Ruling, span: Mapping[str, Any]) -> None:
    """Add a shape; one whose id is there already takes the place of the first.

    The same shape comes twice when the reply to the first request was lost.
    """
    for item in state.objects:
        if not item.members and item.span.get("id") == span.get("id"):
            item.span = dict(span)
            item.rulings.append(ruling.by)
            return
    state.objects.append(_Object(dict(span), [], rulings=[ruling.by]))


def _rule_on_object(state: _State, ruling: Ruling) -> None:
    """Keep, change or drop an object. Accepting its label or extent does not bring it back."""
    target = state.objects[ruling.object or 0]
    target.rulings.append(ruling.by)
    if ruling.act != "accept" or ruling.kind == "existence":
        target.present = ruling.act != "delete"
    tied = ruling.kind == "label" and target.span.get("label") is None
    if ruling.act == "accept" and target.present and tied:
        raise Undecidable("no_proposal", "The labels are tied: say which one holds.")
    if ruling.act == "label" and ruling.label is not None:
        target.span["label"] = ruling.label
    elif ruling.act == "edit" and ruling.span is not None:
        target.span = {**target.span, **ruling.span}
    elif ruling.act == "version":
        _take_version(state, target, ruling)
        for other in _covered_by(state, target) if ruling.kind == "group" else ():
            other.rulings.append(ruling.by)
            _take_version(state, other, ruling)
    elif ruling.act not in {"accept", "delete"}:
        raise not_applicable()


def _covered_by(state: _State, target: _Object) -> list[_Object]:
    """The other objects over which somebody drew one box."""
    covered = [state.objects[place] for place in target.covers]
    return [each for each in covered if each is not target]


def _take_version(state: _State, target: _Object, ruling: Ruling) -> None:
    """Make the object what one annotator says of it: label, extent, or that it is not there."""
    version = version_of(ruling, state.versions)
    drawn = [member["span"] for member in target.members if member["annotator"] == ruling.version]
    if not drawn:
        target.present = False
        return
    target.present = True
    theirs = version.spans[drawn[0]]
    if ruling.kind == "label":
        target.span["label"] = theirs.get("label")
    elif ruling.kind != "existence":
        target.span = {**theirs, "label": target.span.get("label")}


def _rule_on_answer(state: _State, ruling: Ruling) -> None:
    if ruling.act == "version":
        version = version_of(ruling, state.versions)
        state.answer = version.answer
        state.blocks.take(version)
        if state.question.asks_for_options:
            state.accept = list(version.accept)
    elif ruling.act != "accept":
        raise not_applicable()
    elif state.answer is None:
        raise Undecidable("no_proposal", "The answers are tied: say which one holds.")


def _rule_on_options(state: _State, ruling: Ruling) -> None:
    if ruling.act == "label" and ruling.chosen is not None:
        if not is_among(ruling.chosen, _options(state)):
            raise Undecidable("unknown_option", f"There is no option {ruling.chosen!r}.")
        state.accept = [ruling.chosen]
    elif ruling.act == "version" and ruling.option is None:
        state.accept = list(version_of(ruling, state.versions).accept)
    elif ruling.act == "version":
        theirs = version_of(ruling, state.versions).accept
        _toggle(state, ruling, chosen=is_among(ruling.option, theirs))
    elif ruling.act == "delete" and ruling.option is not None:
        _toggle(state, ruling, chosen=False)
    elif ruling.act != "accept":
        raise not_applicable()
    elif state.proposed is None and not state.question.picks_several:
        raise Undecidable("no_proposal", "The options are tied: say which one holds.")


def _options(state: _State) -> list[OptionId]:
    """The options offered, then those that were chosen while they still were."""
    known = list(state.question.options)
    for version in state.versions.values():
        known += [option for option in version.accept if not is_among(option, known)]
    return known


def _toggle(state: _State, ruling: Ruling, *, chosen: bool) -> None:
    rest = [option for option in state.accept if not is_among(ruling.option, [option])]
    state.accept = [*rest, ruling.option] if chosen and ruling.option is not None else rest


def _finish(state: _State) -> Resolution:
    if state.answer is None:
        raise Undecidable("undecided", "The answers are tied: say which one holds.")
    accepted = state.answer == "accept"
    present = [item for item in state.objects if item.present] if accepted else []
    if any(item.span.get("label") is None for item in present) and _labelled(state):
        raise Undecidable("undecided", "The labels of an object are tied: say which one holds.")
    shown = [option for option in _options(state) if is_among(option, state.accept)]
    return Resolution(
        answer=state.answer,
        spans=tuple(item.span for item in present),
        accept=tuple(shown) if accepted else (),
        attributes=state.blocks.finish() if accepted else {},
        objects=tuple(
            {
                "span": item.span.get("id"),
                "kept": item in present,
                "members": list(item.members),
                "rulings": item.rulings,
            }
            for item in state.objects
        ),
    )


def _labelled(state: _State) -> bool:
    """Whether anybody gave any shape a label at all."""
    return any(
        span.get("label") is not None
        for version in state.versions.values()
        for span in version.spans.values()
    )
