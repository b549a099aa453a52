"""A list is looked at before it is imported, by the readers that would import it."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.annotators.models import User
from apps.datasets.models import Dataset, Image
from apps.imports.actions.blobs import SWEEP
from apps.imports.models import Import, ImportRow
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from concord.storage.files import store
from tests.api.imports.conftest import post, work
from tests.factories import make_dataset
from tests.servers.images import ImageServer, picture
from tests.servers.s3 import S3Server

pytestmark = pytest.mark.django_db
A, B = "https://example.org/a.jpg", "https://example.org/b.jpg"


def path_of(dataset: Dataset) -> str:
    return f"/api/datasets/{dataset.slug}/imports/preview/"


def look(client: Client, dataset: Dataset, **body: Any) -> dict[str, Any]:
    answer = post(client, path_of(dataset), body)
    assert answer.status_code == 200, answer.content
    assert Import.objects.count() == ImportRow.objects.count() == 0
    return answer.json()


def look_at_file(client: Client, dataset: Dataset, name: str, data: bytes) -> dict[str, Any]:
    answer = client.post(path_of(dataset), {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 200, answer.content
    return answer.json()


def lines_of(seen: dict[str, Any]) -> list[tuple]:
    return [(line["line"], line["outcome"], line["url"]) for line in seen["lines"]]


def warned(seen: dict[str, Any]) -> list[tuple]:
    return [(each["code"], each["count"], each["names"]) for each in seen["warnings"]]


def test_a_table_as_it_would_be_read(manager: Client, dataset: Dataset) -> None:
    data = f"photo;straße\r\n{A};Königsallee\r\nwww.x.org;\r\n{A};Wall\r\n{B};1;2\r\n"
    seen = look_at_file(manager, dataset, "streets.csv", data.encode("cp1252"))
    assert (seen["name"], seen["format"], seen["encoding"]) == (
        "streets.csv", "table", "windows-1252",
    )  # fmt: skip
    assert (seen["columns"], seen["column_count"], seen["url_field"]) == (
        ["photo", "straße"], 2, "photo",
    )  # fmt: skip
    assert lines_of(seen) == [
        (2, "new", A), (3, "refused", "www.x.org"), (4, "duplicate", A), (5, "new", B),
    ]  # fmt: skip
    assert seen["lines"][0]["meta"] == {"straße": "Königsallee"}
    assert seen["lines"][2]["first_line"] == 2
    assert seen["refused_lines"] == [
        {
            "line": 3, "url": "www.x.org", "code": "not_a_url",
            "reason": "Write the whole address: https://… or s3://bucket/key.",
        },
    ]  # fmt: skip
    assert seen["counts"] == {
        "total": 4, "new": 2, "adds": 0, "duplicate": 1, "known": 0, "refused": 1,
    }  # fmt: skip
    assert (seen["complete"], seen["refused"]) == (True, None)
    assert warned(seen) == [
        ("read_as", 1, ["windows-1252"]), ("refused_lines", 1, []), ("duplicate_lines", 1, []),
        ("more_cells_than_columns", 1, ["column_3"]),
    ]  # fmt: skip


def test_another_column_is_chosen_without_sending_the_list_again(
    manager: Client, dataset: Dataset, reachable: ImageServer
) -> None:
    url = reachable.url("/ok/1.jpg")
    first = look_at_file(manager, dataset, "a.csv", f"a,b\nx,y\n{url},{B}\n".encode())
    assert first["refused"]["code"] == "no_url_column"
    assert (first["columns"], first["lines"], first["format"]) == (["a", "b"], [], "table")
    again = look(manager, dataset, list=first["list"], url_field="a")
    assert lines_of(again) == [(2, "refused", "x"), (3, "new", url)]
    assert again["url_field"] == "a"


@pytest.mark.django_db(transaction=True)
def test_what_was_looked_at_is_imported(
    manager: Client, dataset: Dataset, reachable: ImageServer
) -> None:
    url = reachable.url("/ok/1.jpg")
    seen = look_at_file(manager, dataset, "a.csv", f"a,b\n{url},{B}\n".encode())
    body = {"list": seen["list"], "url_field": "a"}
    answer = post(manager, f"/api/datasets/{dataset.slug}/imports/", body, key="k")
    assert answer.status_code == 202, answer.content
    assert answer.json()["name"] == "a.csv"
    work()
    assert manager.get(answer["Location"]).json()["counts"]["done"] == 1
    known = post(manager, path_of(dataset), {"urls": [url, B, url]}).json()
    assert [line["outcome"] for line in known["lines"]] == ["known", "new", "duplicate"]
    assert known["lines"][0]["known_image"] == str(Image.objects.get().pk)
    assert warned(known) == [("duplicate_lines", 1, []), ("known_addresses", 1, [])]
    kept = post(manager, path_of(dataset), {"urls": [url, url], "on_duplicate": "keep"}).json()
    assert [line["outcome"] for line in kept["lines"]] == ["new", "new"]


@pytest.mark.django_db(transaction=True)
def test_a_list_of_which_nothing_came_is_removed_a_day_after_the_last_look(
    manager: Client, dataset: Dataset
) -> None:
    ticket = look(manager, dataset, text=A)["list"]
    look(manager, dataset, list=ticket)
    came = look(manager, dataset, text=B)["list"]
    started = {"list": came}
    assert (
        post(manager, f"/api/datasets/{dataset.slug}/imports/", started, key="k").status_code == 202
    )
    first, second, third = Job.objects.filter(kind=SWEEP).order_by("run_after")
    assert first.run_after - first.created_at > timedelta(days=1)
    for job, left in ((first, [True, True]), (second, [False, True]), (third, [False, True])):
        Job.objects.filter(pk=job.pk).update(run_after=job.created_at)
        run_job(job.pk)
        assert [store().exists(sha256(text.encode()).hexdigest()) for text in (A, B)] == left
    answer = post(manager, path_of(dataset), {"list": ticket})
    assert (answer.status_code, answer.json()["code"]) == (400, "list_gone")


def test_a_list_is_its_sender_s_own(
    manager: Client, ada: Client, owner: User, dataset: Dataset
) -> None:
    ticket = look(manager, dataset, text=A)["list"]
    other = make_dataset(owner=owner, name="Other")
    for client, place, text in (
        (ada, dataset, ticket), (manager, other, ticket), (manager, dataset, f"{ticket}x"),
    ):  # fmt: skip
        answer = post(client, path_of(place), {"list": text})
        assert (answer.status_code, answer.json()["code"]) == (400, "list_gone")


def test_tasks_with_shapes(manager: Client, dataset: Dataset) -> None:
    box = {"x": 1, "y": 2, "width": 3, "height": 4}
    tasks = [
        {"photo": A, "spans": [{**box, "label": "stop"}], "label": "Signs?", "n": 2**62},
        {"photo": B, "spans": [{**box, "label": "crossing"}], "meta": {"a": None}, "score": 0.5},
    ]
    unknown = look(manager, dataset, tasks=tasks)
    assert unknown["columns"] == ["photo", "spans", "label", "n", "meta", "score"]
    assert (unknown["url_field"], unknown["counts"]["refused"]) == ("", 2)
    seen = look(manager, dataset, tasks=tasks, url_field="photo")
    first, second = seen["lines"]
    assert seen["url_field"] == "photo"
    assert (first["spans"], first["label"]) == (tasks[0]["spans"], "Signs?")
    assert (first["extra"], second["meta"], second["score"]) == ({"n": 2**62}, {"a": None}, 0.5)
    assert warned(seen) == [("unknown_labels", 1, ["crossing"])]
    assert not look(manager, dataset, tasks=tasks, url_field="photo", unknown_label="add")[
        "warnings"
    ]


def test_images_to_pick_among(manager: Client, dataset: Dataset) -> None:
    options = [{"id": 1, "image": A, "known": True}, {"id": 2, "image": "s3://private/b.jpg"}]
    seen = look(manager, dataset, tasks=[{"label": "Which?", "options": options, "accept": [1]}])
    (line,) = seen["lines"]
    assert line["images"] == [A, "s3://private/b.jpg"]
    assert (line["options"], line["accept"]) == ([{"id": 1, "known": True}, {"id": 2}], [1])
    assert warned(seen) == [("no_connection", 1, ["private"])]


def test_a_long_list_is_looked_at_in_part(manager: Client, dataset: Dataset) -> None:
    text = "\n".join(f"https://example.org/{n}.jpg" for n in range(5000))
    seen = look(manager, dataset, text=f"{text}\nno address")
    assert [line["line"] for line in seen["lines"]] == list(range(1, 21))
    assert (seen["counts"]["total"], seen["complete"]) == (2000, False)
    assert (seen["format"], seen["encoding"], seen["columns"]) == ("addresses", "utf-8", [])


def test_what_is_long_is_cut(manager: Client, dataset: Dataset) -> None:
    uri = "data:image/png;base64," + base64.b64encode(picture(4, "png")).decode()
    body = json.dumps([{"image": uri, "note": "x" * 1000}, {"image": uri}, {"image": f"{uri}!"}])
    seen = look_at_file(manager, dataset, "a.json", body.encode())
    assert seen["format"] == "json_array"
    assert [line["outcome"] for line in seen["lines"]] == ["new", "duplicate", "refused"]
    assert len(seen["lines"][0]["url"]) < 50
    assert len(seen["lines"][0]["extra"]["note"]) == 501
    assert seen["lines"][2]["code"] == "bad_data_uri"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "empty_list"),
        ("a.xlsx", b"PK\x03\x04........", "not_a_list"),
        ("a.txt.gz", b"\x1f\x8b garbage", "bad_gzip"),
    ],
)
def test_what_is_no_list(
    manager: Client, dataset: Dataset, name: str, data: bytes, code: str
) -> None:
    seen = look_at_file(manager, dataset, name, data)
    assert (seen["refused"]["code"], seen["lines"]) == (code, [])
    assert seen["refused"]["reason"]


def test_no_column_names(manager: Client, dataset: Dataset) -> None:
    seen = look_at_file(manager, dataset, "a.csv", f"1,{A}\n2,{B}\n".encode())
    assert (seen["columns"], seen["url_field"]) == (["column_1", "column_2"], "column_2")
    assert warned(seen) == [("no_column_names", 1, [])]


def test_folders_are_looked_into(
    manager: Client, ada: Client, dataset: Dataset, s3: S3Server, allow: Callable[..., None]
) -> None:
    allow(s3.allowance)
    body = {
        "name": "Weed", "endpoint": s3.endpoint, "region": s3.region, "buckets": [s3.bucket],
        "access_key": s3.access_key, "secret_key": s3.secret_key, "datasets": [str(dataset.id)],
    }  # fmt: skip
    assert post(ada, "/api/connections/", body).status_code == 201
    base = f"s3://{s3.bucket}/looked at/"
    for key in (*(f"{n:02} ü.jpg" for n in range(25)), "notes.txt", "old/"):
        s3.put(f"looked at/{key}", b"" if key.endswith("/") else b"x")
    seen = look(
        manager, dataset, text=f"{base}*.jpg\n{base}24?ü.jpg\ns3://others/\n{base}none/\n{A}"
    )
    first, few, others, fourth, last = (line["folder"] for line in seen["lines"])
    assert first == {
        "urls": [f"{base}{n:02} ü.jpg" for n in range(20)], "more": True, "passed_over": 2,
        "code": "", "reason": "",
    }  # fmt: skip
    assert (few["urls"], few["more"]) == ([f"{base}24 ü.jpg"], False)
    assert (others["urls"], others["code"]) == ([], "no_connection")
    assert (fourth, last) == (None, None)
    assert warned(seen) == [
        ("folders", 4, [f"{base}*.jpg", f"{base}24?ü.jpg", "s3://others/", f"{base}none/"]),
        ("no_connection", 1, ["others"]),
    ]  # fmt: skip
    (nothing,) = look(manager, dataset, text=f"{base}none/")["lines"]
    assert nothing["folder"]["code"] == "nothing_listed"
