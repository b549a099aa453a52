"""No name of an image does harm as the name of a file."""

from __future__ import annotations

import pytest

from apps.exchange.domain.naming import FileNames, safe_name, with_suffix_of


def test_files_of_one_name_are_told_apart_whatever_case_and_ending() -> None:
    wanted = [
        "a.jpg",
        "A.JPG",
        "a-3.jpg",
        "a.png",
        "cafe\u0301.png",
        "caf\u00e9.png",
        "ﬁ.x",
        "fi.x",
    ]
    names = FileNames()
    assert [names.give(name, number=n) for n, name in enumerate(wanted, start=1)] == [
        "a.jpg", "A-2.JPG", "a-3.jpg", "a-4.png",
        "caf\u00e9.png", "caf\u00e9-6.png", "ﬁ.x", "fi-8.x",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\x.jpg", "C_x.jpg"),
        ("..", "image"),
        ("", "image"),
        (" . ", "image"),
        ("con", "_con"),
        ("NUL.jpg", "_NUL.jpg"),
        ("com¹.txt", "_com¹.txt"),
        ("console.jpg", "console.jpg"),
        ("a\x00b\n.jpg", "a_b_.jpg"),
        ("gpj.\u202eexe", "gpj._exe"),
        ("x" * 300 + ".jpg", "x" * 146 + ".jpg"),
        ("🦊.png", "🦊.png"),
        ("🦊" * 100 + ".png", "🦊" * 49 + ".png"),
        ("a.jpg. . ", "a.jpg"),
    ],
)
def test_no_name_leaves_its_folder(name: str, safe: str) -> None:
    assert safe_name(name) == safe
    assert safe_name(safe) == safe


@pytest.mark.parametrize(
    ("name", "media_type", "named"),
    [
        ("a.JPEG", "image/jpeg", "a.JPEG"),
        ("a.tif", "image/png", "a.png"),
        ("a", "image/webp", "a.webp"),
        ("a.b", "image/gif", "a.gif"),
    ],
)
def test_an_image_has_the_ending_of_its_bytes(name: str, media_type: str, named: str) -> None:
    assert with_suffix_of(name, media_type) == named
