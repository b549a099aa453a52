"""The recipes that come with the product, each run as a program at a running instance."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.pages import unique
from tests.servers.images import ImageServer, picture
from tests.servers.scripting import Script

RECIPES = Path(__file__).parents[2] / "deploy" / "recipes"
OURS = ("choice", "image_choice", "verify_labels", "correct_boxes", "judge_boxes", "follow")
MOST_LINES = 15


def lines_of_code(path: Path) -> int:
    """Lines that say something: no blank one, no comment, no docstring."""
    tree = ast.parse(path.read_text())
    tree.body = tree.body[1:] if ast.get_docstring(tree) else tree.body
    return len([line for line in ast.unparse(tree).splitlines() if line.strip()])


def cook(script: Script, recipe: str, *arguments: str) -> list[str]:
    done = script.python(str(RECIPES / f"{recipe}.py"), *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def tasks_of(script: Script, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = script.ask("POST", f"datasets/{name}/next/", {"count": 8})[
        "tasks"
    ]
    return found


def answer(script: Script, task: dict[str, Any], **said: Any) -> None:
    body = {"answer": "accept", "lease": task["lease"], **said}
    script.ask("POST", f"tasks/{task['id']}/answer/", body)


@pytest.fixture
def addresses(image_server: ImageServer) -> list[str]:
    return [f"{image_server.address}/ok/{n}.jpg" for n in range(1, 4)]


@pytest.mark.parametrize("recipe", OURS)
def test_a_recipe_is_short(recipe: str) -> None:
    assert lines_of_code(RECIPES / f"{recipe}.py") <= MOST_LINES


def test_choosing_out_of_a_catalogue(script: Script, addresses: list[str]) -> None:
    name = unique("shades")
    assert cook(script, "choice", name, *addresses) == [f"{script.stack.address}/datasets/{name}"]
    tasks = tasks_of(script, name)
    assert [task["meta"] for task in tasks] == [{"row": 0}, {"row": 1}, {"row": 2}]
    assert [option["id"] for option in tasks[0]["options"]] == ["aviator", "cat", "round", "square"]
    answer(script, tasks[0], accept=["round", "aviator"])
    answer(script, tasks[1], answer="reject")


def test_picking_among_three(script: Script, addresses: list[str]) -> None:
    name = unique("signs")
    cook(script, "image_choice", name, *addresses)
    (task,) = tasks_of(script, name)
    assert len(task["images"]) == 3
    answer(script, task, accept=[task["images"][1]["id"]])
    out = script.concord("db-out", name)
    assert json.loads(out.stdout)["accept"] == [1], "the id of the file, whole as it was"


def test_verifying_labels_and_following_the_answers(
    script: Script, addresses: list[str], tmp_path: Path
) -> None:
    name, kept = unique("sizes"), tmp_path / "cursor"
    cook(script, "verify_labels", name, *addresses)
    assert cook(script, "follow", name, str(kept)) == []
    tasks = tasks_of(script, name)
    assert [task["label"] for task in tasks] == ["small"] * 3
    assert [task["suggestions"][0]["model"] for task in tasks] == ["by-size"] * 3
    answer(script, tasks[0])
    answer(script, tasks[1], answer="reject")
    assert cook(script, "follow", name, str(kept)) == [
        f"accept {addresses[0]} {len(picture(1))}",
        f"reject {addresses[1]} {len(picture(2))}",
    ]
    answer(script, tasks[2], answer="ignore")
    assert cook(script, "follow", name, str(kept)) == [f"ignore {addresses[2]} {len(picture(3))}"]


def test_correcting_boxes(script: Script, addresses: list[str]) -> None:
    name = unique("street")
    cook(script, "correct_boxes", name, *addresses)
    tasks = tasks_of(script, name)
    (suggestion,) = tasks[0]["suggestions"]
    assert (suggestion["model"], suggestion["version"]) == ("finder", "1")
    places = [[span[key] for key in ("x", "y", "width", "height")] for span in suggestion["spans"]]
    assert places == [[30, 25, 20, 10], [56, 46, 8, 8]]
    assert [span["score"] for span in suggestion["spans"]] == [0.8, 0.3]
    assert len(tasks) == 3


def test_judging_boxes_one_by_one(script: Script, addresses: list[str], tmp_path: Path) -> None:
    name, finds = unique("boxes"), tmp_path / "finds.jsonl"
    boxes = [[30, 25, 20, 10], [56, 46, 8, 8]]
    lines = [json.dumps({"image": address, "boxes": boxes}) for address in addresses]
    finds.write_text("\n".join(lines))
    cook(script, "judge_boxes", name, str(finds))
    tasks = tasks_of(script, name)
    assert [len(task["spans"]) for task in tasks] == [1] * 6
    assert {tuple(task["spans"][0][key] for key in ("x", "y")) for task in tasks} == {
        (30, 25),
        (56, 46),
    }
