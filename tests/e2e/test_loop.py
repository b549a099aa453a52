"""The loop closed, end to end: answers teach a model in a process of its own, which gets better."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.e2e.pages import unique
from tests.servers.scripting import Script

ROOT = Path(__file__).resolve().parents[2]
PHOTOS = ROOT / "deploy" / "demo" / "photos"
TRUTH = {
    "plants": ("dandelions", "forest-road", "fig", "mountain-path", "dahlia"),
    "stone": ("colosseum", "gateway", "mysore-palace", "papal-palace", "petra"),
}
PARTS = 3
PATIENCE = 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Nine parts of each photo in a mixed order, their names ending in what they show."""
    parts = [
        (kind, name, column, row)
        for kind, names in TRUTH.items()
        for name in names
        for column in range(PARTS)
        for row in range(PARTS)
    ]
    random.Random(0).shuffle(parts)
    for n, (kind, name, column, row) in enumerate(parts):
        with Image.open(PHOTOS / f"{name}.jpg") as photo:
            width, height = photo.width // PARTS, photo.height // PARTS
            left, top = column * width, row * height
            part = photo.convert("RGB").crop((left, top, left + width, top + height))
        part.thumbnail((256, 256))
        part.save(tmp_path / f"{n:02}-{kind}.jpg")
    return tmp_path


def kind_of(task: dict[str, Any]) -> str:
    """What the person who answers sees."""
    name: str = task["image"]["name"]
    return name.rpartition("-")[2].removesuffix(".jpg")


def waiting(ask: Script, slug: str) -> dict[str, str]:
    """What nobody has answered, with what it shows."""
    rows = ask.ask("GET", f"datasets/{slug}/tasks/?state=open&limit=500")["results"]
    return {row["id"]: kind_of(row) for row in rows}


def answer(ask: Script, slug: str, count: int) -> None:
    """Answer as many images rightly."""
    shown = waiting(ask, slug)
    for _ in range(count):
        (task,) = ask.ask("POST", f"datasets/{slug}/next/", {"count": 1})["tasks"]
        said = {"answer": "accept", "accept": [shown[task["id"]]], "lease": task["lease"]}
        ask.ask("POST", f"tasks/{task['id']}/answer/", said)


def publish(ask: Script, slug: str, *, answers: int, checkpoints: Path) -> None:
    """Have the recipe publish one version that has learnt from so many answers."""
    # The feed tells of an answer once nothing older is at work in the database.
    wait(lambda: len(ask.ask("GET", f"datasets/{slug}/answers/?limit=100")["results"]) == answers)
    recipe = str(ROOT / "deploy" / "recipes" / "loop.py")
    told = ask.python(recipe, slug, "--versions", "1", "--checkpoints", str(checkpoints))
    assert (told.returncode, told.stdout) == (0, f"published {answers} answers\n"), told.stderr


def wait(until: Callable[[], bool]) -> None:
    """Look until it is so."""
    deadline = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < deadline
        time.sleep(0.2)


@pytest.mark.timeout(300)
def test_more_answers_make_a_better_model(
    script: Script, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    options = [{"id": kind, "text": kind} for kind in TRUTH]
    body = {"name": unique("Loop"), "interface": "choice", "options": options, "overlap": 1}
    slug = script.ask("POST", "datasets/", {**body, "review_policy": "none"})["slug"]
    assert script.concord("upload", slug, str(folder)).returncode == 0
    checkpoints = tmp_path_factory.mktemp("checkpoints")
    for more, answers in ((6, 6), (44, 50)):
        answer(script, slug, more)
        publish(script, slug, answers=answers, checkpoints=checkpoints)
    assert {path.name for path in checkpoints.iterdir()} == {"6.npz", "50.npz"}
    answer(script, slug, 40)

    def models() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = script.ask("GET", f"datasets/{slug}/models/")["models"]
        return found

    wait(lambda: [model["compared"] for model in models()] == [84, 40])
    first, second = models()
    assert (first["version"], second["version"]) == ("6 answers", "50 answers")
    # What was answered was not asked about again.
    assert (first["predicted"], second["predicted"]) == (84, 40)
    early, late = first["precision"]["value"], second["precision"]["value"]
    assert late > early + 0.1, (early, late)
    assert late > 0.75, (early, late)
