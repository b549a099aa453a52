"""What can be said alike of many conflicts: a letter is somebody else elsewhere, a label is not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from apps.datasets.config import DatasetConfig
from apps.datasets.domain.blocks import ballot
from apps.datasets.models import Interface
from apps.reviews.actions.verdicts import Verdict
from apps.reviews.domain.answers import OptionId
from apps.reviews.domain.resolution import ANSWER_KINDS
from apps.reviews.domain.rulings import is_among
from apps.reviews.models import ConflictKind, Decision
from apps.reviews.points import Point
from apps.tasks.models import Revision
from apps.tasks.models import Verdict as Answer

ACTION = Decision.Action


@dataclass(frozen=True, slots=True)
class Take:
    """One thing to say. `key` is the same wherever the same is meant, `votes` is how many said so;
    `verdict` is None where nobody did and it therefore cannot be said."""

    key: str
    text: str
    votes: int = 0
    verdict: Verdict | None = None


def takes_of(point: Point) -> list[Take]:
    """Return what a reviewer can say of a conflict, in the order of the digits."""
    kind, detail = point.conflict.kind, point.conflict.detail
    if kind in ANSWER_KINDS:
        return _answers(point)
    if kind not in {ConflictKind.LABEL, ConflictKind.BLOCK}:
        return _facts(point)
    if point.object is not None:
        return _labels(point)
    if detail["option"] is not None:
        return _yes_and_no(point)
    return _said(point) if kind == ConflictKind.BLOCK else _options(point)


def proposal_of(point: Point) -> str | None:
    """Return the key of what the merge proposes, None on a tie."""
    result, detail = point.merge.result, point.conflict.detail
    if point.conflict.kind in ANSWER_KINDS:
        return None if result["answer"] is None else f"answer {result['answer']}"
    if point.conflict.kind not in {ConflictKind.LABEL, ConflictKind.BLOCK}:
        return takes_of(point)[0].key
    if point.object is not None:
        label = point.object["label"]
        return None if label is None else f"label {point.names.label(label)}"
    block = detail.get("block")
    value = result["accept"] if block is None else result["blocks"][block]["value"]
    if detail["option"] is not None:
        return "picked" if is_among(detail["option"], value or ()) else "left"
    return None if value is None else _key(value)


def set_of(point: Point) -> str:
    """Return the name of the set that a conflict is of: of these the same can be said."""
    detail = point.conflict.detail
    about: list[Any] = [take.key for take in takes_of(point)]
    if point.task.dataset.interface != Interface.IMAGE_CHOICE:
        about += [detail["option"], detail.get("block")]
    told = json.dumps([point.object is None, *about])
    return f"{point.conflict.kind} {hashlib.sha256(told.encode()).hexdigest()[:12]}"


def _facts(point: Point) -> list[Take]:
    """What is proposed for an object, and the other thing to say of it where there is one."""
    detail, conflict = point.conflict.detail, point.conflict
    accept = Verdict(action=ACTION.ACCEPT, conflict=conflict.pk)
    if conflict.kind == ConflictKind.EXISTENCE:
        drew, of = len(detail["params"]["by"]), detail["params"]["of"]
        gone = Verdict(action=ACTION.DELETE, conflict=conflict.pk)
        return [Take("there", "there", drew, accept), Take("gone", "not there", of - drew, gone)]
    if conflict.kind == ConflictKind.GROUP:
        over = detail["params"]["by"]
        one = Verdict(action=ACTION.VERSION, conflict=conflict.pk, version=over[0])
        apart = len(point.revisions) - len(over)
        return [Take("apart", "apart", apart, accept), Take("one", "one box", len(over), one)]
    key, text = {
        ConflictKind.DUPLICATE: ("once", "once"),
        ConflictKind.EXTENT: ("merged", "the merged shape"),
    }[ConflictKind(conflict.kind)]
    return [Take(key, text, 0, accept)]


def _labels(point: Point) -> list[Take]:
    assert point.object is not None
    votes: dict[str, int] = {}
    for key, count in point.object["label_votes"]:
        votes[point.names.label(key)] = votes.get(point.names.label(key), 0) + count
    return [
        Take(
            f"label {name}",
            name,
            votes.get(name, 0),
            Verdict(action=ACTION.LABEL, conflict=point.conflict.pk, label=label),
        )
        for label, name in point.offered.items()
    ]


def _options(point: Point) -> list[Take]:
    """The options, and picking none of them, which only somebody who did can be quoted with."""
    votes = point.merge.result["option_votes"]
    conflict = point.conflict.pk
    takes = [
        Take(
            _key([option]),
            text,
            next((count for key, count in votes if is_among(key, [option])), 0),
            Verdict(action=ACTION.LABEL, conflict=conflict, chosen=option),
        )
        for option, text in point.names.options.items()
    ]
    none = [row for row in _accepting(point) if not row.accept]
    return [*takes, Take(_key([]), "none", len(none), _version(point, none))]


def _yes_and_no(point: Point) -> list[Take]:
    option, block = point.conflict.detail["option"], point.conflict.detail.get("block")

    def picks(row: Revision) -> bool:
        said = row.accept if block is None else ballot(row.attributes.get(block))
        return is_among(option, said)

    picked = [row for row in _accepting(point) if picks(row)]
    left = len(_accepting(point)) - len(picked)
    drop = Verdict(action=ACTION.DELETE, conflict=point.conflict.pk)
    return [
        Take("picked", "picked", len(picked), _version(point, picked)),
        Take("left", "not picked", left, drop),
    ]


def _said(point: Point) -> list[Take]:
    """What can be chosen in answer to a block, or what was written, and saying nothing to it."""
    block = point.conflict.detail["block"]
    said: dict[str, list[Revision]] = {}
    for row in _accepting(point):
        said.setdefault(_key(ballot(row.attributes.get(block))), []).append(row)
    blocks = {each.id: each for each in DatasetConfig.of(point.task.dataset).blocks}
    if block in blocks and blocks[block].type == "choice":
        texts = {_key([option.id]): option.text for option in blocks[block].options}
    else:
        texts = {key: str(rows[0].attributes.get(block)) for key, rows in said.items()}
    return [
        Take(key, text, len(said.get(key, ())), _version(point, said.get(key, ())))
        for key, text in {**texts, _key([]): "none"}.items()
    ]


def _answers(point: Point) -> list[Take]:
    words = {Answer.ACCEPT: "accepted", Answer.REJECT: "rejected", Answer.IGNORE: "unsure"}
    rows = {answer: [row for row in point.revisions if row.answer == answer] for answer in words}
    return [
        Take(f"answer {answer}", word, len(rows[answer]), _version(point, rows[answer]))
        for answer, word in words.items()
    ]


def _accepting(point: Point) -> list[Revision]:
    return [row for row in point.revisions if row.answer == Answer.ACCEPT]


def _version(point: Point, rows: Sequence[Revision]) -> Verdict | None:
    if not rows:
        return None
    return Verdict(action=ACTION.VERSION, conflict=point.conflict.pk, version=str(rows[-1].user_id))


def _key(chosen: Sequence[OptionId]) -> str:
    """1 and "1" are two."""
    return f"option {json.dumps(list(chosen))}"
