"""What people of known care call things."""

from collections import Counter

import pytest

from bench.votes import Crowd, poll


def test_each_item_is_asked_of_so_many_people_and_a_seed_repeats_itself() -> None:
    crowd = Crowd([0.9, 0.8, 0.7, 0.6], per_item=3, labels=4)
    asked = poll(crowd, items=50, seed=5)
    assert asked == poll(crowd, items=50, seed=5)
    assert asked != poll(crowd, items=50, seed=6)
    assert set(Counter(item for item, _, _ in asked.votes).values()) == {3}
    assert len({(item, person) for item, person, _ in asked.votes}) == 150


def test_people_are_right_as_often_as_they_are_said_to_be() -> None:
    asked = poll(Crowd([0.9, 0.3], per_item=2), items=4_000, seed=1)
    right = Counter(who for item, who, label in asked.votes if asked.truth[item] == label)
    assert right["p0"] / 4_000 == pytest.approx(0.9, abs=0.02)
    assert right["p1"] / 4_000 == pytest.approx(0.3, abs=0.03)
