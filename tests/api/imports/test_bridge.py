"""From another tool's file of several people's answers to a decision and a file of ours."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.annotators.models import User
from apps.datasets.models import Dataset
from concord.ids import uuid7
from tests.api.imports.conftest import post, work
from tests.servers.images import ImageServer
from tests.team import box

pytestmark = pytest.mark.django_db(transaction=True)

STOP, YIELD = box(1, 1, 30, 30, "stop"), box(1, 1, 30, 30, "yield")


def prodigy(server: ImageServer) -> bytes:
    """Two images, three sessions each: the first is disputed, on the second all agree."""
    lines = [
        {
            "image": server.url(f"/ok/{n}.jpg"),
            "spans": [YIELD if (n, who) == (1, "ben") else STOP],
            "answer": "accept",
            "_annotator_id": f"{who}@example.com",
            "_timestamp": 1_700_000_000 + n,
        }
        for who in ("ann", "ben", "cleo")
        for n in (1, 2)
    ]
    return "\n".join(map(json.dumps, lines)).encode()


def label_studio(server: ImageServer) -> bytes:
    """The same as Label Studio exports it."""

    def annotation(n: int, who: str) -> dict[str, Any]:
        label = "yield" if (n, who) == (1, "ben") else "stop"
        width, height = 96 + n, 80 + n
        value = {
            "x": 100 / width,
            "y": 100 / height,
            "width": 3000 / width,
            "height": 3000 / height,
            "rotation": 0,
            "rectanglelabels": [label],
        }
        sizes = {"original_width": width, "original_height": height}
        result = {"id": f"{n}{who}", "type": "rectanglelabels", "value": value, **sizes}
        by = {"id": n, "email": f"{who}@example.com"}
        return {"completed_by": by, "result": [result], "was_cancelled": False}

    tasks = [
        {
            "id": n,
            "data": {"image": server.url(f"/ok/{n}.jpg")},
            "annotations": [annotation(n, who) for who in ("ann", "ben", "cleo")],
        }
        for n in (1, 2)
    ]
    return json.dumps(tasks).encode()


def bring(client: Client, name: str, body: bytes, path: str = "", **options: Any) -> Any:
    return client.post(
        f"/api/datasets/street-signs/imports/{path}",
        {"file": SimpleUploadedFile(name, body), **options},
        headers={"Idempotency-Key": str(uuid7())},
    )


@pytest.mark.parametrize(
    ("name", "file"), [("db-out.jsonl", prodigy), ("project-1.json", label_studio)]
)
def test_three_people_imported_reviewed_exported_and_counted(
    manager: Client, rita: Client, reachable: ImageServer, name: str, file: Any
) -> None:
    reply = bring(manager, name, file(reachable), **{"as": "answers"})
    assert reply.status_code == 202, reply.content
    work()
    counts = manager.get(f"/api/imports/{reply.json()['id']}/").json()["counts"]
    assert (counts["done"], counts["total"]) in {(6, 6), (2, 2)}

    order = post(rita, "/api/datasets/street-signs/review/next/", {"count": 5}).json()
    (task,) = order["tasks"]
    assert [conflict["kind"] for conflict in task["conflicts"]] == ["label"]
    assert len(task["versions"]) == 3
    assert "example.com" not in json.dumps(order)
    decision = {"conflict": task["conflicts"][0]["id"], "action": "label", "label": "stop"}
    reply = rita.post(
        f"/api/tasks/{task['id']}/decisions/",
        {"decisions": [decision], "final": True, "lease": task["lease"]},
        content_type="application/json",
        headers={"If-Match": f'"{task["version"]}"', "Idempotency-Key": str(uuid7())},
    )
    assert reply.status_code == 200, reply.content

    exported = post(
        manager, "/api/datasets/street-signs/exports/", {"format": "jsonl", "which": "both"}
    )
    assert exported.status_code == 202, exported.content
    work()
    url = manager.get(exported["Location"]).json()["url"]
    text = b"".join(manager.get(url).streaming_content)
    lines = [json.loads(line) for line in text.splitlines()]
    finals = [line for line in lines if "_review" in line]
    answers = [line for line in lines if "_annotator_id" in line]
    assert [line["spans"][0]["label"] for line in finals] == ["stop", "stop"]
    assert [line["_review"]["decided"] for line in finals] == [True, False]
    assert len(answers) == 6
    assert len({line["_annotator_id"] for line in answers}) == 3
    assert b"example.com" not in text


def test_the_preview_says_whose_answers_there_are_and_what_is_refused(
    manager: Client, annotator: User, reachable: ImageServer
) -> None:
    lines = [json.loads(line) for line in prodigy(reachable).splitlines()]
    lines[0]["_annotator_id"] = annotator.email
    lines[1]["answer"] = "maybe"
    body = "\n".join(map(json.dumps, lines)).encode()
    options = {"as": "answers", "match_people": "true"}
    reply = bring(manager, "a.jsonl", body, "preview/", **options)
    assert reply.status_code == 200, reply.content
    shown = reply.json()
    assert shown["counts"] == {
        "total": 6,
        "new": 2,
        "adds": 3,
        "duplicate": 0,
        "known": 0,
        "refused": 1,
    }
    summary = shown["summary"]
    assert (summary["shapes"], summary["answers"], summary["suggestions"]) == (5, 5, 0)
    assert summary["people"] == [
        {"name": "ben@example.com", "answers": 2, "member": "", "matched": False},
        {"name": "cleo@example.com", "answers": 2, "member": "", "matched": False},
        {"name": annotator.email, "answers": 1, "member": "Anna", "matched": True},
    ]
    (refusal,) = summary["refusals"]
    assert (refusal["code"], refusal["count"], refusal["lines"]) == ("bad_field", 1, [2])
    assert summary["labels"] == [
        {"name": "stop", "shapes": 4, "known": True},
        {"name": "yield", "shapes": 1, "known": True},
    ]

    # All of it is still known when the list is in, and what became of its lines.
    found = bring(manager, "a.jsonl", body, **options).json()["id"]
    work()
    reply = manager.get(f"/api/imports/{found}/report.json")
    assert reply["Content-Disposition"] == f'attachment; filename="import-{found}.json"'
    report = reply.json()
    assert (report["import"]["counts"]["done"], report["options"]["as"]) == (5, "answers")
    read = report["read"]
    assert read["summary"] == {**summary, "people": read["summary"]["people"]}
    assert sorted(read["summary"]["people"], key=lambda each: each["name"]) == sorted(
        summary["people"], key=lambda each: each["name"]
    )
    assert (read["format"], read["url_field"], read["lines"]) == ("json_lines", "image", 6)
    assert [(each["code"], each["line"]) for each in report["refused"]] == [("bad_field", 2)]


def test_the_preview_of_an_archive_knows_its_format_and_what_is_missing(manager: Client) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("data.yaml", "names: [stop]")
        packed.writestr("labels/1.txt", "0 .5 .5 1 1")
    shown = bring(manager, "yolo.zip", archive.getvalue(), "preview/").json()
    assert (shown["format"], shown["refused"]) == ("yolo", None)
    assert [each["code"] for each in shown["summary"]["refusals"]] == ["image_not_found"]


def test_a_list_is_read_as_the_importer_says(manager: Client, reachable: ImageServer) -> None:
    body = f"image,answer\n{reachable.url('/ok/1.jpg')},accept\n".encode()
    for form, refused in (("coco", "no_images"), ("yolo", "not_this_format"), ("table", None)):
        shown = bring(manager, "a.csv", body, "preview/", format=form).json()
        assert (shown["refused"] and shown["refused"]["code"]) == refused
    assert shown["format"] == "table"
    shown = bring(manager, "a.csv", body, "preview/", format="addresses").json()
    refused_lines = [(each["line"], each["code"]) for each in shown["refused_lines"]]
    assert refused_lines == [(1, "not_a_url")]
    found = bring(manager, "a.csv", body, format="addresses").json()["id"]
    work()
    rows = manager.get(f"/api/imports/{found}/rows/").json()["results"]
    assert [row["code"] for row in rows] == ["not_a_url", "http_404"]


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"as": "answers", "on_duplicate": "keep"}, "on_duplicate"),
        ({"as": "truth"}, "as"),
        ({"box_format": "yxyx"}, "box_format"),
        ({"format": "docx"}, "format"),
        ({"base": "file:///etc/"}, "base"),
        ({"base": "data:image/png,"}, "base"),
        ({"base": "https://me:secret@example.org/"}, "base"),
    ],
)
def test_options_that_make_no_sense_are_refused(
    manager: Client, dataset: Dataset, options: dict[str, str], field: str
) -> None:
    reply = bring(manager, "a.txt", b"https://example.org/1.jpg", **options)
    assert reply.status_code == 400
    assert [*reply.json()["errors"]] == [field]
