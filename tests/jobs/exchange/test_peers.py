"""Our files as Datumaro and Label Studio read them: with SOAK=1, where CONCORD_PEER_FORMATS names
the folder of an environment with datumaro 1.13 and label-studio-sdk 2.1."""

from __future__ import annotations

import io
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Picture

from apps.datasets.models import Image
from apps.exchange.offline.converting import FORMATS
from tests.api.exchange.files import export, keep, unzip
from tests.factories import make_task
from tests.team import Team, both_answer, box

ROOT = Path(__file__).parents[3]
PEER = os.environ.get("CONCORD_PEER_FORMATS", "")

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (os.environ.get("SOAK") and PEER), reason="the peer's environment"),
]

STOP = box(10.25, 20.5, 40, 20, "ž <stop>")
# Datumaro leaves VOC's numbers as they are: from 1, and to the last pixel.
FIRST = [["ž <stop>", 10.25, 20.5, 40.0, 20.0]]
AS_VOC = [["ž <stop>", 11.25, 21.5, 39.0, 19.0]]
# Where Datumaro wants a file to be, and what it calls the format.
PLACES = {
    "coco": ("annotations.coco.json", "annotations/instances_train.json", "coco_instances"),
    "cvat": ("annotations.cvat.xml", "annotations.xml", "cvat"),
    "voc": ("", "", "voc"),
    "yolo": ("", "", "yolo"),
}


@pytest.mark.parametrize("form", PLACES)
def test_datumaro_finds_what_was_drawn(form: str, tmp_path: Path) -> None:
    team = agreed_on_two_images()
    ours, theirs, called = PLACES[form]
    for name, data in unzip(export(team, format=form, images=True)).items():
        path = tmp_path / (theirs if name == ours else name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    assert asked("datumaro_reads.py", called, str(tmp_path)) == {
        "_ž": AS_VOC if form == "voc" else FIRST,
        "a": [],
    }


def test_label_studio_finds_what_was_drawn(tmp_path: Path) -> None:
    file = tmp_path / "tasks.json"
    file.write_bytes(export(agreed_on_two_images(), format="label_studio"))
    assert asked("label_studio_reads.py", str(file), "ž <stop>", "yield") == {
        json.loads(file.read_text())[0]["data"]["file_name"]: FIRST,
        "a.png": [],
    }


@pytest.mark.parametrize("form", FORMATS)
def test_other_formats_come_by_way_of_datumaro(form: str, tmp_path: Path) -> None:
    file = tmp_path / "export.zip"
    file.write_bytes(export(agreed_on_two_images(), format="coco", images=True))
    written = asked("peer_converts.py", str(file), form, str(tmp_path / "out"))
    if form == "kitti":
        (drawn,) = (
            text for name, text in written.items() if name.endswith(".txt") and "label_2" in name
        )
        assert [round(float(side), 2) for side in drawn.split()[-12:-8]] == [
            10.25,
            20.5,
            50.25,
            40.5,
        ]
    assert sum(name.endswith(".png") for name in written) == 2
    assert any("stop" in text for name, text in written.items() if not name.endswith(".png"))


def agreed_on_two_images() -> Team:
    """On the first there is a box with an awkward label, on the second nothing."""
    team = Team(labels=("ž <stop>", "yield"))
    for place, name in enumerate(("../ž.png", "a.png")):
        picture = io.BytesIO()
        Picture.new("RGB", (200, 100), (place, 0, 0)).save(picture, "PNG")
        make_task(team.dataset, name=name, order_key=place)
        keep(Image.objects.get(name=name), picture.getvalue())
    both_answer(team, [STOP], [STOP])
    both_answer(team, [], [])
    return team


def asked(script: str, *arguments: str) -> Any:
    """What a script of this folder says to the peer's Python."""
    command = [f"{PEER}/bin/python", str(Path(__file__).with_name(script)), *arguments]
    variables = {"PYTHONPATH": str(ROOT), "PATH": os.defpath}
    done = subprocess.run(command, env=variables, check=True, capture_output=True)
    return json.loads(done.stdout)
