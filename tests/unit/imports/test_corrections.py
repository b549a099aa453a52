"""Failed lines go out as a list, and come in again as they were."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.imports.domain.corrections import FailedLine, table_of, tasks_of
from apps.imports.domain.readers import read_list
from apps.imports.domain.rows import Row, RowRead

URL = "https://example.org/a.jpg"
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)


def read(text: str, name: str) -> list[Row]:
    return list(read_list([text.encode()], name=name, loads=json.loads).rows)


def failed(payload: dict | None = None, *, line: int = 7) -> FailedLine:
    return FailedLine(line, URL, payload or {}, "http_404", "There is nothing (404).")


def test_a_table_says_why() -> None:
    line = failed({"meta": {"place": "Kyiv, centre", "by": "Ann"}})
    assert "".join(table_of([line], columns=["by", "place"])) == (
        "\ufeffurl,by,place,import_line,import_code,import_reason\r\n"
        f'{URL},Ann,"Kyiv, centre",7,http_404,There is nothing (404).\r\n'
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_is_a_formula(start: str) -> None:
    line = failed({"meta": {"note": f"{start}cmd|calc"}})
    assert f",'{start}cmd|calc," in "".join(table_of([line], columns=["note"]))


@given(st.dictionaries(TEXTS, TEXTS))
def test_a_table_comes_back_as_it_was(meta: dict[str, str]) -> None:
    meta = {f"m{key.strip()}": value for key, value in meta.items()}
    text = "".join(table_of([failed({"meta": meta})], columns=sorted(meta)))
    (row,) = read(text, "failed.csv")
    assert isinstance(row, RowRead)
    assert (row.url, row.payload.get("meta", {})) == (URL, meta)


@pytest.mark.parametrize("name", ["url", "image", "URL", " Image url"])
@pytest.mark.parametrize("url", [URL, "www.example.org/a.jpg"])
def test_another_column_that_is_called_as_ours(name: str, url: str) -> None:
    """It holds an address, too, and ours may not be one: that is why its line failed."""
    meta = {name.strip(): "https://example.org/page"}
    line = FailedLine(7, url, {"meta": meta}, "http_404", "There is nothing (404).")
    text = "".join(table_of([line], columns=[*meta]))
    (row,) = read(text, "failed.csv")
    assert row.url == url
    assert row.payload["meta"] == meta


def test_tasks_come_back_as_they_were() -> None:
    payloads = [
        {"spans": [{"x": 1, "y": 2, "width": 3, "height": 4, "label": "stop"}], "meta": {"n": 1}},
        {"options": [{"id": 1, "text": "one"}], "accept": [1], "label": "stop"},
        {"extra": {"priority": 3, "mine": [None]}, "priority": 3},
        {"tiles": [{"image": URL, "upload": "", "option": {"id": n}} for n in (1, 2)]},
    ]
    lines = [failed(payload, line=n) for n, payload in enumerate(payloads, start=1)]
    rows = read("".join(tasks_of(lines)), "failed.jsonl")
    assert [row.payload for row in rows if isinstance(row, RowRead)] == payloads
