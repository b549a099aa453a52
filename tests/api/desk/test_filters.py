"""What the data browser is asked for: each filter, each order, and what nobody is told by one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from apps.datasets.models import Image
from apps.desk.queries.conditions import scales_of
from apps.desk.queries.wanted import Range
from apps.imports.models import Import
from apps.reviews.domain.sizes import sizes_of
from apps.reviews.models import TaskFacts
from apps.tasks.models import Flag, Task
from concord.rows import all_rows
from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db

LIST = "datasets/street-signs/tasks/"
STOP = box(10, 10, 40, 10, "stop")
YIELD = box(10, 10, 40, 10, "yield")
NAMES = ("a.jpg", "b.jpg", "c.jpg", "d.jpg")


@pytest.fixture
def team() -> Team:
    """a has a stop of 20 px and one of 60, b is in dispute, c has one answer, d none."""
    team = Team()
    contents: list[dict[str, Any]] = [
        {"score": 0.5, "meta": {"Camera": "Nikon 100%", "n": 7}},
        {"score": 0.25},
        {},
        {"score": -1.0, "meta": {"deep": {"er": ["Nikon_D3"]}}},
    ]
    for place, (name, content) in enumerate(zip(NAMES, contents, strict=True)):
        make_task(team.dataset, name=name, order_key=place, **content)
    both = [STOP, box(60, 20, 60, 60, "stop")]
    both_answer(team, both, both)
    both_answer(team, [STOP], [YIELD])
    (task,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", task, YIELD).status_code == 200
    TaskFacts.objects.filter(task__task_images__image__name="b.jpg").update(tags=["odd", "later"])
    TaskFacts.objects.filter(task__task_images__image__name="d.jpg").update(tags=["odd"])
    return team


def names(team: Team, who: str, query: str) -> list[str]:
    reply = team.get(who, f"{LIST}?{query}")
    assert reply.status_code == 200, reply.content
    return [row["image"]["name"][0] for row in reply.json()["results"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=final&state=open", "acd"),
        ("tag=odd", "bd"),
        ("tag=later&tag=nothing", "b"),
        ("tag=odd&state=open", "d"),
        ("verdict=accept", "a"),
        ("verdict=reject", ""),
        ("conflict=label&conflict=extent", "b"),
        ("text=NIKON", "ad"),
        ("text=nikon_d", "d"),  # an underscore is itself
        ("text=100%25", "a"),
        ("text=camera", ""),  # the key of a value
        ("text=b.jp", "b"),
        ("min_score=0.25", "ab"),
        ("min_score=-1&max_score=0.3", "bd"),
        ("min_confidence=0", "ab"),
        ("min_shapes=1&max_shapes=1", "b"),
        ("max_shapes=0", ""),
        ("min_size=60", "a"),
        ("max_size=20", "ab"),
        ("min_size=21&max_size=59", ""),
        ("min_size=20&max_size=20", "ab"),
        ("min_size=60.001", ""),
        ("min_width=200&max_height=100", "abcd"),
        ("min_width=201", ""),
        ("imported_from=2001-01-01&imported_to=2998-12-31", "abcd"),
        ("imported_to=2001-01-01", ""),
        ("order=score", "dbac"),
        ("order=-score", "abdc"),
        ("order=-shapes", "abdc"),
        ("order=shapes", "bacd"),
        ("order=-order_key", "dcba"),
        ("order=created_at", "abcd"),
        ("order=-updated_at", "cbad"),
        ("order=-score&state=open", "dc"),
    ],
)
def test_filters_and_orders(team: Team, query: str, found: str) -> None:
    assert "".join(names(team, "Rita", query)) == found


def test_flagged_tasks_are_found_until_the_flag_is_resolved(team: Team) -> None:
    task = Task.objects.get(task_images__image__name="c.jpg")
    reply = team.post("Rita", f"tasks/{task.pk}/flag/", {"comment": "?"})
    assert reply.status_code == 201
    assert names(team, "Rita", "flagged=true") == ["c"]
    (row,) = team.get("Rita", f"{LIST}?flagged=true").json()["results"]
    assert row["flags"] == 1
    Flag.objects.update(resolved_at=datetime.now(UTC), resolved_by=team.people["Olga"])
    assert names(team, "Rita", "flagged=true") == []


def test_tasks_are_found_by_the_import_that_brought_them(team: Team) -> None:
    found = Import.objects.create(dataset=team.dataset, created_by=team.people["Olga"])
    second = int(found.created_at.timestamp()) << 24
    make_task(team.dataset, name="e.jpg", order_key=second)
    make_task(team.dataset, name="f.jpg", order_key=second + (1 << 24))
    assert names(team, "Olga", f"import={found.pk}") == ["e"]


def test_facts_follow_their_task(team: Team) -> None:
    task = Task.objects.get(task_images__image__name="d.jpg")
    Task.objects.filter(pk=task.pk).update(score=9.0, meta={"a": "zebra"}, order_key=-1)
    Image.objects.filter(name="c.jpg").update(name="c-zebra.jpg")
    assert names(team, "Rita", "order=-score") == ["d", "a", "b", "c"]
    assert names(team, "Rita", "text=zebra") == ["d", "c"]
    Task.objects.filter(pk=task.pk).update(withdrawn_at=datetime.now(UTC))
    assert names(team, "Rita", "text=zebra") == ["c"]


def test_what_is_kept_of_an_image_is_found_by_managers_alone(team: Team) -> None:
    Image.objects.filter(name="a.jpg").update(meta={"patient": "Smith"})
    assert names(team, "Olga", "text=smith") == ["a"]
    assert names(team, "Rita", "text=smith") == []
    assert names(team, "Ann", "text=smith") == []


@pytest.mark.parametrize("query", ["tag=odd", "flagged=true"])
def test_who_is_not_told_of_tags_and_flags_finds_nothing_by_them(team: Team, query: str) -> None:
    reply = team.get("Ann", f"{LIST}?{query}")
    assert (reply.status_code, reply.json()["code"]) == (403, "not_yours")
    (row,) = team.get("Ann", LIST).json()["results"]
    assert (row["tags"], row["flags"], row["people"]) == ([], 0, [])


def test_people_are_named_where_a_page_of_the_task_names_them(team: Team) -> None:
    def people(who: str) -> list[set[str]]:
        rows = team.get(who, LIST).json()["results"]
        return [{person["name"] for person in row["people"]} for row in rows]

    both = {"Ann", "Ben"}
    assert people("Olga") == [both, both, set(), set()]
    assert people("Rita") == [both, set(), set(), set()]


def test_a_row_says_what_is_filtered_by(team: Team) -> None:
    row = team.get("Rita", f"{LIST}?tag=later").json()["results"][0]
    assert (row["tags"], row["score"], row["verdict"]) == (["odd", "later"], 0.25, None)
    assert (row["image"]["width"], row["image"]["height"]) == (200, 100)
    assert (row["sent_back"], row["flags"], row["answers"]) == (False, 0, 2)


def test_the_last_page_leads_back(team: Team) -> None:
    browser = team.browsers["Rita"]
    first = team.get("Rita", f"{LIST}?limit=2&order=-score&state=open&state=final").json()
    last = browser.get(first["last"]).json()
    assert [row["image"]["name"] for row in last["results"]] == ["d.jpg", "c.jpg"]
    assert (last["next"], last["last"]) == (None, None)
    again = browser.get(last["previous"]).json()
    assert [row["image"]["name"] for row in again["results"]] == ["a.jpg"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("min_score=nan", "bad_min_score"),
        ("min_score=1e999", "bad_min_score"),
        ("max_confidence=%EF%BC%91", "bad_max_confidence"),
        ("min_width=-1", "bad_min_width"),
        ("max_height=99999999999999999999", "bad_max_height"),
        ("min_shapes=1.5", "bad_min_shapes"),
        ("text=ab", "bad_text"),
        (f"text={'a' * 101}", "bad_text"),
        ("text=abc%00", "bad_text"),
        ("tag=%ED%A0%80%00", "bad_tag"),
        ("tag=", "bad_tag"),
        ("flagged=yes", "bad_flagged"),
        ("verdict=maybe", "bad_verdict"),
        ("verdict=accept&verdict=reject", "bad_verdict"),
        ("imported_from=2026-02-30", "bad_imported_from"),
        ("imported_to=9999-12-31", "bad_imported_to"),
        ("import=7", "bad_import"),
        ("import=0190b7b0-c0de-7000-8000-00000000cafe", "unknown_import"),
        ("cursor=W10", "bad_cursor"),
        ("cursor=WyJuZXh0IiwiYSIsImIiXQ", "bad_cursor"),
        ("cursor=WyJuZXh0IixudWxsLCIwIl0", "bad_cursor"),
        ("facts__annotators__contains=a", "unknown_parameter"),
        ("order=created_by__password", "bad_order"),
    ],
)
def test_what_is_no_value_of_a_filter_is_refused(team: Team, query: str, code: str) -> None:
    reply = team.get("Olga", f"{LIST}?{query}")
    assert (reply.status_code, reply.json()["code"]) == (400, code)


@pytest.mark.parametrize(
    "span",
    [
        {"type": "rect", "x": 1, "y": 2, "width": 3, "height": 12, "points": []},
        {"type": "polygon", "points": [[0, 0], [10, 0], [10, 10], [0, 10]]},
        {"type": "freehand", "points": [[5, 5], [1, 9], [8.5, 2.25]]},
    ],
)
def test_the_database_measures_shapes_as_settling_does(span: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reviews_sizes(%s)", [json.dumps([span])])
        assert cursor.fetchone()[0] == pytest.approx(sizes_of([span]))


def test_every_size_lies_on_the_scales_that_are_looked_through() -> None:
    edges = [2 ** (n / 8) for n in range(-48, 120)]
    sizes = [size * hair for size in edges for hair in (1 - 1e-15, 1, 1 + 1e-15)] + [0.001, 12345.6]
    rows = all_rows(
        "SELECT size, reviews_scales(ARRAY[size]) FROM unnest(%s::float8[]) size", [sizes]
    )
    assert len(rows) == len(sizes)
    missed = [size for size, (scale,) in rows if scale not in scales_of(Range(size, size))]
    assert missed == []
    assert max(len(scales_of(Range(size, size))) for size in sizes) <= 2
