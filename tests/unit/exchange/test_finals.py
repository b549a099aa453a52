"""The content hash of final answers."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
from typing import Any

from msgspec.json import encode

from apps.exchange.domain.finals import ContentHash, digest_of, hash_of, row_of, without_review
from apps.exchange.domain.records import Asked, Entry, Provenance, Response, Settled, Source
from apps.exchange.snapshots.files import Head, SnapshotReader, write_snapshot

HOW = Provenance("agreed", False, {"accept": 2}, ["p1"], [], 0.5, "m/1", None, "at")


def entry(number: int, *, answer: str = "accept", how: Provenance = HOW) -> Entry:
    source = Source("https://x.org/ž.jpg", "ž.jpg", "ab", 200, 100)
    asked = Asked(
        id=f"t{number}",
        number=number,
        interface="choice",
        source=source,
        label="",
        options=[{"id": 1, "text": "one"}, {"id": "1", "text": "uno"}],
        meta={"big": 2**70, "small": 1e-7, "b": [None, True], "a": "🦊"},
        extra={},
        input_hash="cd",
        image=number,
        order_key=number,
    )
    return Entry(asked, Settled(Response(answer, [], [1, "1"], {}), how), given=())


def written(*entries: Entry) -> tuple[bytes, str]:
    file = io.BytesIO()
    found = write_snapshot(file, Head("s", "Signs", 3, []), entries)
    return file.getvalue(), found.hexdigest()


def test_a_digest_is_what_anybody_computes_from_a_line_of_jsonl() -> None:
    row = row_of(entry(1))
    assert row is not None
    line = {**row.line(), "_review": {"votes": 1}}
    plain = {key: value for key, value in line.items() if key != "_review"}
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    as_documented = text.replace("1e-07", "1e-7")  # the shortest form, as in JavaScript
    assert hashlib.sha256(as_documented.encode()).hexdigest() == row.digest
    assert digest_of(without_review(line)) == row.digest


def test_the_hash_does_not_depend_on_the_order_of_rows_nor_on_how_they_came_about() -> None:
    decided = Provenance("decided", True, {"reject": 2}, [], [], None, "m/2", "p3", "later")
    first, second = entry(1), entry(2)
    _, hashed = written(first, second)
    assert written(second, first)[1] == hashed
    assert written(entry(1, how=decided), second)[1] == hashed
    assert written(first)[1] != hashed
    assert written(first, entry(2, answer="reject"))[1] != hashed
    lines: Any = (row.line() for each in (second, first) if (row := row_of(each)))
    assert hash_of(lines) == hashed


def test_none_has_the_hash_of_nothing() -> None:
    assert written()[1] == hashlib.sha256(b"").hexdigest()


def test_a_file_gives_back_what_was_put_in_and_its_bytes_are_always_the_same() -> None:
    entries = [entry(1), Entry(entry(2).asked, None, given=()), entry(3)]
    data, _ = written(*entries)
    assert written(*entries)[0] == data
    reader = SnapshotReader(io.BytesIO(data))
    assert (reader.head.name, reader.head.version) == ("Signs", 3)
    found = ContentHash()
    kept = list(reader.entries(found))
    assert found.hexdigest() == written(*entries)[1]
    assert encode(kept) == encode([entries[0], entries[2]])
    rows = list(SnapshotReader(io.BytesIO(data)).rows())
    assert [row.place for row in rows] == [(1, "t1"), (3, "t3")]
    expected = row_of(entries[2])
    assert expected is not None
    assert (rows[1].digest, rows[1].line()) == (expected.digest, expected.line())
    assert len(gzip.decompress(data).splitlines()) == 3
