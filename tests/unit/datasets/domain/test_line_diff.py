"""What changed between two texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from apps.datasets.domain.line_diff import Line, changed_lines

texts = st.lists(st.sampled_from("abcd"), max_size=30).map("\n".join)


def test_changes_stand_among_the_lines_around_them() -> None:
    before = "one\ntwo\nthree\nfour\nfive"
    after = "one\ntwo\nthree\nfour, or more\nfive"
    assert changed_lines(before, after) == [
        Line("skipped"),
        Line("same", "two"),
        Line("same", "three"),
        Line("removed", "four"),
        Line("added", "four, or more"),
        Line("same", "five"),
    ]


def test_equal_texts_differ_in_nothing() -> None:
    assert changed_lines("a\nb", "a\nb") == []


@given(texts, texts)
def test_nothing_that_was_added_or_removed_is_missing(before: str, after: str) -> None:
    lines = changed_lines(before, after)
    balance = len([x for x in lines if x.change == "added"]) - len(
        [x for x in lines if x.change == "removed"]
    )
    assert balance == len(after.splitlines()) - len(before.splitlines())
