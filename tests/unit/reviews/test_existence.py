"""Whether an object is there: the formula by hand, what must never happen, and what is learnt."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.reviews.domain.columns import to_columns
from apps.reviews.domain.existence import JOINED, learn_sight
from apps.reviews.domain.groups import to_groups
from apps.reviews.domain.objects import merge_objects
from apps.reviews.domain.skills import BoxSkills
from tests.unit.reviews.scenes import Box, drawn, skilled

BOX: Box = (100, 100, 80, 60, "car")
TEAM = "ABCDEF"
recalls, rates = st.floats(0.28, 0.99), st.floats(0.05, 3.0)
people = st.lists(st.tuples(recalls, rates), min_size=6, max_size=6)


def seen_by(drew: str, *, missed: str = "", skills: BoxSkills | None = None) -> float:
    answers = [drawn(name, BOX) for name in drew] + [drawn(name) for name in missed]
    ((only,),) = merge_objects([answers], skills)
    return only.existence


def team_of(care: list[tuple[float, float]]) -> BoxSkills:
    most = max(rate for _, rate in care)
    known = {
        name: {"recall": recall, "spurious": max(rate, most / 8)}
        for name, (recall, rate) in zip(TEAM, care, strict=True)
    }
    return skilled(**known)


def test_what_people_are_known_for_decides() -> None:
    skills = skilled(A={"recall": 0.9, "spurious": 0.5}, B={"recall": 0.6, "spurious": 0.1})
    # Only A: .9 * .4 against .5 * .97. Only B: .6 * .1 against .1 * .97.
    assert seen_by("A", missed="B", skills=skills) == pytest.approx(0.36 / (0.36 + 0.485))
    assert seen_by("B", missed="A", skills=skills) == pytest.approx(0.06 / (0.06 + 0.097))
    # Both: .9 * .6 against .6 * .03.
    assert seen_by("AB", skills=skills) == pytest.approx(0.54 / (0.54 + 0.018))


@settings(max_examples=40)
@given(people, st.integers(1, 5))
def test_a_vote_that_agrees_never_makes_it_less_probable(care, votes) -> None:
    skills = team_of(care)
    before = seen_by(TEAM[:votes], skills=skills)
    assert seen_by(TEAM[: votes + 1], skills=skills) >= before
    assert seen_by(TEAM[: votes + 1], skills=skills) >= seen_by(
        TEAM[:votes], missed=TEAM[votes], skills=skills
    )


@settings(max_examples=40)
@given(people, st.integers(1, 5))
def test_an_empty_answer_never_makes_it_more_probable(care, votes) -> None:
    skills = team_of(care)
    before = seen_by(TEAM[:votes], skills=skills)
    assert seen_by(TEAM[:votes], missed=TEAM[votes], skills=skills) <= before


def test_strangers_cannot_outweigh_who_is_known() -> None:
    careless = skilled(A={"recall": 0.28, "spurious": 3.0}, B={"recall": 0.28, "spurious": 0.375})
    assert seen_by("ZA", skills=careless) >= seen_by("Z", skills=careless)


def test_who_misses_much_and_who_invents_much_is_found_out() -> None:
    rng = np.random.default_rng(0)
    questions = []
    for _ in range(150):
        things = [(200.0 * n, 100.0, 100.0, 80.0, "car") for n in range(5)]
        invented = [(200.0 * n, 500.0, 90.0, 90.0, "car") for n in range(5) if rng.random() < 0.4]
        questions.append(
            [
                drawn("A", *things),
                drawn("B", *[thing for thing in things if rng.random() < 0.6]),
                drawn("C", *things, *invented),
            ]
        )
    columns = to_columns(questions)
    sight, z = learn_sight(columns, to_groups(columns))
    # 600 votes for 750 objects and 2 invented boxes an image, but for a prior worth a few images.
    assert sight.recall == pytest.approx([0.99, 0.6, 0.99], abs=0.03)
    assert sight.spurious[2] == pytest.approx(2.0, abs=0.15)
    assert sight.spurious[0] == pytest.approx(sight.spurious[2] / 8)
    assert sight.per_image == pytest.approx(5, abs=0.2)
    assert sight.joined <= JOINED
    assert (
        (z > 0.9) == (columns.edges[to_groups(columns).rows[to_groups(columns).starts], 1] < 300)
    ).all()


def test_more_people_than_fit_in_a_word() -> None:
    names = [f"p{n:02}" for n in range(70)]
    one = [drawn(name, BOX) if n % 2 else drawn(name) for n, name in enumerate(names)]
    other = [drawn(name, BOX) if n < 35 else drawn(name) for n, name in enumerate(names)]
    (first,), (second,) = merge_objects([one, other])
    assert (first.votes, second.votes) == (35, 35)
    assert first.existence == second.existence == merge_objects([one])[0][0].existence
