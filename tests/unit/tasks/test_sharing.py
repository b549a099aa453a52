"""How many tasks one person may hold when others want some, too."""

import pytest

from apps.tasks.domain.sharing import fair_share


@pytest.mark.parametrize(
    ("wanted", "others", "left", "expected"),
    [
        (12, 0, 3, 12),  # nobody else is there
        (12, 1, 1000, 12),
        (12, 1, 48, 12),  # a quarter of what is left, for two people
        (12, 1, 47, 11),
        (12, 1, 8, 2),
        (12, 1, 7, 1),
        (12, 7, 16, 1),
        (12, 7, 0, 1),
        (1, 7, 1000, 1),
    ],
)
def test_a_share_by_hand(wanted: int, others: int, left: int, expected: int) -> None:
    assert fair_share(wanted, others=others, left=lambda most: min(left, most)) == expected


def test_no_more_is_counted_than_it_takes() -> None:
    asked: list[int] = []

    def left(most: int) -> int:
        asked.append(most)
        return most

    assert fair_share(12, others=3, left=left) == 12
    assert asked == [96]
