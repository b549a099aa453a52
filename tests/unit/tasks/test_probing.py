"""When gold is drawn, and how its copies are called."""

from __future__ import annotations

import re
import uuid
from random import Random

import pytest

from apps.tasks.domain.probing import draws, name_beside


def test_about_the_share_that_is_asked_for_is_drawn() -> None:
    chance = Random(3)
    leases = [uuid.UUID(int=chance.getrandbits(128), version=4) for _ in range(4000)]
    for rate in (0.05, 0.25):
        drawn = sum(draws(lease, rate=rate) for lease in leases)
        # Five standard deviations of a binomial.
        assert abs(drawn - 4000 * rate) < 5 * (4000 * rate * (1 - rate)) ** 0.5


def test_a_lease_that_is_looked_at_again_draws_the_same() -> None:
    leases = [uuid.uuid4() for _ in range(100)]
    assert [draws(lease, rate=0.5) for lease in leases] == [
        draws(lease, rate=0.5) for lease in leases
    ]
    assert not any(draws(lease, rate=0) for lease in leases)
    assert all(draws(lease, rate=1) for lease in leases)


@pytest.mark.parametrize(
    ("neighbour", "like"),
    [
        ("img_004711.jpg", r"img_00471[02-9]\.png"),
        ("a7b.jpg", r"a[0-689]b\.png"),
        ("7", r"[0-689]\.png"),
        ("day 3 of 9.jpeg", r"day 3 of [0-8]\.png"),
        ("cam-3fa9c1d2.jpg", r"cam-[0-9a-f]{8}\.png"),
        ("0190b7b0-c0de-7000-8000-00000000cafe.jpg", r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-\w{12}\.png"),
        ("sign.jpg", r"sign\.png"),
    ],
)  # fmt: skip
def test_a_name_is_like_its_neighbours_with_an_ending_for_its_bytes(
    neighbour: str, like: str
) -> None:
    name = name_beside(neighbour, original="x.png", chance=Random(1))
    assert re.fullmatch(like, name), name
    assert name != neighbour


def test_a_hash_is_another_hash() -> None:
    name = name_beside("3fa9c1d2e4.jpg", original="x.jpg", chance=Random(1))
    assert sum(a != b for a, b in zip(name, "3fa9c1d2e4.jpg", strict=True)) > 5
