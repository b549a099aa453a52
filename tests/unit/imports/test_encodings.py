"""How a list was saved is found out from all of it; what fits nothing costs its own lines."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.imports.domain.encodings import Encoding, as_utf8, find_encoding
from apps.imports.domain.rows import ListRefused

ROAD = "https://x.org/straße.jpg\nhttps://x.org/été €.jpg\n"
PLAIN = "https://x.org/a.jpg\nhttps://x.org/b.jpg\n"
KANA = "https://x.org/さくらカメラ.jpg\n"
LATE = PLAIN * 20_000 + ROAD


def pieces(data: bytes, size: int = 5) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"", "utf-8"),
        (PLAIN.encode(), "utf-8"),
        (ROAD.encode(), "utf-8"),
        (codecs.BOM_UTF8 + PLAIN.encode(), "utf-8"),
        (KANA.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + ROAD.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + ROAD.encode("utf-16-be"), "utf-16-be"),
        (ROAD.encode("utf-16-le"), "utf-16-le"),
        (ROAD.encode("utf-16-be"), "utf-16-be"),
        (KANA.encode("utf-16-le"), "utf-16-le"),
        (ROAD.encode("cp1252"), "windows-1252"),
        ("https://x.org/straße.jpg".encode("latin-1"), "windows-1252"),
        (LATE.encode("cp1252"), "windows-1252"),
        # One pair of Western letters that happens to be a letter of UTF-8, among many that do not.
        ((ROAD * 3 + "Ã¼").encode("cp1252"), "windows-1252"),
        # One damaged line does not make a UTF-8 list another's.
        (ROAD.encode() + b"https://x.org/\xe9.jpg", "utf-8"),
        ("https://x.org/üü.jpg\n".encode() + b"https://x.org/\xe9.jpg", "utf-8"),
        (KANA.encode("shift-jis"), "utf-8"),
        (b"https://x.org/a\0b.jpg\n" * 5, "utf-8"),
    ],
)
def test_an_encoding_is_found(data: bytes, encoding: str) -> None:
    assert find_encoding(pieces(data)) == encoding
    assert find_encoding([data]) == encoding


def test_utf_32_is_refused_by_name() -> None:
    with pytest.raises(ListRefused, match="UTF-32"):
        find_encoding([PLAIN.encode("utf-32")])


@given(
    text=st.text(st.characters(exclude_characters="\r\ufeff", exclude_categories=["Cs"])),
    encoding=st.sampled_from([Encoding.UTF_8, Encoding.UTF_16_LE, Encoding.UTF_16_BE]),
    size=st.integers(1, 9),
    marked=st.booleans(),
)
def test_whatever_the_encoding_the_text_is_the_same(
    text: str, encoding: Encoding, size: int, marked: bool
) -> None:
    data = (("\ufeff" if marked else "") + text).encode(encoding)
    assert b"".join(as_utf8(pieces(data, size), encoding)).decode() == text


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_line_ends_of_all_systems(size: int) -> None:
    data = b"a\r\nb\rc\n\r\n\rd\r"
    assert b"".join(as_utf8(pieces(data, size), Encoding.UTF_8)) == b"a\nb\nc\n\n\nd\n"


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_half_letters_stay_no_letters(size: int) -> None:
    lone = "a\n\ud800\nb\ud800".encode("utf-16-le", "surrogatepass") + b"x"
    lines = b"".join(as_utf8(pieces(lone, size), Encoding.UTF_16_LE)).split(b"\n")
    assert lines[0] == b"a"
    for damaged in lines[1:]:
        with pytest.raises(UnicodeDecodeError):
            damaged.decode()


def test_bytes_that_windows_does_not_know_stay_none() -> None:
    assert b"".join(as_utf8([b"\xe9\x81"], Encoding.WINDOWS_1252)) == b"\xc3\xa9\x81"
