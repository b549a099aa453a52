"""`concord convert` where Datumaro is not there, and what it refuses before it is asked.

What Datumaro then writes, tests/jobs/exchange/test_peers.py looks at.
"""

from __future__ import annotations

import sys
import types
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from concord.client.cli import cli


def convert(*arguments: object) -> str:
    """What the command says on standard error when it does nothing."""
    done = CliRunner().invoke(cli, ["convert", *map(str, arguments)])
    assert done.exit_code == 2
    return done.stderr


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "datumaro", types.ModuleType("datumaro"))


def test_without_datumaro_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "datumaro", None)
    said = convert(tmp_path / "a.zip", "--to", "kitti", "--output", tmp_path / "out")
    assert "pip install 'concord[formats]'" in said


def test_an_unknown_format_is_told_with_those_that_are_known(tmp_path: Path) -> None:
    said = convert(tmp_path / "a.zip", "--to", "gif", "--output", tmp_path / "out")
    assert "'gif' is none of the formats: datumaro, kitti" in said


def test_nothing_is_written_over(tmp_path: Path) -> None:
    said = convert(tmp_path / "a.zip", "--to", "kitti", "--output", tmp_path)
    assert "is there already" in said


@pytest.mark.usefixtures("installed")
def test_what_is_no_coco_export_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    wanted = (file, "--to", "kitti", "--output", tmp_path / "out")
    assert "cannot be read as a zip" in convert(*wanted)
    file.write_bytes(b"no zip")
    assert "cannot be read as a zip" in convert(*wanted)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("train.json", "{}")
    assert "is no COCO export" in convert(*wanted)
    assert not (tmp_path / "out").exists()
