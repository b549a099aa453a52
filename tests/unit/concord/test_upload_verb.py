"""`concord upload` at a server that says what a test has written down."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from typer.testing import CliRunner, Result

from concord.client import uploading
from concord.client.cli import cli
from concord.client.forms import FileToSend
from concord.client.terminal import Bar
from concord.client.uploading import MOST_BYTES, MOST_FILES, requests_of
from tests.unit.concord.scripted import (
    IMAGES,
    IMPORT,
    Scripted,
    an_import,
    scripted_for_commands,
)

PNG = b"\x89PNG\r\n\x1a\n"
FIRST = f"GET /api/imports/{IMPORT}/"
FAILURES = f"{FIRST}failures/"
FAILED_ROWS = f"{FIRST}rows/?state=failed&limit=500"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scripted]:
    with scripted_for_commands(monkeypatch) as one:
        yield one


def upload(*arguments: Any) -> Result:
    return CliRunner().invoke(cli, ["upload", "street", *map(str, arguments)])


def images(folder: Path, count: int) -> Path:
    folder.mkdir(exist_ok=True)
    for n in range(count):
        (folder / f"{n}.png").write_bytes(PNG + str(n).encode())
    return folder


def a_file(size: int) -> FileToSend:
    return FileToSend(Path(), "a.jpg", size)


def test_a_request_is_bounded_by_files_and_by_bytes() -> None:
    small, large = a_file(1), a_file(MOST_BYTES // 2)
    assert [len(batch) for batch in requests_of([small] * (2 * MOST_FILES + 1))] == [1000, 1000, 1]
    assert [len(batch) for batch in requests_of([large, large, large])] == [2, 1]
    huge = a_file(3 * MOST_BYTES)
    assert [*requests_of([small, huge, small])] == [[small], [huge], [small]]
    assert [*requests_of([])] == []


def test_more_than_a_request_takes_becomes_several_imports(
    server: Scripted, tmp_path: Path
) -> None:
    server.says(
        IMAGES,
        (202, an_import("running", total=1000, done=0)),
        (202, an_import(number=3, done=2, duplicate=1)),
    )
    server.says(FIRST, (200, an_import("running", total=1000)), (200, an_import(done=1000)))
    done = upload(images(tmp_path / "walk", MOST_FILES + 3))
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        "1,003 images sent: 1,002 new, 1 in the dataset already.",
        f"{server.address}/datasets/street",
    ]
    first, second = server.asked(IMAGES)
    assert first.key != second.key
    assert first.body.count(b'name="files"') == 1000
    assert second.body.count(b'name="paths"\r\n\r\nwalk/100') == 3


def test_what_failed_is_grouped_and_named(server: Scripted, tmp_path: Path) -> None:
    server.says(IMAGES, (202, an_import(done=1, failed=13, cancelled=1)))
    reasons = [{"code": "bad", "count": 12, "reason": "It is\x1b[31m bad."}]
    reasons += [{"code": "large", "count": 1, "reason": "It is too large."}]
    rows = [{"url": f"upload:walk/{n}.png", "code": "bad"} for n in range(12)]
    rows += [{"url": "upload:walk/\x1b]0;owned\x07.png", "code": "large"}]
    server.says(FAILURES, (200, {"results": reasons}))
    server.says(FAILED_ROWS, (200, {"results": rows}))
    done = upload(images(tmp_path / "walk", 15))
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "15 images sent: 1 new, 13 failed, 1 cancelled.",
        "12 failed: It is\\x1b[31m bad.",
        *[f"  walk/{n}.png" for n in range(10)],
        "  and 2 more",
        "1 failed: It is too large.",
        "  walk/\\x1b]0;owned\\x07.png",
        f"{server.address}/datasets/street",
    ]


def test_without_waiting_nobody_asks_how_it_went(server: Scripted, tmp_path: Path) -> None:
    server.says(IMAGES, (202, an_import("running", total=2)))
    done = upload("--no-wait", images(tmp_path / "walk", 2))
    assert done.exit_code == 0
    assert done.stdout.startswith("2 images sent; they are being brought in.\n")
    assert not [each for each in server.requests if "imports" in each.what]


def test_a_file_that_changed_is_left_and_the_others_go_as_another_deed(
    server: Scripted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = images(tmp_path / "walk", 3)
    looked = uploading.reason_to_leave

    def look(file: FileToSend) -> str | None:
        (folder / "1.png").write_bytes(PNG + b"now longer")
        return looked(file)

    monkeypatch.setattr(uploading, "reason_to_leave", look)
    server.says(IMAGES, (202, an_import(done=2)))
    done = upload(folder)
    assert done.exit_code == 1
    assert "1 not sent: It changed while it was sent.\n  walk/1.png\n" in done.stdout
    assert server.asked(IMAGES)[-1].body.count(b'name="files"') == 2


@pytest.mark.parametrize(
    ("state", "told"),
    [("paused", "The import was paused."), ("failed", "The import failed: disk\\x1b")],
)
def test_an_import_that_does_not_go_on_is_told(
    server: Scripted, tmp_path: Path, state: str, told: str
) -> None:
    server.says(IMAGES, (202, an_import("running", total=1)))
    server.says(FIRST, (200, {**an_import(state, total=1), "error": "disk\x1b"}))
    done = upload(images(tmp_path / "walk", 1))
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(told)
    assert done.stderr.count("\n") == 1


def test_a_server_that_takes_in_less_than_was_sent_is_not_believed(
    server: Scripted, tmp_path: Path
) -> None:
    server.says(IMAGES, (202, an_import(done=2)))
    done = upload(images(tmp_path / "walk", 3))
    assert done.exit_code == 2
    assert done.stderr == "The server took in only 2 of 3 files of a request.\n"


def test_where_there_is_no_image_nothing_is_sent(server: Scripted, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Grey.")
    done = upload(tmp_path)
    assert done.exit_code == 2
    assert done.stderr == "There is no image to send.\n"
    assert f"  {tmp_path.name}/notes.txt" in done.stdout
    assert server.asked(IMAGES) == []


def test_a_terminal_sees_a_bar_that_goes_away(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    bar = Bar()
    bar.show("Sending", 1, 2)
    bar.show("Bringing in", 3, 4)
    bar.clear()
    told = capsys.readouterr().err
    assert "Sending" in told
    assert "3/4" in told
    assert told.endswith("\x1b[2K"), "the last line is wiped out"


def test_where_nobody_looks_nothing_is_shown(capsys: Any) -> None:
    bar = Bar()
    bar.show("Sending", 1, 2)
    bar.clear()
    assert capsys.readouterr().err == ""


def test_stopping_says_what_becomes_of_the_rest(
    server: Scripted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("concord.client.dataset.wait", stop)
    server.says(IMAGES, (202, an_import("running", total=1)))
    done = upload(images(tmp_path / "walk", 1))
    assert done.exit_code == 130
    assert done.stderr.startswith("Stopped.")
    assert UUID(server.asked(IMAGES)[0].key)
