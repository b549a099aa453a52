"""The keys by which somebody labels: those that everybody starts with, and a person's own.

A key is named as `KeyboardEvent.key` in lower case, with `Ctrl+` (Cmd on a Mac) and `Shift+` in
front, so that a letter is the one printed on the key whatever the layout of the keyboard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

DEFAULT_KEYS: dict[str, str] = {
    "accept": "a",
    "reject": "x",
    "ignore": " ",
    "nothing": "n",
    "block": "q",
    "back": "backspace",
    "skip": "Shift+s",
    "flag": "m",
    "threads": "Shift+m",
    "save": "s",
    "guideline": "g",
    "history": "r",
    "fit": "f",
    "actual_size": "Shift+f",
    "zoom_selection": "z",
    "zoom_in": "+",
    "zoom_out": "-",
    "box": "b",
    "polygon": "p",
    "freehand": "d",
    "select": "v",
    "hide": "h",
    "conceal": "Shift+h",
    "attributes": "e",
    "lock": "k",
    "to_front": "pageup",
    "to_back": "pagedown",
    "tags": "t",
    "place": "Shift+b",
    "look": "i",
    "reset_look": "Shift+i",
    "take": "y",
    "next_corner": ".",
    "previous_corner": ",",
    "label_search": "/",
    "delete": "delete",
    "undo": "Ctrl+z",
    "redo": "Ctrl+Shift+z",
    "copy": "Ctrl+c",
    "paste": "Ctrl+v",
    "duplicate": "Ctrl+d",
    "copy_previous": "l",
    "select_all": "Ctrl+a",
}

NAME = re.compile(r"(Ctrl\+)?(Shift\+)?(.|[a-z][a-z0-9]{1,14})", re.DOTALL)
NAMED_KEYS = frozenset(
    {"backspace", "delete", "insert", "home", "end", "pageup", "pagedown"}
    | {f"f{number}" for number in (2, 4, 6, 7, 8, 9, 10)}
)
FIXED_KEYS = frozenset({"?", "Ctrl+s", *"0123456789"})
"""Help, save, and the digits of labels and options; Enter, Escape, Tab and arrows have no name."""

BROWSER_KEYS = frozenset("fhjklmnopqrtuw+-")
"""With Ctrl these belong to the browser, which does not even tell a page of some of them."""


class BindingError(ValueError):
    """Why keys are refused: `faults` holds a sentence by action."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(str(faults))
        self.faults = faults


def bindings_of(own: Mapping[str, str]) -> dict[str, str]:
    """Return the key of every action; empty where it has none.

    Where a release brings an action whose default key somebody uses already, theirs stays.
    """
    taken = set(own.values())
    return {
        action: own.get(action, "" if default in taken else default)
        for action, default in DEFAULT_KEYS.items()
    }


def check_bindings(wanted: Any) -> dict[str, str]:
    """Return what differs from the defaults; raises BindingError with every fault named.

    An empty key leaves an action without one. No two actions may have the same.
    """
    if not isinstance(wanted, dict):
        raise BindingError({"": "This must be an object of actions and their keys."})
    faults = {
        action: fault
        for action, key in wanted.items()
        if (fault := _fault_of(key, action=action)) is not None
    }
    if faults := faults or _shared_keys({**DEFAULT_KEYS, **wanted}):
        raise BindingError(faults)
    return {action: key for action, key in wanted.items() if key != DEFAULT_KEYS[action]}


def _fault_of(key: Any, *, action: str) -> str | None:
    if action not in DEFAULT_KEYS:
        return "There is no such action."
    match = NAME.fullmatch(key) if isinstance(key, str) else None
    if match is None:
        return None if key == "" else "This is no key."
    return next((fault for wrong, fault in _faults(match, action=action) if wrong), None)


def _faults(match: re.Match[str], *, action: str) -> Iterator[tuple[bool, str]]:
    key, (ctrl, shift, name) = match[0], match.groups()
    character = len(name) == 1
    letter = name.upper() != name.lower()
    odd = not name.isprintable() or name != name.lower() or ord(name[0]) > 0xFFFF
    yield odd, "This is no key."
    yield not character and name not in NAMED_KEYS, "This key cannot be used."
    yield bool({key, name} & FIXED_KEYS), "This key has a meaning of its own."
    yield bool(ctrl) and name in BROWSER_KEYS, "The browser keeps this key for itself."
    yield (
        name == " " and bool(ctrl or shift or action == "hide"),
        "Space held moves the image; it can only be tapped, and alone.",
    )
    yield (
        character and bool(shift) and not letter,
        "Shift makes another character of this key; name that one.",
    )


def _shared_keys(keys: Mapping[str, str]) -> dict[str, str]:
    """Say of every action whose key an earlier one has which one that is."""
    first: dict[str, str] = {}
    faults = {}
    for action, key in keys.items():
        other = first.setdefault(key, action)
        if key and other != action:
            faults[action] = f"This is the key of {other} already."
    return faults
