"""The loop closed, end to end: answers teach a model in a process of its own, which gets better."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.e2e.pages import unique
from tests.e2e.test_upload_command import Script, script  # noqa: F401 (a fixture)

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


def go_round(ask: Script, slug: str, checkpoints: Path) -> str:
    """One round of the recipe; returns what it says."""
    command = [sys.executable, ROOT / "deploy" / "recipes" / "loop.py", slug, "--rounds", "1"]
    told = subprocess.run(
        [*command, "--checkpoints", checkpoints],
        env={**os.environ, "CONCORD_URL": ask.stack.address, "CONCORD_TOKEN": ask.token},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert told.returncode == 0, told.stderr
    return told.stdout.strip()


@pytest.mark.timeout(300)
def test_more_answers_make_a_better_model(
    script: Script,  # noqa: F811 (the fixture)
    folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    options = [{"id": kind, "text": kind} for kind in TRUTH]
    body = {"name": unique("Loop"), "interface": "choice", "options": options, "overlap": 1}
    slug = script.ask("POST", "datasets/", {**body, "review_policy": "none"})["slug"]
    assert script.upload(slug, str(folder)).returncode == 0
    checkpoints = tmp_path_factory.mktemp("checkpoints")
    assert go_round(script, slug, checkpoints) == "nothing new"

    for answers in (6, 44):
        answer(script, slug, answers)
        assert go_round(script, slug, checkpoints).startswith("published")
    assert {path.name for path in checkpoints.iterdir()} == {"6.npz", "50.npz"}
    answer(script, slug, 40)

    first, second = figures(script, slug, compared=84)
    # What was answered was not asked about again.
    assert (first["version"], first["predicted"]) == ("6 answers", 84)
    assert (second["version"], second["predicted"], second["compared"]) == ("50 answers", 40, 40)
    early, late = first["precision"]["value"], second["precision"]["value"]
    assert late > early + 0.1, (early, late)
    assert late > 0.75, (early, late)


def figures(ask: Script, slug: str, *, compared: int) -> list[dict[str, Any]]:
    """The figures of both versions, once the scheduler has had all compared."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        models: list[dict[str, Any]] = ask.ask("GET", f"datasets/{slug}/models/")["models"]
        if len(models) == 2 and models[0]["compared"] == compared:
            return models
        time.sleep(0.5)
    raise AssertionError(models)
