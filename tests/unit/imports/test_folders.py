"""Addresses that name folders of a bucket, and patterns of keys."""

import time

import pytest

from apps.imports.domain.folders import Folder, folder_of


@pytest.mark.parametrize(
    ("address", "folder"),
    [
        ("s3://b/", Folder("b", "")),
        ("S3://b/a b/ü/", Folder("b", "a b/ü/")),
        ("s3://b/a/*.jpg", Folder("b", "a/*.jpg")),
        ("s3://b/img?.jpg", Folder("b", "img?.jpg")),
        ("s3://b/*?versionId=x y", Folder("b", "*?versionId=x y")),
        ("s3://b/a.jpg", None),
        ("s3://b/a.jpg?versionId=v-1", None),
        ("s3://b/100%+x.jpg", None),
        ("https://x.org/a/", None),
        ("https://x.org/*.jpg?n=1", None),
    ],
)
def test_which_addresses_name_folders(address: str, folder: Folder | None) -> None:
    assert folder_of(address) == folder


@pytest.mark.parametrize(
    ("text", "prefix", "held", "others"),
    [
        ("", "", ["a.jpg", "a/b.jpg"], []),
        ("a/", "a/", ["a/b.jpg", "a/b/c.txt"], []),
        (
            "a/*.jpg",
            "a/",
            ["a/b.jpg", "a/b/c.jpg", "a/.jpg", "a/x\ny.jpg"],
            ["a/b.JPG", "a/b.jpgx"],
        ),
        ("a?.jpg", "a", ["ab.jpg", "a?.jpg", "aü.jpg"], ["a.jpg", "abc.jpg"]),
        ("*/in/*.png", "", ["x/in/a.png", "x/y/in/in/a.png"], ["in/a.png", "x/in/a.jpg"]),
        ("*/in/", "", ["x/in/a.png", "x/in/y/b"], ["in/a.png"]),
        ("a*b*b", "a", ["abb", "axbxb", "abxbb"], ["ab", "a"]),
        ("**a[1].jpg", "", ["a[1].jpg", "x/a[1].jpg"], ["a1.jpg"]),
    ],
)
def test_which_keys_they_hold(text: str, prefix: str, held: list[str], others: list[str]) -> None:
    folder = Folder("b", text)
    assert folder.prefix == prefix
    assert [key for key in held + others if folder.holds(key)] == held


def test_a_pattern_of_malice_takes_no_time() -> None:
    began = time.perf_counter()
    assert not Folder("b", "*a" * 200 + "b").holds("a" * 1024)
    assert time.perf_counter() - began < 1


def test_an_address_of_a_key_is_the_key() -> None:
    assert Folder("b", "a/").address_of("a/ ü+%20?*.jpg") == "s3://b/a/ ü+%20?*.jpg"
