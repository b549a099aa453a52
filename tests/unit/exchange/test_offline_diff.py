"""`concord diff`: two files of finals in, what differs out."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from apps.exchange.domain.finals import hash_of
from concord.client.cli import cli


def line(task: str, *boxes: tuple[float, str], **more: Any) -> dict[str, Any]:
    spans = [
        {"type": "rect", "x": x, "y": 10, "width": 40, "height": 20, "label": label}
        for x, label in boxes
    ]
    return {"_task_id": task, "answer": "accept", "spans": spans, **more}


BEFORE = [line("b", (10, "stop")), line("a"), line("c")]
AFTER = [line("d"), line("c", _review={"votes": 2}), line("b", (20, "yield"))]


def written(folder: Path, name: str, lines: list[Any]) -> str:
    data = "".join(f"{json.dumps(each)}\n" for each in lines).encode()
    path = folder / name
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return str(path)


def diff(*files: str) -> Any:
    result = CliRunner().invoke(cli, ["diff", *files])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_what_differs_is_told_whatever_the_order_of_lines(tmp_path: Path) -> None:
    said = [line("c", _annotator_id="p1", answer="reject"), *AFTER]
    before = written(tmp_path, "before.jsonl", BEFORE)
    found = diff(before, written(tmp_path, "after.jsonl.gz", said))
    assert [(each["task"], each["kind"]) for each in found["tasks"]] == [
        ("a", "removed"),
        ("b", "changed"),
        ("d", "added"),
    ]
    details = found["tasks"][1]["details"]
    assert [(each["kind"], each["iou"]) for each in details] == [
        ("relabelled", 0.6),
        ("moved", 0.6),
    ]
    assert found["counts"] == {
        "removed": 1,
        "changed": 1,
        "relabelled": 1,
        "moved": 1,
        "added": 1,
    }
    assert found["before"] == {"finals": 3, "content_sha256": hash_of(iter(BEFORE))}
    assert found["after"]["finals"] == 3
    assert diff(before, written(tmp_path, "again.jsonl", BEFORE[::-1]))["tasks"] == []
    out = tmp_path / "out.json"
    assert CliRunner().invoke(cli, ["diff", before, before, "--output", str(out)]).exit_code == 0
    assert json.loads(out.read_bytes())["counts"] == {}


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([line("a"), {"answer": "accept"}], "line 2: _task_id is needed"),
        ([line("a"), line("b"), line("a")], "line 3: line 1 is of the same task"),
        ([[1]], "line 1: not a JSON object"),
        ([line("b", meta=1), line("a") | {"spans": [{"type": "rect", "x": "1"}]}], "line 2: spans"),
        ([line("a") | {"spans": {"x": 1}}], "line 1: spans: a list is needed"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_place(
    tmp_path: Path, lines: list[Any], why: str
) -> None:
    files = written(tmp_path, "odd.jsonl", lines), written(tmp_path, "good.jsonl", [line("a", x=1)])
    result = CliRunner().invoke(cli, ["diff", *files])
    assert result.exit_code == 2
    assert why in result.output
    assert len(result.output.splitlines()) == 1


def test_a_broken_archive_or_no_file_at_all_is_told(tmp_path: Path) -> None:
    whole = Path(written(tmp_path, "whole.jsonl.gz", BEFORE))
    broken = tmp_path / "broken.jsonl.gz"
    broken.write_bytes(whole.read_bytes()[:-12])
    for name in (str(broken), str(tmp_path / "none.jsonl")):
        result = CliRunner().invoke(cli, ["diff", str(whole), name])
        assert result.exit_code == 2
        assert Path(name).name in result.output
