"""Lists that were made by accident or malice: each bad line is refused by its number, all others
are read, and what is no list is refused by name."""

import codecs
import gzip
import io
import json
import tracemalloc
import zipfile

import pytest

from apps.imports.domain import streams, unpacking
from apps.imports.domain.encodings import find_encoding
from apps.imports.domain.readers import read_list
from apps.imports.domain.unpacking import text_bytes
from tests.unit.imports.test_readers import A, B, C, loads, read, refusal

GOOD = f"{A}\n%s\n{B}\n"
TASK = json.dumps({"image": A})
TASKS = f"{TASK}\n" * 499 + "%s\n" + TASK
BOTH = [(1, A), (3, B)]


def numbers(rows: list) -> list[tuple]:
    """Line, and code or address."""
    return [row[:2] for row in rows]


@pytest.mark.parametrize("data", [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, b"\n\r\n \r  \n"])
@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.json", "a.jsonl", "a.txt.gz"])
def test_f1_nothing_in_it(data: bytes, name: str) -> None:
    packed = gzip.compress(data) if name.endswith(".gz") else data
    assert read(packed, name) == []


ROAD = "https://x.org/straße.jpg"


@pytest.mark.parametrize(
    "saved",
    [
        codecs.BOM_UTF8 + f"{ROAD}\r\n{B}".encode(),
        codecs.BOM_UTF16_LE + f"{ROAD}\r\n{B}\r\n".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + f"{ROAD}\n{B}\n".encode("utf-16-be"),
        f"{ROAD}\r{B}\r".encode("utf-16-le"),
        f"{ROAD}\n{B}".encode("utf-16-be"),
        f"{ROAD}\r\n{B}".encode("latin-1"),
        f"{ROAD}\r{B}".encode("cp1252"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_f2_any_encoding_and_line_end(saved: bytes, packed: bool) -> None:
    data = gzip.compress(saved) if packed else saved
    assert read(data, "list.txt.gz" if packed else "list.txt") == [(1, ROAD), (2, B)]


@pytest.mark.parametrize(
    ("middle", "code"),
    [
        (b"https://x.org/\xff\xfe.jpg", "not_utf8"),
        ("https://x.org/さくら.jpg".encode("shift-jis"), "not_utf8"),
        ("https://x.org/\ud83d.jpg".encode("utf-8", "surrogatepass"), "not_utf8"),
        (b"https://x.org/\0.jpg", "not_text"),
    ],
)
def test_f2_bytes_that_are_no_text_cost_their_line(middle: bytes, code: str) -> None:
    start, end = f"{ROAD}éé\n".encode(), f"\n{B}".encode()
    assert read(start + middle + end) == [(1, f"{ROAD}éé"), (2, code), (3, B)]


def test_f2_a_lone_surrogate_in_utf_16_costs_its_line() -> None:
    data = f"{A}\nhttps://x.org/\ud800.jpg\n{B}".encode("utf-16-le", "surrogatepass")
    assert read(data) == [(1, A), (2, "not_utf8"), (3, B)]


def test_f2_a_table_in_windows_1252() -> None:
    data = f"url;größe\r\n{A};fünf\r\n{B};sechs\r\n".encode("cp1252")
    assert read(data, "list.csv") == [
        (2, A, {"meta": {"größe": "fünf"}}), (3, B, {"meta": {"größe": "sechs"}}),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl", "a.txt.gz"])
def test_f4_a_long_list_is_never_held(name: str) -> None:
    """6,000 lines are 200 kB as they stand; what is held of them is a chunk or two."""
    line = {"a.csv": f"{A},cat\n", "a.jsonl": f"{TASK}\n"}.get(name, f"{A}\n").encode()
    block = line * 50
    blocks = [gzip.compress(block) if name.endswith(".gz") else block] * 120
    tracemalloc.start()
    found = find_encoding(text_bytes(iter(blocks), name=name))
    rows = read_list(iter(blocks), name=name, loads=loads, encoding=found).rows
    assert sum(1 for _ in rows) == 6_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100_000


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl"])
def test_f5_one_line_of_fifty_megabytes(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MAX_LINE", 1000)
    data = (TASK + "\n%s\n" + TASK if name == "a.jsonl" else GOOD) % ("https://x.org/" * 200)
    assert [row[0] for row in read(data, name)] == [1, 2, 3]
    assert read(data, name)[1] == (2, "line_too_long")


class TestF8Tables:
    def test_quotes_with_line_ends_and_separators_inside(self) -> None:
        data = f'url,note\r\n{A},"two\r\nlines, a ""word"""\r\n{B},5" screen\r\n'
        assert read(data, "a.csv") == [
            (2, A, {"meta": {"note": 'two\nlines, a "word"'}}),
            (4, B, {"meta": {"note": '5" screen'}}),
        ]

    @pytest.mark.parametrize("mark", [";", "\t", "|"])
    def test_commas_within_addresses(self, mark: str) -> None:
        odd = "https://x.org/a,b,c.jpg"
        data = f"cat{mark}{odd}\ndog{mark}{B}\n"
        assert numbers(read(data, "a.csv")) == [(1, odd), (2, B)]

    def test_one_column(self) -> None:
        odd = "https://x.org/a,b.jpg"
        assert read(f"url\n{odd}\n{B}\n", "a.csv") == [(2, odd), (3, B)]

    def test_the_separator_that_excel_names(self) -> None:
        assert read(f"sep=;\r\nurl;n\r\n{A};1,5\r\n", "a.csv") == [(3, A, {"meta": {"n": "1,5"}})]

    @pytest.mark.parametrize("size", [7, 4096])
    def test_an_unclosed_quote_costs_its_line(self, size: int) -> None:
        rest = "".join(f"https://x.org/{n}.jpg\n" for n in range(2000))
        rows = read(f'url\n{A}\n"{B}\n{rest}', "a.csv", size=size)
        assert numbers(rows[:3]) == [(2, A), (3, "bad_csv"), (4, "https://x.org/0.jpg")]
        assert len(rows) == 2002

    def test_an_unclosed_quote_at_the_end(self) -> None:
        assert numbers(read(f'url,n\n{A},"x\n{B},y', "a.csv")) == [(2, "bad_csv"), (3, B)]

    def test_bad_bytes_within_a_quoted_cell(self) -> None:
        data = f'url,n\n{B},"é\n\0"\n{A},é\n'.encode()
        assert numbers(read(data, "a.csv")) == [(2, "not_text"), (3, "not_text"), (4, A)]

    def test_ten_thousand_columns(self) -> None:
        names = ",".join(f"c{n}" for n in range(9_999))
        ((line, url, said),) = read(f"url,{names}\n{A},{names}\n", "a.csv", size=4096)
        assert (line, url, len(said["meta"])) == (2, A, 9_999)
        assert refusal("url" + ",x" * 10_000, "a.csv") == "too_many_columns"

    def test_names_missing(self) -> None:
        assert read(f"1,{A}\n2,{B}\n", "a.csv", url_field="column_2") == [
            (1, A, {"meta": {"column_1": "1"}}), (2, B, {"meta": {"column_1": "2"}}),
        ]  # fmt: skip

    def test_names_twice(self) -> None:
        assert read(f"url,n\n{A},1\nurl,n\n{B},2\n", "a.csv") == [
            (2, A, {"meta": {"n": "1"}}), (3, "repeated_header"), (4, B, {"meta": {"n": "2"}}),
        ]  # fmt: skip
        assert read(f"url,url,n,n\n{A},{B},1,2\n", "a.csv") == [
            (2, A, {"meta": {"url_2": B, "n": "1", "n_4": "2"}}),
        ]  # fmt: skip

    def test_formulas_are_text(self) -> None:
        data = f'url,n\n{A},"=HYPERLINK(""http://evil"")"\n=1+1,x\n'
        assert read(data, "a.csv") == [
            (2, A, {"meta": {"n": '=HYPERLINK("http://evil")'}}), (3, "not_a_url"),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("head", "row"),
        [
            ("source,photo", f"Flickr,{A}"),
            ("id,where", f"7,{A}"),
            ("link,image", f"https://x.org/page,{A}"),
            ("URL,path", f"{A},https://x.org/b.jpg"),
        ],
    )
    def test_the_column_of_addresses_is_found(self, head: str, row: str) -> None:
        assert numbers(read(f"{head}\n{row}\n", "a.csv")) == [(2, A)]

    def test_cells_pasted_from_a_spreadsheet(self) -> None:
        table = [(2, A, {"meta": {"n": "1"}}), (3, B, {"meta": {"n": "2"}})]
        for mark in "\t,;":
            assert read(f"n{mark}url\n1{mark}{A}\n2{mark}{B}\n", "pasted.txt") == table
        odd = "https://x.org/a,b;c.jpg"
        assert read(f"{odd}\n{B}", "pasted.txt") == [(1, odd), (2, B)]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        TASK + ",",
        '{"image": "' + A + '", "n": NaN}',
        '{"image": "' + A + '", "n": 1e400}',
        '{"image": "' + A + '", "a": 1, "a": 2}',
        '{"image": "' + A + '", "a": ' + "[" * 100_000,
        '{"image": "' + A + '", "a": "\\ud800"}',
    ],
)
def test_f9_a_bad_line_500(line: str) -> None:
    rows = read(TASKS % line, "a.jsonl", size=5000)
    assert numbers(rows) == [*((n, A) for n in range(1, 500)), (500, "bad_json"), (501, A)]


def test_f9_an_array_at_the_top() -> None:
    assert numbers(read(f"[{TASK},\n{TASK},\n]", "a.jsonl")) == [(1, A), (2, A)]
    assert numbers(read(f"{TASK}\n[{TASK}]\n{TASK}", "a.jsonl")) == [
        (1, A), (2, "not_an_object"), (3, A),
    ]  # fmt: skip


def packed_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("list.txt"), A)
    return out.getvalue()


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    ("data", "name", "word"),
    [
        (packed_zip(), "a.zip", "archive"),
        (packed_zip(), "a.csv", "archive"),
        (packed_zip(), "a.xlsx", "spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "spreadsheet"),
        (b"\xff\xd8\xff\xe0....", "a.txt", "image"),
        (b"%PDF-1.7 ....", "a.csv", "PDF"),
        (b"<!DOCTYPE html><p>Log in", "a.csv", "web page"),
        (gzip.compress(b"x" * 100, mtime=0), "a.txt.gz", "packed twice"),
    ],
)
def test_f10_what_is_no_list_is_refused_by_name(
    data: bytes, name: str, word: str, packed: bool
) -> None:
    if word == "packed twice" or packed:
        data = gzip.compress(data)
    with pytest.raises(unpacking.ListRefused, match=word):
        read(data, name)


class TestF10Gzip:
    def test_several_members(self) -> None:
        packed = gzip.compress(f"{A}\n".encode()) + gzip.compress(f"{B}\n".encode())
        assert read(packed, "list.txt.gz") == [(1, A), (2, B)]

    def test_damage(self) -> None:
        packed = gzip.compress(f"{A}\n{B}\n{C}\n".encode())
        assert refusal(packed[:-9], "list.txt.gz") == "bad_gzip"
        assert refusal(packed[:20] + b"\0" + packed[21:], "list.txt.gz") == "bad_gzip"

    def test_a_bomb_is_refused_by_its_size(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(unpacking, "MAX_UNPACKED", 10_000)
        assert refusal(gzip.compress(b"#" * 1_000_000), "list.gz") == "too_large"

    def test_a_bomb_is_refused_by_its_ratio(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(unpacking, "RATIO_FROM", 100_000)
        assert refusal(gzip.compress(b"#" * 1_000_000), "list.gz") == "too_large"

    def test_a_regular_list_is_no_bomb(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(unpacking, "RATIO_FROM", 0)
        lines = "".join(f"https://images.example.org/{n:06}.jpg\n" for n in range(10_000))
        assert len(read(gzip.compress(lines.encode()), "list.gz", size=4096)) == 10_000


def test_f11_other_columns_are_only_text() -> None:
    keys = ["<b>", "__proto__", "constructor", "id", "project"]
    meta = dict.fromkeys(keys, "<img onerror=alert(1)>")
    cells = ",".join(meta.values())
    ((_, _, said),) = read(f"url,{','.join(keys)}\n{A},{cells}\n", "a.csv")
    assert said == {"meta": meta}
    ((_, _, said),) = read(json.dumps({"image": A, **meta}), "a.jsonl")
    assert said == {"extra": meta}
    long = "x" * 1_000_000
    ((_, _, said),) = read(f'url,n\n{A},"{long}"\n', "a.csv", size=4096)
    assert said == {"meta": {"n": long}}
