"""Votes on what was said to blocks: as on options, and a text is a selection of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from apps.datasets.domain.blocks import Block, ballot
from apps.reviews.domain.answers import AnnotatorAnswer, Question
from apps.reviews.domain.results import BlockVote, Conflict
from apps.reviews.domain.votes import vote_on_options


def vote_on_blocks(
    blocks: Sequence[Block], answers: Sequence[AnnotatorAnswer]
) -> dict[str, BlockVote]:
    """The vote on each block, by its id; `answers` are those that count.

    Where one thing can be said, whatever is not the same is a conflict, an open block among it;
    where several options may be picked, each is a question of its own.
    """
    return {block.id: _vote(block, answers) for block in blocks}


def _vote(block: Block, answers: Sequence[AnnotatorAnswer]) -> BlockVote:
    asked = Question("choice", tuple(option.id for option in block.options), block.multiple)
    ballots = [
        replace(answer, accept=ballot(answer.attributes.get(block.id))) for answer in answers
    ]
    vote = vote_on_options(asked, ballots)
    conflicts = tuple(_of_block(conflict, block) for conflict in vote.conflicts)
    return BlockVote(vote.accept, vote.votes, vote.share, conflicts)


def _of_block(conflict: Conflict, block: Block) -> Conflict:
    return replace(
        conflict,
        kind="block",
        code=f"block_{conflict.code}",
        params={**conflict.params, "block": block.id},
        block=block.id,
    )
