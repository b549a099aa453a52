"""Which keys people may give to which actions."""

from __future__ import annotations

from typing import Any

import pytest

from apps.annotators.key_bindings import (
    DEFAULT_KEYS,
    BindingError,
    bindings_of,
    check_bindings,
)


def test_the_defaults_pass_their_own_check_and_are_no_change() -> None:
    assert check_bindings(DEFAULT_KEYS) == {}
    assert bindings_of({}) == DEFAULT_KEYS


def test_two_actions_can_change_keys_with_each_other() -> None:
    own = check_bindings({"accept": "x", "reject": "a"})
    keys = bindings_of(own)
    assert (keys["accept"], keys["reject"], keys["ignore"]) == ("x", "a", " ")


@pytest.mark.parametrize("key", ["ö", "ж", "é", ";", "Shift+ж", "Ctrl+y", "f2", "Shift+home", ""])
def test_keys_of_any_layout_can_be_given(key: str) -> None:
    assert check_bindings({"flag": key}) == {"flag": key}


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("x", "already"),
        ("1", "of its own"),
        ("Shift+5", "of its own"),
        ("?", "of its own"),
        ("Ctrl+s", "of its own"),
        ("Ctrl+t", "browser"),
        ("Ctrl+Shift+n", "browser"),
        ("Shift+ ", "tapped"),
        ("escape", "cannot"),
        ("arrowup", "cannot"),
        ("enter", "cannot"),
        ("M", "no key"),
        ("\n", "no key"),
        ("👍", "no key"),
        ("Alt+m", "no key"),
        ("Shift+/", "another character"),
        ("x" * 100, "no key"),
        (7, "no key"),
        (None, "no key"),
    ],
)
def test_other_keys_are_refused_with_a_reason(key: Any, sentence: str) -> None:
    with pytest.raises(BindingError) as refused:
        check_bindings({"accept": key})
    assert sentence in refused.value.faults["accept" if key != "x" else "reject"]


def test_hiding_needs_a_key_that_can_be_held() -> None:
    with pytest.raises(BindingError):
        check_bindings({"hide": " ", "ignore": "h"})


@pytest.mark.parametrize("wanted", [[], "a", None, {"fly": "q"}])
def test_what_is_no_map_of_known_actions_is_refused(wanted: Any) -> None:
    with pytest.raises(BindingError):
        check_bindings(wanted)


def test_what_somebody_set_stays_when_a_release_wants_the_key_for_itself() -> None:
    keys = bindings_of({"flag": "b", "an action of the past": "q"})
    assert (keys["flag"], keys["box"]) == ("b", "")
    assert "an action of the past" not in keys
