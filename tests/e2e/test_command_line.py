"""The verbs of `concord`, the program, at a running instance, as somebody gives them one after the
other."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.pages import unique
from tests.servers.images import ImageServer, picture
from tests.servers.scripting import Script


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for n in range(1, 5):
        (folder / f"{n}.jpg").write_bytes(picture(n))
    return folder


def told(script: Script, *arguments: str, **more: str) -> list[str]:
    """The lines that a command prints that goes well, quietly otherwise."""
    done = script.concord(*arguments, **more)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    return done.stdout.splitlines()


def answer_all(script: Script, name: str, **said: Any) -> None:
    while tasks := script.ask("POST", f"datasets/{name}/next/", {"count": 4})["tasks"]:
        for task in tasks:
            body = {"answer": "accept", "lease": task["lease"], **said}
            script.ask("POST", f"tasks/{task['id']}/answer/", body)


def test_from_a_folder_to_a_file_of_boxes(script: Script, photos: Path, tmp_path: Path) -> None:
    name = unique("street")
    url = f"{script.stack.address}/datasets/{name}"
    settings = ("--overlap", "1", "--review", "none")
    assert told(script, "image.manual", name, str(photos), "--label", "STOP", *settings) == [
        "4 images sent: 4 new.",
        url,
    ]
    again = told(script, "image.manual", name, str(photos / "1.jpg"), "--label", "STOP,YIELD")
    assert again == ["Nothing new: 1 image sent, all in the dataset already.", url]
    made = script.ask("GET", f"datasets/{name}/")
    assert [label["name"] for label in made["labels"]] == ["STOP", "YIELD"]
    box = {"type": "rect", "x": 1.5, "y": 2, "width": 20, "height": 30.25, "label": "YIELD"}
    answer_all(script, name, spans=[box])
    assert told(script, "progress", name) == [f"{name}: 4 of 4 final (100%)"]
    assert told(script, "stats", name)[2] == "Answers: 4 accept, 0 reject, 0 ignore"
    target = tmp_path / "coco.json"
    told(script, "export", name, "--format", "coco", "--output", str(target))
    boxes = [row["bbox"] for row in json.loads(target.read_text())["annotations"]]
    assert boxes == [[1.5, 2, 20, 30.25]] * 4
    lines = [json.loads(line) for line in told(script, "db-out", name)]
    assert [line["image"] for line in lines] == [f"{n}.jpg" for n in range(1, 5)]


def test_questions_about_images_that_lie_elsewhere(
    script: Script, image_server: ImageServer, tmp_path: Path
) -> None:
    mark, choice, tasks = unique("mark"), unique("choice"), tmp_path / "tasks.jsonl"
    first, second, third = (f"{image_server.address}/ok/{n}.jpg" for n in (1, 2, 3))
    (tmp_path / "list.txt").write_text(f"{first}\n{second}\n")
    lines = told(script, "mark", mark, str(tmp_path / "list.txt"), third, "--label", "A cat?")
    assert lines[0] == "3 images sent: 3 new."
    assert script.ask("GET", f"datasets/{mark}/")["question"] == "A cat?"
    options = ("--option", "ray:Aviator", "--option", "Cat eye")
    told(script, "choice", choice, first, *options, "--multiple", "--review", "none")
    tasks.write_text(json.dumps({"image": second, "accept": ["ray"], "known": [2**60]}) + "\n")
    assert told(script, "db-in", choice, str(tasks))[0] == "1 line sent: 1 new."
    told(script, "choice", choice, third, "--option", "new:Newcomer")
    answer_all(script, choice, accept=["Cat eye", "ray"])
    [_, line, _] = [json.loads(line) for line in told(script, "db-out", choice)]
    assert (line["accept"], line["known"]) == (["ray", "Cat eye"], [2**60])
    assert [option["id"] for option in line["options"]] == ["ray", "Cat eye", "new"]


def test_what_was_agreed_goes_into_another_dataset(script: Script, photos: Path) -> None:
    name, merged = unique("one"), unique("merged")
    settings = ("--label", "A", "--overlap", "1", "--review", "none")
    told(script, "image.manual", name, str(photos / "1.jpg"), *settings)
    box = {"type": "rect", "x": 1.5, "y": 2, "width": 20, "height": 30.25, "label": "A"}
    answer_all(script, name, spans=[box])
    assert told(script, "db-merge", name, merged)[0] == "1 task sent: 1 new."
    (task,) = script.ask("POST", f"datasets/{merged}/next/", {"count": 1})["tasks"]
    assert task["suggestions"][0]["spans"][0]["height"] == 30.25


def test_images_are_put_into_groups(script: Script, photos: Path) -> None:
    name = unique("grid")
    told(script, "image-choice", name, str(photos), "--label", "Cats?", "--group", "2")
    tasks = script.ask("POST", f"datasets/{name}/next/", {"count": 4})["tasks"]
    assert [len(task["images"]) for task in tasks] == [2, 2]
    assert script.ask("GET", f"datasets/{name}/")["question"] == "Cats?"


def test_a_dataset_is_put_away(script: Script, photos: Path) -> None:
    name = unique("gone")
    told(script, "mark", name, str(photos / "1.jpg"))
    assert told(script, "archive", name)[0] == f"{name} is archived."
    rows = json.loads(told(script, "datasets", "--json")[0])
    assert {row["dataset"]: row["archived"] for row in rows}[name]
    refused = script.concord("drop", name, typed="no\n")
    assert (refused.returncode, refused.stdout) == (2, "")
    done = script.concord("drop", name, typed=f"{name}\n")
    assert (done.returncode, done.stdout.splitlines()[0][: len(name) + 11]) == (
        0,
        f"{name} is deleted",
    )
    gone = script.concord("stats", name)
    assert gone.stderr == f"There is no dataset {name!r}, or you may not see it.\n"
