"""Learning from all answers of a dataset what people see, how they name it and how they draw."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from apps.reviews.domain.answers import AnnotatorAnswer
from apps.reviews.domain.columns import Columns, to_columns
from apps.reviews.domain.existence import learn_sight
from apps.reviews.domain.geometry import drawn_of
from apps.reviews.domain.groups import Groups, to_groups
from apps.reviews.domain.hands import learn_hands
from apps.reviews.domain.label_votes import ballots_of
from apps.reviews.domain.naming import learn_naming
from apps.reviews.domain.skills import BoxSkills

ENOUGH, ENOUGH_EACH = 20_000, 500
"""Names and edges are learnt from so many objects, or so many for each annotator."""


def learn_box_skills(questions: Sequence[Sequence[AnnotatorAnswer]]) -> BoxSkills:
    """The skills of all who answered these questions, one answer per annotator and question.

    Only answers whose shapes count are given, see the README. Questions that one alone answered
    teach nothing: that person drew all that is known to be there.
    """
    columns = to_columns(questions)
    return learn_from(columns, to_groups(columns))


def learn_from(columns: Columns, groups: Groups) -> BoxSkills:
    """The skills of all people of the columns."""
    people = len(columns.people)
    sight, z = learn_sight(columns, groups)
    step = max(groups.starts.size // max(ENOUGH, ENOUGH_EACH * people), 1)
    chosen = np.arange(groups.starts.size) % step == 0
    chosen &= columns.team[groups.rows[groups.starts]] > 1
    ballots = ballots_of(columns, groups)
    ballots = ballots.where(chosen[ballots.object])
    usable = chosen & (groups.medoid < 0)
    return BoxSkills(
        people=columns.people,
        sight=sight,
        naming=learn_naming(columns, ballots, z),
        hands=learn_hands(drawn_of(columns, groups), people, z, usable),
    )
