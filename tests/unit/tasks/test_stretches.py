"""Which parts of a queue a person goes through, and that they go through all of it."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from apps.tasks.domain.stretches import END, FIRST_TASK, Stretch, start_of, stretches
from apps.tasks.domain.turns import KEY_BITS, LAST_KEY

LAYER = 1 << KEY_BITS
SOME_TASK = uuid.UUID(int=5)
keys = st.integers(0, LAST_KEY)


def test_without_a_start_everything_ahead_is_one_stretch() -> None:
    found = list(stretches(turn=7, task=SOME_TASK, start=None, layers=3))
    assert found == [Stretch(7, SOME_TASK, END)]


def test_a_layer_is_gone_round_from_the_start_and_then_the_next() -> None:
    found = stretches(turn=100, task=SOME_TASK, start=30, layers=2)
    assert list(found) == [
        Stretch(100, SOME_TASK, LAYER),
        Stretch(0, FIRST_TASK, 30),
        Stretch(LAYER + 30, FIRST_TASK, 2 * LAYER),
        Stretch(LAYER, FIRST_TASK, LAYER + 30),
    ]


def test_who_has_come_round_goes_up_to_the_start() -> None:
    found = stretches(turn=LAYER + 10, task=SOME_TASK, start=30, layers=2)
    assert list(found) == [Stretch(LAYER + 10, SOME_TASK, LAYER + 30)]


@given(start=keys, turns=st.sets(st.integers(0, 4 * LAYER - 1), max_size=20))
def test_from_the_start_everybody_comes_to_every_turn_once(start: int, turns: set[int]) -> None:
    found = list(stretches(turn=start, task=FIRST_TASK, start=start, layers=4))
    met = [turn for part in found for turn in sorted(turns) if part.turn <= turn < part.end]
    assert sorted(met) == sorted(turns)


@given(start=keys, turn=st.integers(0, 4 * LAYER - 1))
def test_a_place_lies_in_its_first_stretch(start: int, turn: int) -> None:
    first = next(stretches(turn=turn, task=FIRST_TASK, start=start, layers=4))
    assert first.turn == turn < first.end


def test_people_start_apart_and_always_at_the_same_key() -> None:
    dataset, people = uuid.UUID(int=1), [uuid.UUID(int=n) for n in range(100)]
    starts = {start_of(user=user, dataset=dataset) for user in people}
    assert len(starts) == 100
    assert all(0 <= start <= LAST_KEY for start in starts)
    assert start_of(user=people[0], dataset=dataset) in starts
    assert start_of(user=people[0], dataset=uuid.UUID(int=2)) not in starts
