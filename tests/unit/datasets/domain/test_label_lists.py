"""Lists of labels in the forms in which people have them."""

from __future__ import annotations

from typing import Any

import pytest

from apps.datasets.domain.label_lists import read_label_list


def said(text: str) -> list[tuple[int, dict[str, Any]]]:
    return [(row.line, dict(row.label)) for row in read_label_list(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (" \n\n", []),
        ("stop\n\n yield \r\n", [(1, {"name": "stop"}), (3, {"name": "yield"})]),
        ("a, b,\nc", [(1, {"name": "a"}), (1, {"name": "b"}), (2, {"name": "c"})]),
        ("\ufeffstop", [(1, {"name": "stop"})]),
        ("a,#FF0000\nb", [(1, {"name": "a", "colour": "#FF0000"}), (2, {"name": "b"})]),
        (
            "Label;Color;Key\nstop;#ff0000;1\n\nhalt;;",
            [(2, {"name": "stop", "colour": "#ff0000", "key": "1"}), (4, {"name": "halt"})],
        ),
        (
            'name\tattributes\nstop\t"[{""name"": ""old"", ""kind"": ""checkbox""}]"',
            [(2, {"name": "stop", "attributes": [{"name": "old", "kind": "checkbox"}]})],
        ),
        ('name,colour\n"a, b",#ff0000', [(2, {"name": "a, b", "colour": "#ff0000"})]),
        (
            '["stop", {"name": "yield", "color": "#ff0000", "id": "x", "key": null}]',
            [(1, {"name": "stop"}), (2, {"name": "yield", "colour": "#ff0000"})],
        ),
        ('{"labels": ["stop"]}', [(1, {"name": "stop"})]),
        ('{"name": "stop"}', [(1, {"name": "stop"})]),
    ],
)
def test_what_it_is_in_shows_by_itself(text: str, found: list[tuple[int, dict[str, Any]]]) -> None:
    assert said(text) == found


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        ('["a",\n]', 2, "JSON"),
        ("[1]", 1, "neither"),
        ('{"labels": 3}', 1, "no list"),
        ("name,attributes\nstop,[{", 2, "no JSON"),
    ],
)
def test_what_cannot_be_read_says_where(text: str, line: int, fault: str) -> None:
    (row,) = read_label_list(text)
    assert row.line == line
    assert fault in row.fault
