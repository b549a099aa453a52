"""Lists as people write them: each line is read or refused with its number; none stops the rest."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from apps.imports.domain import streams
from apps.imports.domain.encodings import find_encoding
from apps.imports.domain.readers import Reading, read_list
from apps.imports.domain.rows import ListRefused, RowRead, RowRefused
from apps.imports.domain.unpacking import text_bytes
from concord.http.strictjson import loads_strict

A, B, C = (f"https://example.org/{name}.jpg" for name in "abc")


def read(data: bytes | str, name: str = "list.txt", *, size: int = 7, url_field: str = "") -> list:
    """The rows as tuples, read in pieces of `size` bytes to cross every boundary."""
    body = data.encode() if isinstance(data, str) else data
    chunks = [body[at : at + size] for at in range(0, len(body), size)]
    opened = read_list(
        chunks,
        name=name,
        loads=loads,
        reading=Reading(url_field=url_field),
        encoding=find_encoding(text_bytes(chunks, name=name)),
    )
    return list(map(short, opened.rows))


def loads(text: str) -> Any:
    return loads_strict(text.encode())


def short(row: RowRead | RowRefused) -> tuple:
    if isinstance(row, RowRead):
        return (row.line, row.url, row.payload) if row.payload else (row.line, row.url)
    return (row.line, row.code)


def refusal(data: bytes | str, name: str = "list.txt", **options: str) -> str:
    with pytest.raises(ListRefused) as refused:
        read(data, name, **options)
    return refused.value.code


class TestPlain:
    def test_line_ends_blanks_and_comments(self) -> None:
        assert read(f"\ufeff{A}\r\n\n  {B}  \n# a comment\n{C}") == [(1, A), (3, B), (5, C)]

    def test_bad_lines_cost_themselves_alone(self) -> None:
        data = b"\n".join(
            ["https://x.org/ü.jpg".encode(),
             b"https://x.org/\xff.jpg", b"https://x.org/\0", b"www.x.org/a.jpg",
             b"file:///etc/passwd", b"https://me:secret@x.org/a", b"https:///a.jpg",
             b"https://x.org/a b.jpg", b"s3://photos", b"s3:///key", B.encode()]
        )  # fmt: skip
        assert read(data) == [
            (1, "https://x.org/ü.jpg"),
            (2, "not_utf8"), (3, "not_text"), (4, "not_a_url"), (5, "unsupported_scheme"),
            (6, "credentials_in_url"), (7, "not_a_url"), (8, "not_a_url"), (9, "no_key"),
            (10, "no_bucket"), (11, B),
        ]  # fmt: skip

    def test_refused_credentials_are_not_kept(self) -> None:
        opened = read_list([b"https://me:secret@x.org/a"], name="a.txt", loads=json.loads)
        assert "secret" not in repr(list(opened.rows))

    def test_s3_keys_are_taken_as_they_stand(self) -> None:
        lines = ["s3://photos/a b%20+c.jpg", "s3://photos/", "s3://photos/a/*.jpg?", "s3://b/ü/"]
        assert read("\n".join(lines)) == list(enumerate(lines, start=1))

    def test_overlong_line_is_skipped_as_it_streams(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(streams, "MAX_LINE", 100)
        assert read(f"{A}\nhttps://x.org/{'y' * 200}\n{B}") == [
            (1, A), (2, "line_too_long"), (3, B),
        ]  # fmt: skip

    @pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\r\n  \n"])
    @pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.json", "a.jsonl"])
    def test_nothing_in_it(self, data: bytes, name: str) -> None:
        assert read(data, name) == []


class TestTables:
    def test_named_columns_become_meta(self) -> None:
        data = f'id,Image,"shot, at"\r\n7,{A},"noon\nor so"\r\n8,{B},\r\n'
        assert read(data, "list.csv") == [
            (2, A, {"meta": {"id": "7", "shot, at": "noon\nor so"}}),
            (4, B, {"meta": {"id": "8"}}),
        ]

    def test_chosen_column(self) -> None:
        data = f"url,photo\n{A},{B}\n"
        assert read(data, "list.csv", url_field="photo") == [(2, B, {"meta": {"url": A}})]
        assert refusal(data, "list.csv", url_field="picture") == "no_such_column"

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_delimiters_and_missing_header(self, delimiter: str) -> None:
        data = f"cat{delimiter}{A}\ndog{delimiter}{B}\n"
        assert read(data, "list.tsv") == [
            (1, A, {"meta": {"column_1": "cat"}}), (2, B, {"meta": {"column_1": "dog"}}),
        ]  # fmt: skip

    def test_ragged_and_repeated_columns(self) -> None:
        data = f"url,a,a\n{A}\n{B},1,2,3\n"
        assert read(data, "list.csv") == [
            (2, A), (3, B, {"meta": {"a": "1", "a_3": "2", "column_4": "3"}}),
        ]  # fmt: skip

    def test_bad_records_cost_themselves_alone(self) -> None:
        data = f"url,x\n{A},ü\n".encode() + b"https://x.org/\xff,2\n,3\n" + f"{B},4\n".encode()
        assert [row[:2] for row in read(data, "list.csv")] == [
            (2, A), (3, "not_utf8"), (4, "no_url"), (5, B),
        ]  # fmt: skip

    def test_no_column_of_addresses(self) -> None:
        assert refusal("a,b\n1,2\n", "list.csv") == "no_url_column"


class TestTasks:
    def test_known_parts_and_unknown_keys(self) -> None:
        task = {
            "image": A, "spans": [{"x": 1}], "options": [{"id": 1, "text": "a"}, {"id": "1"}],
            "label": "Sign?", "accept": [1, "1"], "meta": {"k": None}, "text": "ä", "_n": 2**62,
        }  # fmt: skip
        ((line, url, payload),) = read(json.dumps(task), "tasks.jsonl")
        assert (line, url) == (1, A)
        assert payload == {
            "spans": [{"x": 1}], "options": [{"id": 1, "text": "a"}, {"id": "1"}],
            "label": "Sign?", "accept": [1, "1"], "meta": {"k": None},
            "extra": {"text": "ä", "_n": 2**62},
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            ('{"image": "' + A + '",}', "bad_json"),
            ('{"image": "' + A + '", "score": NaN}', "bad_json"),
            ('{"image": "' + A + '", "score": 1e400}', "bad_json"),
            ('{"image": "' + A + '", "a": 1, "a": 2}', "bad_json"),
            ("[" * 100_000, "bad_json"),
            ('{"url": 7}', "bad_field"),
            ("{}", "no_url"),
            ("7", "not_an_object"),
            ('{"image": "' + A + '", "spans": {}}', "bad_field"),
            ('{"image": "' + A + '", "spans": [7]}', "bad_field"),
            ('{"image": "' + A + '", "options": [{"id": true}]}', "bad_field"),
            ('{"image": "' + A + '", "options": [{"id": 1}, {"id": 1}]}', "duplicate_option"),
            ('{"image": "' + A + '", "accept": 1}', "bad_field"),
            ('{"image": "s3://b/f/", "spans": [{}]}', "bad_field"),
            (
                '{"options": [{"id": 1, "image": "s3://b/*"}, {"id": 2, "image": "s3://b/k"}]}',
                "bad_field",
            ),
        ],
    )
    def test_bad_line_between_good_ones(self, line: str, code: str) -> None:
        good = json.dumps({"image": A})
        assert read(f"{good}\n{line}\n\n{good}", "list.jsonl", size=5000) == [
            (1, A), (2, code), (4, A),
        ]  # fmt: skip

    def test_array_counts_elements_and_survives_bad_ones(self) -> None:
        data = (
            f'[{{"image": "{A}", "t": "a ] , \\" }} b"}},\n {{"image": 1}}, "{B}" , '
            f'{{"image": "{C}", }}, {{"image": "{C}"}}]'
        )
        assert read(data, "named.txt") == [
            (1, A, {"extra": {"t": 'a ] , " } b'}}), (2, "bad_field"), (3, B), (4, "bad_json"),
            (5, C),
        ]  # fmt: skip

    def test_array_cut_short(self) -> None:
        assert read(f'["{A}", {{"image": "{B}"', "a.json") == [(1, A), (2, "bad_json")]

    def test_nothing_after_an_array_is_passed_over(self) -> None:
        assert read(f'["{A}"]\n["{B}"]', "a.jsonl") == [(1, A), (2, "not_an_object")]

    def test_json_is_recognised_whatever_the_name(self) -> None:
        line = json.dumps({"image": A})
        for name in ("a.json", "a.jsonl", "a.txt", "pasted"):
            assert read(f" {line}\n{line}", name) == [(1, A), (2, A)]


def test_a_million_lines_are_never_held() -> None:
    def endless() -> Iterator[bytes]:
        for n in range(10**9):
            yield f"https://x.org/{n}.jpg\n".encode()

    rows = read_list(endless(), name="list.txt", loads=json.loads).rows
    assert [next(rows).line for _ in range(3)] == [1, 2, 3]


def test_a_refused_line_shows_what_stood_there_unless_it_may_hold_a_password() -> None:
    lines = ["www.x.org/a.jpg", "ftp://x.org/a.jpg", "https://me:secret@x.org/a", "x" * 300]
    opened = read_list([line.encode() + b"\n" for line in lines], name="list.txt", loads=loads)
    shown = [row.url for row in opened.rows]
    assert shown == ["www.x.org/a.jpg", "ftp://x.org/a.jpg", "", "x" * 200]


class TestRanks:
    @pytest.mark.parametrize(
        ("said", "rank"),
        [
            ('"priority": 3, "score": 1', {"priority": 3, "score": 1.0}),
            ('"priority": -32767, "score": 0', {"priority": -32767, "score": 0.0}),
            ('"priority": null, "score": null', {}),
        ],
    )
    def test_numbers_rank_a_task_and_go_out_as_they_came(
        self, said: str, rank: dict[str, Any]
    ) -> None:
        ((_, _, payload),) = read(f'{{"image": "{A}", {said}}}', "tasks.jsonl")
        assert {name: part for name, part in payload.items() if name != "extra"} == rank
        assert payload["extra"] == json.loads(f"{{{said}}}")

    @pytest.mark.parametrize(
        "said",
        ['"priority": "high"', '"priority": 1.5', '"priority": 32768', '"priority": true',
         '"score": "0.5"', '"score": false', '"score": []'],
    )  # fmt: skip
    def test_what_is_no_number_is_refused(self, said: str) -> None:
        assert read(f'{{"image": "{A}", {said}}}', "tasks.jsonl") == [(1, "bad_field")]

    def test_columns_of_a_table_stay_what_they_were(self) -> None:
        data = f"url,priority,score\n{A},7,0.25\n{B},high,nan\n{C},99999,\n"
        assert read(data, "list.csv") == [
            (2, A, {"meta": {"priority": "7", "score": "0.25"}, "priority": 7, "score": 0.25}),
            (3, B, {"meta": {"priority": "high", "score": "nan"}}),
            (4, C, {"meta": {"priority": "99999"}}),
        ]  # fmt: skip
