"""Pages forwards and backwards list exactly what a plain filter of the rows gives, whichever way
they are found: by going through the list, by the indexes, or by one after the other."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

import pytest

from apps.datasets.models import Label
from apps.desk.queries import finding
from apps.reviews.models import TaskFacts
from apps.tasks.models import Task
from tests.factories import make_task
from tests.team import Team

pytestmark = pytest.mark.django_db

TASKS, SEARCHES = 24, 20
LIST = "/api/datasets/street-signs/tasks/"
COLUMNS = {"created_at": "made_at", "updated_at": "touched_at"}

Test = Callable[[Any], bool]


@pytest.fixture
def team() -> Team:
    return Team()


def scattered(team: Team, chance: random.Random) -> list[TaskFacts]:
    """Tasks with facts drawn by lot, few values each so that there are ties and nulls."""
    began = datetime(2026, 1, 1, tzinfo=UTC)
    labels = [str(label.pk) for label in Label.objects.order_by("position")]
    for place in range(TASKS):
        task = make_task(team.dataset, name=f"{place}.jpg", order_key=place // 3)
        score = chance.choice([None, 0.0, -0.0, 0.1, 1e-300, 5.5])
        touched = began + timedelta(microseconds=chance.randrange(5))
        Task.objects.filter(pk=task.pk).update(score=score, updated_at=touched)
        TaskFacts.objects.filter(pk=task.pk).update(
            state=chance.choice(["open", "conflicted", "final"]),
            tags=chance.sample(["a", "b", "c"], chance.randrange(3)),
            labels=chance.sample(labels, chance.randrange(3)),
            confidence=chance.choice([None, 0.25, 1 / 3, 1.0]),
            shapes=chance.choice([None, 0, 1, 7]),
            sizes=sorted(chance.choice([[], [4.0], [4.0, 90.5], [30.0]])),
            made_at=began + timedelta(days=chance.randrange(3)),
        )
    facts = list(TaskFacts.objects.select_related("task"))
    for row in facts:
        row.touched_at = row.task.updated_at  # type: ignore[attr-defined]  # to sort by
    return facts


def filters(team: Team) -> list[tuple[str, Test]]:
    stop = str(Label.objects.get(name="stop").pk)
    return [
        ("state=open", lambda row: row.state == "open"),
        ("state=open&state=final", lambda row: row.state in {"open", "final"}),
        ("tag=a&tag=b", lambda row: bool({"a", "b"} & set(row.tags))),
        ("label=stop", lambda row: stop in row.labels),
        ("min_score=0", lambda row: row.score is not None and row.score >= 0),
        ("max_confidence=0.5", lambda row: row.confidence is not None and row.confidence <= 0.5),
        ("min_shapes=1", lambda row: row.shapes is not None and row.shapes >= 1),
        ("min_size=50", lambda row: any(size >= 50 for size in row.sizes)),
        ("min_size=5&max_size=40", lambda row: any(5 <= size <= 40 for size in row.sizes)),
        ("imported_from=2026-01-02", lambda row: row.made_at >= datetime(2026, 1, 2, tzinfo=UTC)),
        ("text=1.jpg", lambda row: f"{row.name}".endswith("1.jpg")),
    ]


def in_order(rows: list[TaskFacts], order: str) -> list[str]:
    name, down = order.removeprefix("-"), order.startswith("-")
    column = COLUMNS.get(name, name)
    there = [row for row in rows if getattr(row, column) is not None]
    missing = [row for row in rows if getattr(row, column) is None]
    there.sort(key=lambda row: (getattr(row, column), row.task_id), reverse=down)
    missing.sort(key=lambda row: row.task_id, reverse=down)
    return [str(row.task_id) for row in there + missing]


def read(team: Team, address: str, step: str) -> list[list[str]]:
    """The ids of all pages from this address on, in the order in which they come."""
    pages: list[list[str]] = []
    while address:
        reply = team.browsers["Olga"].get(address)
        assert reply.status_code == 200, reply.content
        page = reply.json()
        pages.append([row["id"] for row in page["results"]])
        address = page[step]
    return pages


@pytest.mark.parametrize("steps", [1, 7, 100])
def test_pages_list_what_matches(team: Team, steps: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "STEPS", steps)
    chance = random.Random(steps)
    facts = scattered(team, chance)
    for row in facts:
        row.name = row.task.task_images.get().image.name  # type: ignore[attr-defined]  # for text
    known = filters(team)
    for _ in range(SEARCHES):
        chosen = chance.sample(known, chance.randrange(3))
        names = {query.split("=")[0] for query, _ in chosen}
        if len(names) < len(chosen) or ("min_size" in names and len(chosen) > 1):
            continue
        order = chance.choice([*finding.ORDERS])
        rows = [row for row in facts if all(test(row) for _, test in chosen)]
        expected = in_order(rows, order)
        query = "&".join([*(query for query, _ in chosen), f"order={order}"])
        limit = chance.choice([3, 5, 100])
        forwards = read(team, f"{LIST}?{query}&limit={limit}", "next")
        assert [*chain(*forwards)] == expected, query
        backwards = read(team, f"{LIST}?{query}&limit={limit}&cursor=end", "previous")
        assert [*chain(*reversed(backwards))] == expected, query
