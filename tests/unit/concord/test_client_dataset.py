"""A dataset as scripts use it, at a server that says what a test has written down."""

import io
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from concord.client import Client, ClientError, Dataset
from concord.client.dataset import MOST_BYTES, MOST_TASKS
from tests.servers.images import picture
from tests.unit.concord.scripted import (
    CUT,
    DATASET,
    IMPORT,
    IMPORTS,
    Scripted,
    an_import,
    scripted,
)

DOOR = f"/api/datasets/{UUID(int=1)}/"
NOTHING = (404, {"code": "not_found", "detail": "Nothing."})
EXPORT = {"id": str(UUID(int=7)), "state": "queued", "done": 0, "total": 0, "error": ""}
EXPORTS, FILE = f"POST {DOOR}exports/", f"GET /api/exports/{UUID(int=7)}/file/"


@pytest.fixture
def server() -> Iterator[Scripted]:
    with scripted() as one:
        one.says("GET /api/datasets/street/", (200, DATASET))
        yield one


@pytest.fixture
def client(server: Scripted) -> Iterator[Client]:
    with Client(server.address, "concord_secret", pause=lambda _: None) as client:
        yield client


@pytest.fixture
def street(client: Client) -> Dataset:
    return client.dataset("street")


def a_task(n: int) -> dict[str, Any]:
    return {"image": f"https://example.org/{n}.jpg"}


def test_a_dataset_that_is_not_there_is_made(server: Scripted, client: Client) -> None:
    server.says("GET /api/datasets/cats/", NOTHING)
    server.says("POST /api/datasets/", (201, {**DATASET, "slug": "cats", "interface": "choice"}))
    made = client.dataset(
        "cats", interface="choice", options=["tabby", {"id": 1, "text": "One"}], overlap=2
    )
    assert (made.slug, made.url) == ("cats", f"{server.address}/datasets/cats")
    [asked] = server.asked("POST /api/datasets/")
    assert asked.json == {
        "name": "cats",
        "slug": "cats",
        "interface": "choice",
        "overlap": 2,
        "options": [{"id": "tabby", "text": "tabby"}, {"id": 1, "text": "One"}],
    }


def test_one_that_is_there_gets_the_labels_that_it_lacks(server: Scripted, client: Client) -> None:
    server.says(f"POST {DOOR}labels/", (201, {"name": "new"}))
    client.dataset("street", interface="image_manual", labels=["sign", "new", "new"])
    assert [asked.json for asked in server.asked(f"POST {DOOR}labels/")] == [{"name": "new"}]


def test_one_that_is_there_gets_the_options_that_it_lacks(server: Scripted, client: Client) -> None:
    there = [{"id": 1, "text": "One"}]
    server.says("GET /api/datasets/street/", (200, {**DATASET, "options": there}))
    server.says(f"PATCH {DOOR}", (200, DATASET))
    client.dataset("street", options=[{"id": 1, "text": "Other"}])
    assert server.asked(f"PATCH {DOOR}") == []
    client.dataset("street", options=["1"])
    [asked] = server.asked(f"PATCH {DOOR}")
    assert asked.json == {"options": [*there, {"id": "1", "text": "1"}]}
    assert asked.headers["If-Match"] == '"3"'


def test_one_of_another_interface_is_refused(client: Client) -> None:
    with pytest.raises(ClientError, match=r"with the interface image_manual, not choice\."):
        client.dataset("street", interface="choice")


def test_a_refusal_names_the_first_fault(server: Scripted, client: Client) -> None:
    server.says("GET /api/datasets/cats/", NOTHING)
    fault = {"labels": {"0": {"name": ["Say something."]}}}
    refusal = {"code": "invalid", "detail": "The input is not valid.", "errors": fault}
    server.says("POST /api/datasets/", (400, refusal))
    with pytest.raises(ClientError) as caught:
        client.dataset("cats", interface="choice")
    assert str(caught.value) == "The input is not valid. labels.0.name: Say something."


def test_a_generator_is_sent_in_batches_each_once(server: Scripted, street: Dataset) -> None:
    drawn = 0

    def tasks() -> Iterator[dict[str, Any]]:
        nonlocal drawn
        for drawn in range(1, 2 * MOST_TASKS + 2):
            assert drawn <= MOST_TASKS * (len(server.asked(IMPORTS)) + 1) + 1
            yield a_task(drawn)

    server.says(
        IMPORTS,
        (503, {"code": "busy", "detail": "Later."}),
        (202, an_import("running", total=MOST_TASKS)),
        (202, an_import(number=3, done=MOST_TASKS)),
        (202, an_import(number=4, duplicate=1)),
    )
    server.says(f"GET /api/imports/{IMPORT}/", (200, an_import(done=MOST_TASKS)))
    heard: list[tuple[str, int, int]] = []
    outcome = street.push(tasks(), tell=lambda *told: heard.append(told), on_duplicate="skip")
    assert (outcome.counts["done"], outcome.counts["duplicate"]) == (1000, 1)
    assert not outcome.incomplete
    sent = server.asked(IMPORTS)
    assert [len(each.json["tasks"]) for each in sent] == [500, 500, 500, 1]
    keys = [each.key for each in sent]
    assert keys[0] == keys[1], "what was refused for a moment is the same deed"
    assert len({*keys}) == 3
    assert sent[0].json["on_duplicate"] == "skip"
    assert heard[0] == ("Sending", 500, 0)
    assert ("Bringing in", 0, 500) in heard


def test_large_tasks_make_small_batches(server: Scripted, street: Dataset) -> None:
    server.says(IMPORTS, (202, an_import(done=1)))
    large = {**a_task(1), "meta": {"note": "x" * (MOST_BYTES // 2)}}
    street.push([large, large, a_task(2)])
    assert [len(each.json["tasks"]) for each in server.asked(IMPORTS)] == [1, 2]


def test_images_that_are_files_here_go_with_their_task(
    server: Scripted, street: Dataset, tmp_path: Path
) -> None:
    path = tmp_path / "1.jpg"
    path.write_bytes(picture(1))
    server.says(IMPORTS, (202, an_import(done=2)))
    task: dict[str, Any] = {"image": path, "meta": {"n": 1}}
    group = {"options": [{"id": 1, "image": path}, {"id": 2, "image": "https://example.org/2"}]}
    street.push([task, group])
    [asked] = server.asked(IMPORTS)
    first, second = asked.json["tasks"]
    assert first["image"].startswith("data:image/jpeg;base64,/9j/")
    assert first["meta"] == {"n": 1}
    assert [option["image"][:10] for option in second["options"]] == ["data:image", "https://ex"]
    assert task["image"] is path, "what was given stays as it is"
    path.write_bytes(picture(1)[:500])
    with pytest.raises(ClientError, match="cut short"):
        street.push([task])


def test_predictions_go_with_their_model_under_keys(server: Scripted, street: Dataset) -> None:
    where = f"POST {DOOR}predictions/"
    reply = {"unchanged": 1, "results": []}
    server.says(where, (CUT, b""), (200, {**reply, "created": 499}), (200, {**reply, "created": 0}))
    said = ({"task": str(n), "label": "cat", "score": 0.5} for n in range(MOST_TASKS + 1))
    assert street.predict("net", "7", said) == {"created": 499, "unchanged": 2}
    sent = server.asked(where)
    assert [len(each.json["predictions"]) for each in sent] == [500, 500, 1]
    assert (sent[0].json["model"], sent[0].json["version"]) == ("net", "7")
    assert sent[0].key == sent[1].key != sent[2].key


def test_tasks_come_page_by_page_as_they_are_taken(server: Scripted, street: Dataset) -> None:
    first, second = f"{DOOR}tasks/?limit=100&state=open", f"{DOOR}tasks/?cursor=x"
    server.says(f"GET {first}", (200, {"next": second, "results": [{"id": 1}, {"id": 2}]}))
    server.says(f"GET {second}", (200, {"next": None, "results": [{"id": 3}]}))
    tasks = street.tasks(state="open")
    assert [task["id"] for task in itertools.islice(tasks, 2)] == [1, 2]
    assert server.asked(f"GET {second}") == []
    assert [task["id"] for task in tasks] == [3]


@pytest.mark.parametrize("following", ["https://elsewhere.example/", 7])
def test_a_page_that_leads_elsewhere_is_not_followed(
    server: Scripted, street: Dataset, following: Any
) -> None:
    server.says(f"GET {DOOR}tasks/?limit=100", (200, {"next": following, "results": []}))
    with pytest.raises(ClientError, match="does not answer as Concord does"):
        list(street.tasks())


def test_the_bytes_of_a_task_are_those_that_the_server_keeps(
    server: Scripted, street: Dataset
) -> None:
    rows = [{"image": {"url": f"/api/images/{n}/file/"}} for n in range(3)]
    server.says(f"GET {DOOR}tasks/?limit=100", (200, {"next": None, "results": rows}))
    kept, elsewhere, cut = street.tasks()
    with scripted() as bucket:
        server.says("GET /api/images/0/file/", (200, picture(1), {"Content-Type": "image/jpeg"}))
        server.says("GET /api/images/1/file/", (302, b"", {"Location": f"{bucket.address}/x"}))
        server.says("GET /api/images/2/file/", (200, picture(3)[:-9]))
        bucket.says("GET /x", (200, picture(2)))
        assert kept.image_bytes() == picture(1)
        assert elsewhere.image_bytes() == picture(2)
        with pytest.raises(ClientError, match="cut short"):
            cut.image_bytes()
        [asked] = bucket.requests
        assert "Authorization" not in asked.headers


def test_answers_go_on_where_the_cursor_is(server: Scripted, street: Dataset) -> None:
    first = f"GET {DOOR}answers/?which=final&limit=100"
    page = {"results": [{"answer": "accept"}, {"answer": "reject"}], "cursor": "c1", "more": True}
    server.says(first, (200, page))
    server.says(f"{first}&since=c1", (200, {"results": [{"answer": "ignore"}], "cursor": "c2"}))
    server.says(f"{first}&since=c2", (200, {"results": [], "cursor": "c2", "more": False}))
    feed = street.answers()
    coming = iter(feed)
    assert [next(coming)["answer"], next(coming)["answer"]] == ["accept", "reject"]
    assert feed.cursor is None, "who falls over now is given the page once more"
    assert [answer["answer"] for answer in coming] == ["ignore"]
    assert feed.cursor == "c2"
    assert list(feed) == []
    others = street.answers(since="c2", final=False)
    server.says(f"GET {DOOR}answers/?which=answers&limit=100&since=c2", (200, {**page, "more": 0}))
    assert len([*others]) == 2


def test_a_file_is_there_as_a_whole_or_not_at_all(
    server: Scripted, street: Dataset, tmp_path: Path
) -> None:
    target = tmp_path / "out.json"
    target.write_text("before")
    server.says(EXPORTS, (202, EXPORT))
    running = {**EXPORT, "state": "running", "done": 5, "total": 10}
    server.says(EXPORTS.replace("POST", "GET"), (500, b""))
    at = f"GET /api/exports/{UUID(int=7)}/"
    server.says(at, (200, running), (200, {**running, "state": "done", "done": 10}))
    server.says(FILE, (CUT, b""), (409, {"code": "not_ready", "detail": "It went."}))
    heard: list[tuple[str, int, int]] = []
    with pytest.raises(ClientError, match=r"It went\."):
        street.export(target, format="coco", which="final", tell=lambda *told: heard.append(told))
    assert target.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]
    assert heard == [("Exporting", 0, 0), ("Exporting", 5, 10)]
    server.says(FILE, (CUT, b""), (200, b'{"images":[]}'))
    street.export(target, format="coco")
    assert target.read_text() == '{"images":[]}'
    out = io.BytesIO()
    street.export(out)
    assert out.getvalue() == b'{"images":[]}'
    assert server.asked(EXPORTS)[0].json == {"format": "coco", "which": "final"}


def test_an_export_that_failed_says_why(server: Scripted, street: Dataset) -> None:
    server.says(EXPORTS, (202, {**EXPORT, "state": "failed", "error": "The disk is full."}))
    with pytest.raises(ClientError, match=r"^The disk is full\.$"):
        street.export(io.BytesIO())


def test_where_nothing_can_be_written_is_told(server: Scripted, street: Dataset) -> None:
    server.says(EXPORTS, (202, {**EXPORT, "state": "done"}))
    with pytest.raises(ClientError, match="Nothing can be written to /nowhere"):
        street.export("/nowhere/out.jsonl")
