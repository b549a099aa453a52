"""Nothing that people get tells probes from other tasks, and nobody else finds a trace of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Value
from django.db.models.functions import Concat

from apps.datasets.models import Image, Interface
from apps.tasks.actions import mixing
from apps.tasks.actions.copying import copy_beside
from apps.tasks.models import Answer, Gold, Probe, Revision, Suggestion, Task, TaskImage
from concord.events.models import Event
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from tests.api.matrix.table import ROWS
from tests.api.matrix.test_matrix import client_of, tried
from tests.api.matrix.world import World, make_world
from tests.api.tasks.probes import STOP, make_finals, make_team, mark, probes_of, work
from tests.factories import make_group
from tests.team import Team

pytestmark = pytest.mark.django_db(transaction=True)

OTHERS = ("outsider", "viewer", "reviewer", "manager", "admin")
REPORTS = {"datasets/<str:dataset>/gold/"}
"""Where probes are what is asked for."""
LOGS = {f"{of}events/{form}" for of in ("", "datasets/<str:dataset>/") for form in ("", "export/")}
LEADERS = ("manager", "admin")
"""Those who make gold; the log tells them of all that happened, this too."""
SEEN = re.compile(rb'"(last_)?seen_at":(null|"[^"]+")')
"""When somebody was here last, whatever they were asked."""


@pytest.fixture(autouse=True)
def every_lease_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where gold is on at all, it follows on every lease."""
    monkeypatch.setattr(mixing, "draws", lambda _, rate: rate > 0)


def form(value: Any) -> Any:
    """What can be seen of a value besides what it says: keys, kinds, and how long texts are."""
    if isinstance(value, dict):
        return {key: form(item) for key, item in value.items()}
    if isinstance(value, list):
        return [form(item) for item in value]
    return (type(value).__name__, len(value) if isinstance(value, str) else None)


def forms(rows: list[Any]) -> set[str]:
    return {json.dumps(form(row), sort_keys=True) for row in rows}


def split(team: Team, rows: list[Any], key: Callable[[Any], str]) -> tuple[list[Any], list[Any]]:
    """Rows about probes, and the others."""
    probes = probes_of(team)
    hits = [row for row in rows if key(row) in probes]
    return hits, [row for row in rows if key(row) not in probes]


def expect_alike(probes: list[Any], others: list[Any]) -> None:
    assert probes
    assert others
    assert forms(probes) == forms(others)
    assert len(forms(others)) == 1


def test_all_that_ann_gets_has_one_form() -> None:
    team = make_team()
    mark(team, *make_finals(team))
    done = work(team, until=20)
    expect_alike(*split(team, [task for task, _ in done], lambda task: task["id"]))
    expect_alike(*split(team, [reply for _, reply in done], lambda reply: reply["task"]["id"]))
    said = [(reply["task"]["state"], reply["task"]["version"]) for _, reply in done]
    assert set(said) == {("final", 2)}
    mine = team.get("Ann", f"datasets/{team.dataset.slug}/answers/mine/").json()["results"]
    assert {row["task"] for row in mine} == {task["id"] for task, _ in done}
    expect_alike(*split(team, mine, lambda row: row["task"]))
    for address in ("tasks/{}/mine/", "tasks/{}/"):
        pages = [team.get("Ann", address.format(task["id"])).json() for task, _ in done]
        expect_alike(*split(team, pages, lambda page: page["id"]))
    replies = [team.get("Ann", _file(task)) for task, _ in done]
    assert {reply.status_code for reply in replies} == {409}, "these images have no bytes"
    counted = team.get("Ann", f"datasets/{team.dataset.slug}/progress/").json()["mine"]
    assert counted["done"] == counted["done_today"] == 20


def _file(task: dict[str, Any]) -> str:
    return str(task["images"][0]["url"]).removeprefix("/api/")


def test_a_page_reads_the_same_each_time() -> None:
    team = make_team()
    mark(team, *make_finals(team))
    work(team, until=20)
    for probe in probes_of(team) & {str(row.task_id) for row in Answer.everything.all()}:
        first, second = (team.get("Ann", f"tasks/{probe}/").json() for _ in range(2))
        assert first == second
        drawn = team.get("Ann", f"tasks/{probe}/mine/").json()["draft"]["spans"]
        assert first["final"]["spans"][0]["id"] != drawn[0]["id"], "as after a merge"


def test_neither_ids_nor_names_lead_to_the_original() -> None:
    team = make_team()
    finals = make_finals(team)
    Image.objects.filter(task_images__task__in=finals).update(name=Concat(Value("old"), "name"))
    mark(team, *finals)
    done = [task for task, _ in work(team, until=20)]
    probes, _ = split(team, done, lambda task: task["id"])
    originals = TaskImage.objects.filter(task__in=finals).select_related("image__blob")
    told = json.dumps(probes)
    for row in originals:
        for trace in (row.task_id, row.image_id, row.image.name, row.image.blob.sha256):
            assert str(trace) not in told
    order = [task["images"][0]["name"][:6] for task in done]
    assert all(task["images"][0]["name"].endswith(".jpg") for task in done)
    assert order == sorted(order), "numbered like its neighbours, whatever the original's number"


@pytest.mark.parametrize("answer", ["accept", "reject", "ignore"])
@pytest.mark.parametrize("overlap", [1, 2])
@pytest.mark.parametrize("policy", ["none", "conflicts", "all", {"sample": 1}])
def test_a_reply_says_what_it_says_of_any_task(policy: Any, overlap: int, answer: str) -> None:
    team = make_team(review_policy="none", tasks=30)
    mark(team, *make_finals(team))
    for _ in range(3):
        work(team, until=1)
    team.dataset.config |= {"review_policy": policy}
    team.dataset.save()
    Task.everything.filter(state="open").update(overlap=overlap)
    replies = []
    while not (probes := probes_of(team) & {reply["task"]["id"] for reply in replies}):
        (task,) = team.next("Ann")["tasks"]
        replies.append(team.answer("Ann", task, STOP, answer=answer).json())
    stands = {
        reply["task"]["id"] in probes: (reply["task"]["state"], reply["task"]["version"])
        for reply in replies
    }
    assert stands[True] == stands[False]


def test_where_images_are_picked_tiles_are_new() -> None:
    team = Team(
        interface=Interface.IMAGE_CHOICE, labels=(), overlap=1, gold={"rate": 0.5}, question="?"
    )
    for n in range(20):
        make_group(team.dataset, *(f"g{n:02}-{place}.jpg" for place in range(3)), order_key=n)
    (first,) = team.next("Ben")["tasks"]
    team.answer("Ben", first, accept=[first["images"][1]["tile"]])
    mark(team, first["id"])
    done = []
    for _ in range(16):
        (task,) = team.next("Ann")["tasks"]
        team.answer("Ann", task, accept=[task["images"][1]["tile"]])
        done.append(task)
    probes, others = split(team, done, lambda task: task["id"])
    expect_alike(probes, others)
    tiles = {image["tile"] for image in first["images"]}
    assert not tiles & {image["tile"] for image in probes[0]["images"]}
    assert Probe.objects.get().right is True, "the second one is the one to pick, here as there"


def test_what_people_may_start_from_comes_along_under_other_ids() -> None:
    team = make_team()
    (final,) = make_finals(team, count=1)
    span = Answer.objects.select_related("head").get(task=final).head.spans[0]  # type: ignore[union-attr]
    given = Suggestion.objects.create(task_id=final, dataset=team.dataset, model="m", spans=[span])
    mark(team, final)
    done = [task for task, _ in work(team, until=16)]
    ((probe,), _) = split(team, done, lambda task: task["id"])
    (suggestion,) = probe["suggestions"]
    assert (suggestion["model"], len(suggestion["spans"])) == ("m", 1)
    assert suggestion["id"] != str(given.pk)
    assert suggestion["spans"][0]["id"] != span["id"]
    assert suggestion["spans"][0]["points"] == span["points"]
    assert Suggestion.objects.count() == 1 < Suggestion.everything.count()


def test_no_reviewer_is_given_a_probe_to_decide() -> None:
    team = make_team(review_policy="none")
    mark(team, *make_finals(team))
    team.dataset.config |= {"review_policy": "all"}
    team.dataset.save()
    replies = [reply for _, reply in work(team, until=16)]
    assert {reply["task"]["state"] for reply in replies} == {"answered"}
    hits, others = split(team, replies, lambda reply: reply["task"]["id"])
    assert hits
    reply = team.review()
    assert reply["left"] == len(others)
    given = team.post("Rita", f"datasets/{team.dataset.slug}/review/next/", {"count": 5}).json()
    first = [reply["task"]["id"] for reply in others][:5]
    assert {task["id"] for task in given["tasks"]} == set(first)
    Task.objects.filter(pk__in=[reply["task"]["id"] for reply in others]).update(state="final")
    assert team.review()["tasks"] == []


OF_HANDED = {"tasks/<uuid:task>/threads/", "tasks/<uuid:task>/disagree/"}
"""Refused of tasks that one was not handed; the probe was."""


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_nobody_else_finds_a_trace_of_a_probe_under_any_address(world: World) -> None:
    gold = _gold(world)
    before = {(row.route, who): _read(world, row, who) for row in _reads() for who in _readers(row)}
    probe = _answered_probe(world, gold)
    image = TaskImage.objects.get(task=probe).image_id
    for row in _reads():
        for who in _readers(row):
            assert _read(world, row, who) == before[row.route, who], (row.route, who)
    for row in ROWS:
        for who in OTHERS:
            sent = tried(client_of(world, who), row, world.ids)
            content = b"".join(sent.streaming_content) if sent.streaming else sent.content
            assert str(probe.pk).encode() not in content, (row, who)
            assert str(image).encode() not in content, (row, who)


def test_nobody_else_reaches_a_probe(world: World) -> None:
    ids = {**world.ids, "task": str(_answered_probe(world, _gold(world)).pk)}
    for row in ROWS:
        if "<uuid:task>" in row.route:
            for who in OTHERS:
                assert tried(client_of(world, who), row, ids).status_code == 404, (row, who)
            # Whom it was made for is refused what annotators are refused of any task, no more.
            mine = tried(client_of(world, "annotator"), row, ids).status_code
            refused = row.statuses["annotator"] == 403 and row.route not in OF_HANDED
            assert (mine == 403) == refused, (row, mine)


def _reads() -> list[Any]:
    return [row for row in ROWS if row.verb == "GET" and row.route not in REPORTS]


def _readers(row: Any) -> list[str]:
    return [who for who in OTHERS if row.route not in LOGS or who not in LEADERS]


def _read(world: World, row: Any, who: str) -> tuple[int, bytes]:
    reply = tried(client_of(world, who), row, world.ids)
    content = b"".join(reply.streaming_content) if reply.streaming else reply.content
    return reply.status_code, SEEN.sub(b"", content)


def _gold(world: World) -> Gold:
    """The world's task as gold; it is open all the same, so that it is of use to the table."""
    task = Task.objects.get(pk=world.ids["task"])
    truth = {"answer": "accept", "spans": [], "accept": [], "attributes": {}}
    return Gold.objects.create(
        task=task,
        dataset_id=task.dataset_id,
        truth=truth,
        made_by_id=world.people["manager"].pk,  # type: ignore[union-attr]
    )


def _answered_probe(world: World, gold: Gold) -> Task:
    """A copy of the gold that the annotator has answered."""
    person, original = world.people["annotator"], gold.task
    assert person is not None
    probe = copy_beside(original, neighbour=original.pk, turn=0, user=person, chance=mixing.CHANCE)
    Probe.objects.create(
        task=probe, dataset_id=probe.dataset_id, gold=gold, user=person, lease=probe.pk
    )
    client = client_of(world, "annotator")
    held = client.post(f"/api/datasets/{world.ids['dataset']}/next/", {"count": 5},
                       content_type="application/json").json()["tasks"]  # fmt: skip
    (task,) = [task for task in held if task["id"] == str(probe.pk)]
    body = {"answer": "accept", "spans": [], "lease": task["lease"]}
    reply = client.post(f"/api/tasks/{probe.pk}/answer/", body, content_type="application/json",
                        headers={"Idempotency-Key": "probe"})  # fmt: skip
    assert reply.status_code == 200, reply.content
    client.delete(f"/api/tasks/{original.pk}/lease/")
    return probe


def test_files_and_what_was_recorded_know_nothing_of_it() -> None:
    team = make_team()
    mark(team, *make_finals(team))
    work(team, until=20)
    probes = probes_of(team)
    assert not Event.objects.filter(object_id__in=probes).exists()
    made = team.post(
        "Olga", f"datasets/{team.dataset.slug}/exports/", {"format": "jsonl", "which": "answers"}
    )
    assert run_job(Job.objects.get(args__export=made.json()["id"]).id)
    file = team.get("Olga", f"exports/{made.json()['id']}/file/")
    lines = [json.loads(line) for line in b"".join(file.streaming_content).splitlines()]
    work_done = Revision.objects.exclude(task__in=probes).count()
    assert len(lines) == work_done < Revision.objects.count()
    assert not probes & {line["_task_id"] for line in lines}
