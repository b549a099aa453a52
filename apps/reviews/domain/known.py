"""All that is known of a dataset's annotators when their answers to a question are merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from apps.reviews.domain.class_ballots import (
    Asked,
    votes_on_answers,
    votes_on_each,
    votes_on_selections,
)
from apps.reviews.domain.class_skills import ClassSkills, can_learn, learn
from apps.reviews.domain.class_votes import Vote, to_ballots
from apps.reviews.domain.learning import learn_box_skills
from apps.reviews.domain.skills import BoxSkills
from apps.reviews.domain.trust import Trust


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """How people draw, and how they vote: on the whole answer, on one selection, on each option by
    its key. What is None was not asked, or nobody's answers tell of it yet. `trust` is what
    reviewers found of the proposals."""

    boxes: BoxSkills | None = None
    answers: ClassSkills | None = None
    selections: ClassSkills | None = None
    options: Mapping[str, ClassSkills] = field(default_factory=dict)
    trust: Trust = field(default_factory=Trust)

    def as_dict(self) -> dict[str, Any]:
        """JSON for storage."""
        return {
            "boxes": self.boxes and self.boxes.as_dict(),
            "answers": self.answers and self.answers.as_dict(),
            "selections": self.selections and self.selections.as_dict(),
            "options": {key: skills.as_dict() for key, skills in self.options.items()},
            "trust": self.trust.as_dict(),
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Self:
        """What `as_dict` wrote."""
        return cls(
            boxes=stored["boxes"] and BoxSkills.from_dict(stored["boxes"]),
            answers=stored["answers"] and ClassSkills.from_dict(stored["answers"]),
            selections=stored["selections"] and ClassSkills.from_dict(stored["selections"]),
            options={
                key: ClassSkills.from_dict(skills) for key, skills in stored["options"].items()
            },
            trust=Trust.from_dict(stored["trust"]),
        )


def learn_from_answers(asked: Sequence[Asked]) -> Known:
    """What these answers tell of those who gave them, one answer per annotator and question."""
    drawn = [
        [answer for answer in answers if answer.answer == "accept"]
        for question, answers in asked
        if question.draws
    ]
    each = {key: _learn(votes) for key, votes in votes_on_each(asked).items()}
    return Known(
        boxes=learn_box_skills(drawn) if drawn else None,
        answers=_learn(votes_on_answers(asked)),
        selections=_learn(votes_on_selections(asked)),
        options={key: skills for key, skills in each.items() if skills is not None},
    )


def _learn(votes: Sequence[Vote]) -> ClassSkills | None:
    ballots = to_ballots(votes)
    return learn(ballots)[0] if can_learn(ballots) else None
