"""I: what is written into files for others, by people who mean harm or bad luck.

What one format makes of one value is in tests/unit/exchange; kill -9 in tests/jobs/exchange.
"""

from __future__ import annotations

import csv
import errno
import io
import json
import threading
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from django.db import connection

from apps.datasets.models import Blob, Image, Label
from apps.exchange import actions
from apps.exchange.models import Export
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from tests.api.exchange.files import export, lines, order, unzip
from tests.factories import make_task
from tests.team import Team, both_answer, box

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = [
    *("../../x", "C:\\x", "con", "a/b", "x" * 300 + ".jpg", "🦊.png", "cafe\u0301.jpg"),
    *("café.jpg", "CAFÉ.png", "a\tb\nc", "..", "=cmd|' /C calc'!A0", "\u202egpj.exe", "a_b"),
]
EVIL = "=]]>&<!--\"'!!python/object:os.system {{7*7}} </script>"
FORMATS = ["jsonl", "csv", "coco", "yolo", "voc", "cvat", "label_studio"]
SECRET = "X-Amz-Signature=abcdef&X-Amz-Credential=key"


@pytest.fixture
def team() -> Team:
    """Every name once, with one box of a label that is all mischief."""
    team = Team(labels=(EVIL,))
    for place, name in enumerate(NAMES):
        make_task(team.dataset, name=name, order_key=place, meta={"=1+1": EVIL, "n": 2**63 - 1})
        both_answer(team, [box(1, 2, 3, 4, EVIL)], [box(1, 2, 3, 4, EVIL)])
    return team


def test_i1_no_cell_of_a_table_is_run(team: Team) -> None:
    text = export(team, format="csv", which="both", names=True).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len(rows) == 1 + 3 * len(NAMES)
    assert {len(row) for row in rows} == {len(rows[0])}
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))]
    assert f"'{EVIL}" in cells


@pytest.mark.parametrize("form", FORMATS)
def test_i2_no_name_leaves_the_folder_or_hides_another(
    team: Team, form: str, tmp_path: Path
) -> None:
    content = export(team, format=form, splits={"train": 1.0})
    files = unzip(content)
    for name in files:
        parts = name.split("/")
        assert all(part.strip(". ") and len(part.encode()) < 230 for part in parts), name
        assert not set('<>:"|?*\\\t\n\u202e') & set(name)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    told = lines(files["manifest.jsonl"])
    assert [line["name"] for line in told] == NAMES
    stems = {Path(line["file"]).stem.casefold() for line in told}
    assert len(stems) == len(NAMES)


def test_i4_two_at_one_time_are_the_same_file(team: Team) -> None:
    made = [order(team, format="coco").json()["id"] for _ in range(2)]
    jobs = [Job.objects.get(args__export=each).id for each in made]

    def work(job: Any) -> None:
        run_job(job)
        connection.close()

    threads = [threading.Thread(target=work, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(Export.objects.values_list("state", flat=True)) == {"done"}
    assert len(set(Export.objects.values_list("file_sha256", flat=True))) == 1


@pytest.mark.parametrize("form", FORMATS)
def test_i5_twice_is_the_same_to_the_byte(team: Team, form: str) -> None:
    body = {"format": form, "images": True, "splits": {"train": 0.5, "test": 0.5}}
    assert export(team, **body) == export(team, **body)


def test_i7_a_full_disk_is_said_and_waited_for(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    made = order(team, format="yolo").json()

    class Full(io.BytesIO):
        def write(self, _: Any) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(actions, "spool", Full)
    job = Job.objects.get(args__export=made["id"])
    assert run_job(job.id)
    shown = team.get("Olga", f"exports/{made['id']}/").json()
    assert shown["state"] == "running"
    assert shown["error"] == "The server has no room for more files; work goes on once there is."
    monkeypatch.undo()
    Job.objects.filter(pk=job.pk).update(run_after="2026-01-01T00:00:00Z")
    assert run_job(job.id)
    assert team.get("Olga", f"exports/{made['id']}/").json()["error"] == ""


def test_i8_who_hangs_up_can_come_again(team: Team) -> None:
    whole = export(team, format="jsonl")
    url = f"/api/exports/{Export.objects.get().pk}/file/"
    reply = team.browsers["Olga"].get(url)
    next(iter(reply.streaming_content))
    reply.close()
    assert b"".join(team.browsers["Olga"].get(url).streaming_content) == whole


def test_i9_sizes_are_those_of_the_upright_image(team: Team) -> None:
    # A JPEG of 200 x 100 with orientation 6 is seen, and labelled, as 100 x 200.
    first = Image.objects.order_by("id")[0]
    Blob.objects.filter(pk=first.blob_id).update(exif_orientation=6, width=100, height=200)
    assert json.loads(export(team, format="coco"))["images"][0]["width"] == 100
    labels = unzip(export(team, format="yolo"))["labels/train/_..txt"]
    assert labels == b"0 0.025 0.02 0.03 0.02\n"
    size = ElementTree.fromstring(export(team, format="cvat")).find("image")
    assert size is not None
    assert (size.get("width"), size.get("height")) == ("100", "200")


@pytest.mark.parametrize("form", FORMATS)
def test_i10_no_address_of_a_person_and_no_signature(team: Team, form: str) -> None:
    Image.objects.update(source_url=f"https://ann:pw@x.org/a.jpg?v=2&{SECRET}")
    several = form in ("jsonl", "csv", "label_studio")
    content = export(team, format=form, which="both" if several else "final", images=True)
    found = b"".join(unzip(content).values()).decode()
    assert "v=2" in found
    for secret in ("abcdef", "Signature", "ann:pw", *(p.email for p in team.people.values())):
        assert secret not in found


def test_i11_every_parser_reads_the_same_label(team: Team) -> None:
    (label,) = Label.objects.all()
    assert label.name == EVIL
    assert lines(export(team, format="jsonl"))[0]["spans"][0]["label"] == EVIL
    assert json.loads(export(team, format="coco"))["categories"][0]["name"] == EVIL
    files = unzip(export(team, format="yolo"))
    assert yaml.safe_load(files["data.yaml"])["names"] == {0: EVIL}
    cvat = ElementTree.fromstring(export(team, format="cvat"))
    assert [shape.get("label") for shape in cvat.iter("box")] == [EVIL] * len(NAMES)
    voc = unzip(export(team, format="voc"))
    xml = ElementTree.fromstring(voc["Annotations/_..xml"])
    assert xml.findtext("object/name") == EVIL


def test_i13_a_file_of_before_is_not_there_for_who_left(team: Team) -> None:
    export(team, format="yolo", images=True)
    url = f"exports/{Export.objects.get().pk}/file/"
    assert team.get("Olga", url).status_code == 200
    team.dataset.memberships.filter(user=team.people["Olga"]).delete()
    assert team.get("Olga", url).status_code == 404
