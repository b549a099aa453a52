"""Which slots go and come when a task is to get more or fewer answers."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as some

from apps.tasks.domain.fitting import Refit, Standing, refit, unused_numbers

STATES = ("free", "withheld", "leased", "submitted")


def standings(*states: str) -> list[Standing]:
    """Slots with these states; a star marks one in surplus."""
    return [
        Standing(n, state.removesuffix("*"), state.endswith("*")) for n, state in enumerate(states)
    ]


def fitted(overlap: int, *states: str) -> Refit:
    return refit(standings(*states), overlap=overlap, taken=range(len(states)))


def test_raising_adds_the_lowest_free_numbers() -> None:
    assert fitted(4, "submitted", "free") == Refit(add=(2, 3))
    gap = [Standing(0, "submitted"), Standing(3, "free")]
    assert refit(gap, overlap=4, taken={0, 2, 3}) == Refit(add=(1, 4))
    assert unused_numbers(set(), -1) == []


def test_lowering_takes_free_slots_first_and_no_lease() -> None:
    assert fitted(1, "free", "leased", "free") == Refit(remove=(0, 2))
    assert fitted(1, "leased", "submitted", "free") == Refit(remove=(2,), into_surplus=(0,))
    assert fitted(2, "free", "withheld", "submitted") == Refit(remove=(0,))
    assert fitted(1, "submitted", "submitted", "withheld") == Refit(remove=(2,))


def test_raising_again_needs_what_was_in_surplus() -> None:
    assert fitted(3, "submitted", "leased*", "leased*") == Refit(out_of_surplus=(1, 2))
    assert fitted(2, "submitted*", "leased", "leased*") == Refit(out_of_surplus=(0,))
    assert fitted(1, "leased*", "leased") == Refit()


@given(
    states=some.lists(some.sampled_from([*STATES, "leased*", "submitted*"]), max_size=8),
    overlap=some.integers(1, 8),
)
def test_a_task_has_its_overlap_or_its_answers_and_a_second_time_changes_nothing(
    states: list[str], overlap: int
) -> None:
    before = standings(*states)
    needs = refit(before, overlap=overlap, taken=range(len(states)))
    after = [
        Standing(slot.n, slot.state, _surplus(slot, needs))
        for slot in before
        if slot.n not in needs.remove
    ] + [Standing(n, "free") for n in needs.add]

    counted = Counter(slot.state for slot in after if not slot.surplus)
    assert sum(counted.values()) == max(
        overlap, states.count("submitted") + states.count("submitted*")
    )
    assert {slot.state for slot in after if slot.surplus} <= {"leased"}
    kept = {slot.n for slot in after}
    assert kept >= {slot.n for slot in before if slot.state in ("leased", "submitted")}
    assert refit(after, overlap=overlap, taken=kept) == Refit()


def _surplus(slot: Standing, needs: Refit) -> bool:
    return slot.n in needs.into_surplus or (slot.surplus and slot.n not in needs.out_of_surplus)
