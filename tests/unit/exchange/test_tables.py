"""CSV as a program reads it, and as a spreadsheet must not."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from apps.datasets.domain.cells import BOM
from apps.exchange.domain.options import ExportOptions
from apps.exchange.domain.records import Asked
from apps.exchange.domain.tables import Table
from tests.unit.exchange.entries import ELL, RECT, asked, entry, given, placed, settled, source

META = {"big": 2**63 - 1, "ž": [None, {"deep": [-(2**63), 0.1 + 0.2]}]}


def read(task: Asked, *spans: dict[str, Any], which: Any = "final", **said: Any) -> list[Any]:
    table = Table(ExportOptions("csv", which))
    whole = entry(task, settled(*spans, **said), [given(*spans, **said)])
    data = table.head() + table.rows(placed(whole, split="val"))
    text = data.decode("utf-8-sig")
    assert data.startswith(BOM.encode())
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_a_row_for_each_shape_and_one_for_none() -> None:
    first, second = read(asked(meta=META), RECT, {**ELL, "attributes": {"hidden": True}})
    assert [first[key] for key in ("x", "y", "width", "height")] == ["10.25", "20.5", "4.0", "2.5"]
    assert (first["label"], first["type"], second["label"]) == ("yield", "rect", "old")
    assert json.loads(second["points"]) == ELL["points"]
    assert json.loads(second["span_attributes"]) == {"hidden": True}
    assert json.loads(first["meta"]) == META
    assert (first["split"], first["image_width"]) == ("val", "200")
    (none,) = read(asked())
    assert (none["answer"], none["x"], none["label"]) == ("accept", "", "")


def test_ids_of_options_keep_their_type() -> None:
    options = [{"id": 1, "text": "one"}, {"id": "1", "text": "=1"}]
    (row,) = read(asked(interface="choice", options=options), accept=["1"])
    assert json.loads(row["accept"]) == ["1"]
    assert json.loads(row["options"]) == options


def test_everybody_has_a_row() -> None:
    final, answer = read(asked(extra={"id": "row-7"}), which="both", answer="reject")
    assert (final["annotator"], answer["annotator"]) == ("", "p1")
    assert json.loads(final["review"])["origin"] == "agreed"
    assert (answer["review"], answer["timestamp"]) == ("", "1700000000")
    assert json.loads(answer["more"]) == {"id": "row-7"}


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'"]
)
def test_nothing_is_run_by_a_spreadsheet(start: str) -> None:
    evil = f'{start}cmd|"/c calc"!A1,\r\nx'
    (row,) = read(asked(label=evil, source=source(address=evil)), {**RECT, "label": evil})
    assert row["question"] == row["image"] == row["label"] == f"'{evil}"
