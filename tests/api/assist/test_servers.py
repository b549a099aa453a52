"""Model servers: kept by managers, tried, and asked about everything that waits for answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from apps.assist.actions.running import KIND
from apps.assist.models import ModelServer, PredictionRun
from apps.datasets.models import Blob
from apps.tasks.models import Suggestion, Task
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from concord.storage.egress import egress
from concord.storage.files import store
from tests.factories import make_image, make_task
from tests.jobs_of import work_off
from tests.servers.images import picture
from tests.servers.model_servers import ModelProcess, Scripted
from tests.team import Team, box

pytestmark = pytest.mark.django_db

STOP = box(10, 10, 40, 20, "stop")


@pytest.fixture(autouse=True)
def reachable(
    settings: Settings, model_process: ModelProcess, model_script: Scripted
) -> Iterator[None]:
    settings.FETCH_ALLOW = [model_process.allowance, model_script.allowance]
    egress.cache_clear()
    yield
    egress.cache_clear()


@pytest.fixture
def team() -> Team:
    return Team(overlap=1)


def add(team: Team, url: str, *, status: int = 201, **more: Any) -> dict[str, Any]:
    body = {"name": "one", "kind": "concord", "url": url, **more}
    reply = team.post("Olga", f"datasets/{team.dataset.slug}/model-servers/", body)
    assert reply.status_code == status, reply.content
    made: dict[str, Any] = reply.json()
    return made


def tried(team: Team, server: dict[str, Any]) -> dict[str, Any]:
    reply = team.post("Olga", f"model-servers/{server['id']}/test/", {})
    assert reply.status_code == 200, reply.content
    said: dict[str, Any] = reply.json()
    return said


def begin(team: Team, server: dict[str, Any], **settings: Any) -> str:
    reply = team.post("Olga", f"model-servers/{server['id']}/runs/", settings)
    assert reply.status_code == 202, reply.content
    assert reply.headers["Location"] == f"/api/model-runs/{reply.json()['id']}/"
    return str(reply.json()["id"])


def seen(team: Team, run: str) -> dict[str, Any]:
    found: dict[str, Any] = team.get("Olga", f"model-runs/{run}/").json()
    return found


def make_tasks(team: Team, count: int) -> list[Task]:
    """Tasks about images whose bytes are there."""
    tasks = [make_task(team.dataset, name=f"{n}.jpg", order_key=n) for n in range(count)]
    for n, task in enumerate(tasks):
        blob = task.task_images.get().image.blob
        kept = store().put_bytes(picture(n))
        Blob.objects.filter(pk=blob.pk).update(rendition_sha256=kept.sha256)
    return tasks


def test_a_token_is_never_read_back(team: Team, model_script: Scripted) -> None:
    made = add(team, model_script.url, token="s3cret")
    assert "token" not in made
    assert made["has_token"] is True
    listed = team.get("Olga", f"datasets/{team.dataset.slug}/model-servers/").content
    assert b"s3cret" not in listed
    assert b"s3cret" not in bytes(ModelServer.objects.get().token)
    model_script.said["/"] = (200, {"model": "m"})
    assert tried(team, made)["works"] is True
    assert model_script.asked[0][1]["Authorization"] == "Bearer s3cret"
    path = f"/api/model-servers/{made['id']}/"
    for change, kept in (({"batch": 2}, True), ({"token": ""}, False)):
        changed = team.browsers["Olga"].patch(path, change, content_type="application/json")
        assert changed.json()["has_token"] is kept


def test_a_server_says_what_it_is(team: Team, model_process: ModelProcess) -> None:
    assert tried(team, add(team, model_process.url + "/")) == {
        "works": True,
        "model": "process",
        "version": "7",
        "labels": ["stop", "zebra"],
        "code": "",
        "detail": "",
    }


@pytest.mark.parametrize(
    ("status", "value", "code"),
    [
        (200, b"<html>", "bad_answer"),
        (200, {"models": []}, "bad_answer"),
        (200, b"[" * 100_000, "bad_answer"),
        (401, {}, "http_401"),
        (404, {}, "http_404"),
        (500, {}, "server_error"),
    ],
)
def test_what_is_wrong_with_a_server_is_said(
    team: Team, model_script: Scripted, status: int, value: Any, code: str
) -> None:
    model_script.said["/"] = (status, value)
    said = tried(team, add(team, model_script.url))
    assert (said["works"], said["code"]) == (False, code)
    assert said["detail"].endswith(".")


def test_no_server_is_reached_that_the_operator_has_not_allowed(
    team: Team, model_script: Scripted, settings: Settings
) -> None:
    settings.FETCH_ALLOW = []
    egress.cache_clear()
    said = tried(team, add(team, model_script.url))
    assert said["code"] in ("forbidden_address", "forbidden_port")
    assert "CONCORD_FETCH_ALLOW" in said["detail"]
    assert not model_script.asked


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"url": "file:///etc/passwd"}, "url"),
        ({"url": "http://me:pw@example.org"}, "url"),
        ({"kind": "kserve"}, "model"),
        ({"kind": "other"}, "kind"),
        ({"batch": 0}, "batch"),
        ({"threshold": 2}, "threshold"),
    ],
)
def test_a_server_that_cannot_be_asked_is_refused(
    team: Team, wrong: dict[str, Any], field: str
) -> None:
    url = wrong.pop("url", "http://127.0.0.1:1")
    assert field in add(team, url, status=400, **wrong)["errors"]


def test_two_servers_of_one_name_are_refused(team: Team) -> None:
    add(team, "http://127.0.0.1:1")
    assert add(team, "http://127.0.0.1:2", status=400)["code"] == "name_taken"


def test_what_nobody_has_answered_is_asked_about(team: Team, model_process: ModelProcess) -> None:
    tasks = make_tasks(team, 5)
    (mine,) = team.next("Ann")["tasks"]
    assert team.answer("Ann", mine, STOP).status_code == 200
    run = begin(team, add(team, model_process.url, batch=2, threshold=0.5))
    work_off(KIND)
    found = seen(team, run)
    assert (found["state"], found["total"], found["done"]) == ("done", 4, 4)
    assert (found["predicted"], found["left_out"], found["error"]) == (4, 0, None)
    assert model_process.seen == 4
    rows = Suggestion.objects.all()
    assert {row.task_id for row in rows} == {task.id for task in tasks} - {tasks[0].id}
    assert {(row.model, row.model_version) for row in rows} == {("process", "7")}
    # Unsure ones are below the threshold, and zebras are none of the dataset's labels.
    assert [[span["score"] for span in row.spans] for row in rows] == [[0.9]] * 4


def test_what_cannot_be_taken_is_counted_and_the_rest_is_kept(
    team: Team, model_script: Scripted
) -> None:
    tasks = make_tasks(team, 3)
    lost = tasks[2].task_images.get().image.blob
    Blob.objects.filter(pk=lost.pk).update(rendition_sha256="0" * 64)
    model_script.said["/"] = (200, {"model": "m", "version": "1"})
    outside = {**STOP, "x": 5000}
    rows = [{"spans": [outside]}, {"spans": [STOP]}]
    model_script.said["/predict"] = (200, {"version": "2", "predictions": rows})
    run = begin(team, add(team, model_script.url))
    work_off(KIND)
    found = seen(team, run)
    assert (found["state"], found["done"], found["predicted"], found["left_out"]) == (
        *("done", 3, 1, 2),
    )
    assert len(found["reasons"]) == 2
    row = Suggestion.objects.get()
    assert (row.task_id, row.model_version) == (tasks[1].id, "2")


def test_boxes_become_questions_where_people_judge_them(model_process: ModelProcess) -> None:
    team = Team(interface="image", overlap=1)
    image = make_image(team.dataset, name="a.jpg")
    kept = store().put_bytes(picture(1))
    Blob.objects.filter(pk=image.blob_id).update(rendition_sha256=kept.sha256)
    run = begin(team, add(team, model_process.url, threshold=0.5))
    work_off(KIND)
    assert seen(team, run)["predicted"] == 1
    assert Task.objects.get().score == 0.9


def test_people_who_pick_among_images_have_no_servers() -> None:
    team = Team(interface="image_choice", overlap=1)
    assert add(team, "http://127.0.0.1:1", status=400)["code"] == "not_for_interface"


def test_a_server_killed_in_the_middle_loses_nothing(
    team: Team, model_process: ModelProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_tasks(team, 6)
    run = begin(team, add(team, model_process.url, batch=2))
    job = Job.objects.get(kind=KIND)
    killed: list[int] = []

    def kill_after_the_first(context: Any, **_: Any) -> None:
        if not killed:
            killed.append(model_process.seen)
            model_process.kill()

    with monkeypatch.context() as patched:
        patched.setattr("concord.jobs.context.JobContext.beat", kill_after_the_first)
        run_job(job.id)
    found = seen(team, run)
    assert killed == [2]
    assert (found["state"], found["done"]) == ("running", 2)
    assert found["error"]["code"] == "connection_refused"
    assert "listens" in found["error"]["detail"]
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED

    model_process.start()
    Job.objects.filter(pk=job.pk).update(run_after=job.created_at)
    work_off(KIND)
    found = seen(team, run)
    assert (found["state"], found["done"], found["predicted"]) == ("done", 6, 6)
    assert found["error"] is None
    assert model_process.seen == 6
    assert Suggestion.objects.count() == 6


def test_a_server_that_refuses_ends_the_run(team: Team, model_script: Scripted) -> None:
    make_tasks(team, 1)
    model_script.said["/"] = (403, {})
    run = begin(team, add(team, model_script.url))
    run_job(Job.objects.get(kind=KIND).id)
    found = seen(team, run)
    assert (found["state"], found["error"]["code"]) == ("failed", "http_403")
    model_script.said["/"] = (200, {"model": "m"})
    model_script.said["/predict"] = (200, {"predictions": [{"spans": []}]})
    again = begin(team, {"id": str(ModelServer.objects.get().id)})
    work_off(KIND)
    assert seen(team, again)["state"] == "done"


def test_a_run_is_one_at_a_time_and_can_be_stopped(team: Team, model_script: Scripted) -> None:
    make_tasks(team, 1)
    server = add(team, model_script.url)
    run = begin(team, server)
    second = team.post("Olga", f"model-servers/{server['id']}/runs/", {})
    assert (second.status_code, second.json()["code"]) == (409, "running")
    assert team.post("Olga", f"model-runs/{run}/cancel/", {}).json()["state"] == "cancelled"
    work_off(KIND)
    assert not model_script.asked
    assert PredictionRun.objects.get().finished_at is not None


def test_a_run_may_differ_from_what_is_kept_with_its_server(
    team: Team, model_process: ModelProcess
) -> None:
    make_tasks(team, 2)
    server = add(team, model_process.url, batch=2, threshold=0.95)
    run = begin(team, server, batch=1, threshold=0.05)
    # What is changed meanwhile is for the next one.
    path = f"/api/model-servers/{server['id']}/"
    change = {"threshold": 1, "batch": 64}
    changed = team.browsers["Olga"].patch(path, change, content_type="application/json").json()
    assert (changed["threshold"], changed["batch"], changed["name"]) == (1, 64, "one")
    work_off(KIND)
    found = seen(team, run)
    assert (found["threshold"], found["batch"], found["version"]) == (0.05, 1, "")
    assert [[span["score"] for span in row.spans] for row in Suggestion.objects.all()] == [
        [0.9, 0.1]
    ] * 2


def test_a_run_may_ask_another_version(team: Team, model_script: Scripted) -> None:
    make_tasks(team, 1)
    path = "/v2/models/m/versions/5"
    model_script.said[path] = (200, {"name": "m", "versions": ["4", "5"]})
    said = {"name": "predictions", "data": [json.dumps({"spans": [STOP]})]}
    model_script.said[f"{path}/infer"] = (200, {"outputs": [said]})
    begin(team, add(team, model_script.url, kind="kserve", model="m", version="4"), version="5")
    work_off(KIND)
    assert Suggestion.objects.get().model_version == "5"


@pytest.mark.parametrize(
    ("asked", "field"), [({"threshold": 2}, "threshold"), ({"version": "8"}, "version")]
)
def test_a_run_that_cannot_be_had_is_refused(team: Team, asked: dict[str, Any], field: str) -> None:
    server = add(team, "http://127.0.0.1:1")
    refused = team.post("Olga", f"model-servers/{server['id']}/runs/", asked)
    assert (refused.status_code, [*refused.json()["errors"]]) == (400, [field])
    assert not PredictionRun.objects.exists()


@pytest.mark.parametrize(
    ("kind", "about", "predict"),
    [
        ("kserve", "/v2/models/m", "/v2/models/m/infer"),
        ("tensorflow", "/v1/models/m", "/v1/models/m:predict"),
    ],
)
def test_other_languages_are_spoken_too(
    model_script: Scripted, kind: str, about: str, predict: str
) -> None:
    options = [{"id": 0, "text": "cat"}, {"id": 1, "text": "dog"}]
    team = Team(interface="choice", options=options, overlap=1)
    make_tasks(team, 1)
    status = [{"version": "4", "state": "AVAILABLE"}]
    model_script.said[about] = (
        200,
        {"name": "m", "versions": ["4"], "model_version_status": status},
    )
    numbers = {
        "outputs": [{"datatype": "FP32", "data": [0.25, 0.75]}],
        "predictions": [[0.25, 0.75]],
    }
    model_script.said[predict] = (200, numbers)
    begin(team, add(team, model_script.url, kind=kind, model="m", labels=["cat", "dog"]))
    work_off(KIND)
    row = Suggestion.objects.get()
    assert (row.model, row.model_version, row.accept, row.score) == ("m", "4", [1], 0.75)
