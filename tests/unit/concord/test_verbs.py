"""The verbs of the command at a server that says what a test has written down."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import typer
from typer.testing import CliRunner, Result

from concord.client.cli import cli
from tests.servers.images import picture
from tests.unit.concord.scripted import (
    DATASET,
    IMAGES,
    IMPORTS,
    Scripted,
    an_import,
    scripted_for_commands,
)

DOOR = f"/api/datasets/{UUID(int=1)}/"
JOB = {"id": str(UUID(int=7)), "state": "done", "done": 3, "total": 3, "error": ""}
PROGRESS = {
    "tasks": {"total": 40, "open": 10, "answered": 0, "conflicted": 0, "final": 30},
    "answers": {"accept": 60, "reject": 5, "ignore": 1},
    "people": [],
}
CHOICE = {**DATASET, "slug": "street", "interface": "choice", "labels": []}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scripted]:
    with scripted_for_commands(monkeypatch) as one:
        one.says("GET /api/datasets/cats/", (404, {"code": "not_found", "detail": "Nothing."}))
        one.says("POST /api/datasets/", (201, DATASET))
        one.says(IMAGES, (202, an_import(done=1)))
        one.says(IMPORTS, (202, an_import(done=2)))
        one.says(f"GET {DOOR}progress/", (200, PROGRESS))
        yield one


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    (tmp_path / "1.jpg").write_bytes(picture(1))
    return tmp_path / "1.jpg"


def concord(*arguments: Any, typed: str = "") -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments)], input=typed)


def asked_for(server: Scripted) -> dict[str, Any]:
    """The dataset that was to be made."""
    [made] = server.asked("POST /api/datasets/")
    body: dict[str, Any] = made.json
    assert (body.pop("name"), body.pop("slug")) == ("cats", "cats")
    return body


def test_image_manual_makes_a_dataset_with_labels(
    server: Scripted, photo: Path, tmp_path: Path
) -> None:
    (tmp_path / "labels.txt").write_text("C\n\n A \nD E\n")
    labels = ("--label", "A, B,,A", "--label", tmp_path / "labels.txt")
    done = concord(
        "image.manual", "cats", photo, *labels, "--overlap", "2", "--review", "conflicts"
    )
    assert done.exit_code == 0, done.output
    assert done.stdout == f"1 image sent: 1 new.\n{server.address}/datasets/street\n"
    assert asked_for(server) == {
        "interface": "image_manual",
        "labels": ["A", "B", "C", "D E"],
        "overlap": 2,
        "review_policy": "conflicts",
    }


def test_what_is_named_is_told_apart_by_how_it_is_written(
    server: Scripted, photo: Path, tmp_path: Path
) -> None:
    (tmp_path / "list.csv").write_text("url\nhttps://example.org/2.jpg\n")
    addresses = ["https://example.org/1.jpg", "s3://bucket/street/"]
    done = concord(
        "image.manual", "street", photo, tmp_path / "list.csv", *addresses, "--no-fetch", "--json"
    )
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == {
        "dataset": "street",
        "id": str(UUID(int=1)),
        "url": f"{server.address}/datasets/street",
        "counts": {"done": 5, "duplicate": 0, "failed": 0, "cancelled": 0, "total": 5},
        "failures": [],
        "not_sent": {},
    }
    listed, named = server.asked(IMPORTS)
    assert b'name="fetch"\r\n\r\nreference\r\n' in listed.body
    assert b"name=\"file\"; filename*=UTF-8''list.csv" in listed.body
    assert named.json == {"urls": addresses, "fetch": "reference"}
    assert len(server.asked(IMAGES)) == 1


def test_lists_without_waiting(server: Scripted, tmp_path: Path) -> None:
    (tmp_path / "list.jsonl").write_text('{"image": "https://example.org/2.jpg"}\n')
    server.says(IMPORTS, (202, an_import("reading")))
    done = concord("db-in", "street", tmp_path / "list.jsonl", "--no-wait", "--as", "answers")
    assert done.stdout.startswith("All sent; they are being brought in.\n")
    assert b'name="unknown_label"\r\n\r\nrefuse\r\n' in server.asked(IMPORTS)[0].body
    assert b'name="as"\r\n\r\nanswers\r\n' in server.asked(IMPORTS)[0].body
    machine = concord("db-in", "street", tmp_path / "list.jsonl", "--no-wait", "--json")
    assert json.loads(machine.stdout)["counts"] == {}


def test_mark_asks_one_question(server: Scripted, photo: Path) -> None:
    assert concord("mark", "cats", photo, "--label", "Is it a cat?").exit_code == 0
    assert asked_for(server) == {"interface": "classification", "labels": ["Is it a cat?"]}


def test_choice_offers_options(server: Scripted, photo: Path) -> None:
    options = ("ray:Aviator: gold", "Cat eye", "1: One", "0:", "007:Bond", "1999")
    given = [part for option in options for part in ("--option", option)]
    assert concord("choice", "cats", photo, *given, "--multiple").exit_code == 0
    assert asked_for(server) == {
        "interface": "choice",
        "choice_style": "multiple",
        "options": [
            {"id": "ray", "text": "Aviator: gold"},
            {"id": "Cat eye", "text": "Cat eye"},
            {"id": 1, "text": "One"},
            {"id": 0, "text": "0"},
            {"id": "007", "text": "Bond"},
            {"id": "1999", "text": "1999"},
        ],
    }


def test_image_choice_puts_images_into_groups(
    server: Scripted, photo: Path, tmp_path: Path
) -> None:
    compose = f"POST {DOOR}compose/"
    server.says(compose, (202, JOB))
    question = ("--label", "Which ones are cats?")
    assert concord("image-choice", "cats", photo, *question, "--group", "4").exit_code == 0
    assert asked_for(server) == {"interface": "image_choice", "question": "Which ones are cats?"}
    assert [each.json for each in server.asked(compose)] == [{"size": 4}]
    (tmp_path / "groups.jsonl").write_text("{}\n")
    assert concord("image-choice", "cats", tmp_path / "groups.jsonl", *question).exit_code == 0
    assert len(server.asked(compose)) == 1, "a list of tasks has groups of its own"
    assert concord("image-choice", "cats", photo, *question).exit_code == 0
    assert server.asked(compose)[1].json == {"size": 9}


def test_db_out_writes_to_standard_output_or_to_a_file(server: Scripted, tmp_path: Path) -> None:
    server.says(f"POST {DOOR}exports/", (202, JOB))
    server.says(f"GET /api/exports/{UUID(int=7)}/file/", (200, b'{"answer":"accept"}\n'))
    done = concord("db-out", "street", "--which", "both")
    assert (done.exit_code, done.stdout) == (0, '{"answer":"accept"}\n')
    assert server.asked(f"POST {DOOR}exports/")[0].json == {"format": "jsonl", "which": "both"}
    target = tmp_path / "out.jsonl"
    assert concord("db-out", "street", target).stdout == ""
    assert target.read_text() == '{"answer":"accept"}\n'
    done = concord("export", "street", "--format", "coco", "--output", target)
    assert done.stdout == f"20 bytes in {target}.\n"
    done = concord("export", "street", "--format", "coco", "--output", target, "--json", "--images")
    assert server.asked(f"POST {DOOR}exports/")[-1].json["images"] is True
    assert json.loads(done.stdout) == {"dataset": "street", "file": str(target), "size": 20}
    for verb in (["db-out", "street"], ["export", "street", "--format", "csv", "--output", target]):
        assert concord(*verb, "--snapshot", "v 1").exit_code == 0
        assert server.asked(f"POST {DOOR}exports/")[-1].json["snapshot"] == "v 1"


def test_db_merge_brings_answers_into_one(server: Scripted) -> None:
    other = {**DATASET, "id": str(UUID(int=2)), "labels": [{"name": "new", "retired": False}]}
    server.says("GET /api/datasets/other/", (200, other))
    line = {"image": "https://example.org/1.jpg", "spans": [{"label": "new"}], "answer": "accept"}
    uploaded = {**line, "image": "2.jpg", "_image_url": "/api/images/2/file/", "width": 5}
    page = {"cursor": "c", "more": False}
    server.says(f"GET {DOOR}answers/?which=final&limit=100", (200, {**page, "results": [uploaded]}))
    others = f"GET /api/datasets/{UUID(int=2)}/answers/?which=final&limit=100"
    server.says(others, (200, {**page, "results": [line]}))
    server.says("GET /api/images/2/file/", (200, picture(2)))
    done = concord("db-merge", "street, other", "cats")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("2 tasks sent: 2 new.\n")
    assert asked_for(server) == {"interface": "image_manual", "labels": ["sign", "new"]}
    [asked] = server.asked(IMPORTS)
    first, second = asked.json["tasks"]
    assert first["image"].startswith("data:image/jpeg;base64,")
    assert first.keys() == {"image", "spans"}
    assert second == {"image": "https://example.org/1.jpg", "spans": [{"label": "new"}]}
    server.says("GET /api/datasets/other/", (200, {**other, "interface": "choice"}))
    refused = concord("db-merge", "street,other", "cats")
    assert refused.stderr == "These ask different things: choice, image_manual.\n"


def test_stats_and_progress_count(server: Scripted) -> None:
    assert concord("stats", "street").stdout.splitlines() == [
        "Street",
        "Tasks: 40 total, 10 open, 0 answered, 0 conflicted, 30 final",
        "Answers: 60 accept, 5 reject, 1 ignore",
        f"{server.address}/datasets/street",
    ]
    assert json.loads(concord("stats", "street", "--json").stdout)["tasks"]["final"] == 30
    page = {"next": None, "results": [DATASET, {**DATASET, "slug": "b", "id": str(UUID(int=2))}]}
    server.says("GET /api/datasets/?limit=100", (200, page))
    none = {"tasks": {"total": 0, "final": 0}}
    server.says(f"GET /api/datasets/{UUID(int=2)}/progress/", (200, none))
    lines = concord("progress").stdout.splitlines()
    assert lines == ["street: 30 of 40 final (75%)", "b: 0 of 0 final (no tasks)"]
    assert json.loads(concord("progress", "street", "--json").stdout) == [
        {"dataset": "street", "final": 30, "tasks": 40}
    ]


def test_datasets_are_listed(server: Scripted) -> None:
    odd = {**DATASET, "name": "[red]\x1b[31m", "archived_at": "2026-01-01T00:00:00Z"}
    server.says("GET /api/datasets/?limit=100", (200, {"next": None, "results": [DATASET, odd]}))
    told = concord("datasets").stdout
    assert "Street" in told
    assert "[red]\\x1b[31m" in told
    assert told.count("archived") == 1
    rows = json.loads(concord("datasets", "--json").stdout)
    assert [row["archived"] for row in rows] == [False, True]


def test_archive_and_back(server: Scripted) -> None:
    server.says(f"PATCH {DOOR}", (200, DATASET))
    assert concord("archive", "street").stdout.startswith("street is archived.\n")
    assert concord("archive", "street", "--undo").stdout.startswith("street is at work again.\n")
    assert [each.json for each in server.asked(f"PATCH {DOOR}")] == [
        {"archived": True},
        {"archived": False},
    ]


@pytest.mark.parametrize("typed", ["", "yes\n", "Street\n"])
def test_nothing_is_deleted_unless_its_name_is_typed(server: Scripted, typed: str) -> None:
    done = concord("drop", "street", typed=typed)
    assert done.exit_code == 2
    assert "This deletes street with 40 tasks." in done.stderr
    assert done.stderr.endswith(" Nothing was deleted.\n")
    assert server.asked(f"DELETE {DOOR}") == []


@pytest.mark.parametrize(("arguments", "typed"), [([], "street\n"), (["--yes"], "")])
def test_a_dataset_is_deleted(server: Scripted, arguments: list[str], typed: str) -> None:
    server.says(f"DELETE {DOOR}", (204, b""))
    done = concord("drop", "street", *arguments, typed=typed)
    assert (done.exit_code, len(server.asked(f"DELETE {DOOR}"))) == (0, 1)
    assert "For 30 days it can be brought back." in done.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["stats", "nowhere"], "There is no dataset 'nowhere', or you may not see it."),
        (
            ["image.manual", "street", "/no/where", "--label", "sign"],
            "Not there, or not to be read",
        ),
        (["image.manual", "street", "/no/where.csv"], "Not there, or not to be read"),
        (["mark", "street", "x.jpg"], "The dataset 'street' is there already, with the interface"),
        (["db-in", "street", "/no/where.jsonl"], "Not there, or not to be read: /no/where.jsonl"),
    ],
)
def test_what_cannot_be_done_is_one_line(server: Scripted, arguments: list[str], told: str) -> None:
    nowhere = (404, {"code": "not_found", "detail": "Nothing."})
    server.says("GET /api/datasets/nowhere/", nowhere)
    done = concord(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(told)
    assert done.stderr.count("\n") == 1


def test_every_verb_explains_itself_with_an_example() -> None:
    for name, command in typer.main.get_command(cli).commands.items():  # type: ignore[attr-defined]  # a group's
        told = concord(name, "--help")
        assert told.exit_code == 0
        if name not in {"up", "merge", "vote", "agreement"}:
            assert "Example: " in (command.help or ""), name
