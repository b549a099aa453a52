"""How long what is left takes."""

from __future__ import annotations

from datetime import date, timedelta

from apps.desk.domain.pace import steps, time_left

TODAY = date(2026, 3, 31)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_even_days_tell_exactly() -> None:
    left = time_left(left=100, done={ago(n): 10 for n in range(1, 8)}, today=TODAY)
    assert left is not None
    assert (left.active, left.per_day) == (7, 10)
    assert left.until == left.soonest == left.latest == TODAY + timedelta(days=10)


def test_days_without_work_come_again() -> None:
    """Seven days of work in fourteen: what is left takes twice as many days as it has work."""
    done = {ago(2 * n): 10 for n in range(1, 8)}
    left = time_left(left=100, done=done, today=TODAY)
    assert left is not None
    assert left.until == TODAY + timedelta(days=20)


def test_uneven_days_give_a_range() -> None:
    """Mean 10, deviation 5, three days: 10 -+ 1.886 * 5 / sqrt(3) = 4.555 and 15.445 a day."""
    done = {ago(3): 5, ago(2): 10, ago(1): 15}
    left = time_left(left=100, done=done, today=TODAY)
    assert left is not None
    assert left.soonest == TODAY + timedelta(days=7)  # 100 / 15.445 = 6.5
    assert left.until == TODAY + timedelta(days=10)
    assert left.latest == TODAY + timedelta(days=22)  # 100 / 4.555 = 21.95


def test_days_that_differ_too_much_have_no_latest() -> None:
    left = time_left(left=100, done={ago(3): 1, ago(2): 1, ago(1): 40}, today=TODAY)
    assert left is not None
    assert left.latest is None


def test_nobody_can_tell_from_two_days_from_today_alone_or_for_centuries() -> None:
    assert time_left(left=5, done={ago(2): 9, ago(1): 9}, today=TODAY) is None
    assert time_left(left=5, done={ago(2): 9, ago(1): 9, TODAY: 9}, today=TODAY) is None
    assert time_left(left=10**6, done={ago(n): 1 for n in range(1, 8)}, today=TODAY) is None
    assert time_left(left=0, done={ago(n): 9 for n in range(1, 8)}, today=TODAY) is None


def test_steps_are_the_growth_from_one_end_to_the_next() -> None:
    ends = [(ago(3), 10), (ago(2), 14), (ago(1), 13)]
    assert steps(ends) == {ago(2): 4, ago(1): -1}
