"""A list comes in: every line ends in one state with a reason, and makes at most one task."""

import base64
import hashlib
import io
import json

import pytest
from PIL import Image as Pillow

from apps.datasets.models import Blob, Dataset, Image
from apps.imports.models import ImportRow
from apps.tasks.models import Slot, Suggestion, Task, TaskImage
from concord.storage.files import store
from tests.jobs.imports.conftest import BringIn, ends
from tests.servers.images import ImageServer, picture

pytestmark = pytest.mark.django_db(transaction=True)


def test_mixed_list_ends_line_by_line(
    bring_in: BringIn, dataset: Dataset, reachable: ImageServer
) -> None:
    found = bring_in(
        "\n".join(
            [
                reachable.url("/ok/1.jpg"),
                reachable.url("/missing"),
                reachable.url("/text.jpg"),
                reachable.url("/ok/1.jpg"),
                reachable.url("/dup"),
                "",
                "ftp://example.org/a.jpg",
                reachable.url("/truncated.jpg"),
                reachable.url("/500-then-ok?n=7"),
                reachable.url("/redirect?to=/ok/8.png"),
                "http://127.0.0.1:1/private.jpg",
            ]
        )
    )
    first, second = (
        [line for line, state, _ in ends(found) if line in (1, 5) and state == "done"],
        5,
    )
    assert found.state == "done"
    assert sorted(ends(found)) == [
        (1, "done" if first == [1] else "duplicate", "" if first == [1] else "duplicate_image"),
        (2, "failed", "http_404"),
        (3, "failed", "not_an_image"),
        (4, "duplicate", "duplicate_line"),
        (
            second,
            "done" if first == [5] else "duplicate",
            "" if first == [5] else "duplicate_image",
        ),
        (7, "failed", "unsupported_scheme"),
        (8, "failed", "damaged_image"),
        (9, "done", ""),
        (10, "done", ""),
        (11, "failed", "forbidden_port"),
    ]
    assert found.counts == {
        "total": 10, "queued": 0, "fetching": 0, "done": 3, "duplicate": 2, "failed": 5,
        "cancelled": 0,
    }  # fmt: skip
    assert Image.objects.filter(dataset=dataset).count() == 3
    assert Task.objects.filter(dataset=dataset).count() == 3
    reason = ImportRow.objects.get(of_import=found, line=4).reason
    assert reason == "The same address as line 1."
    assert "a web page" in ImportRow.objects.get(of_import=found, line=3).reason


def test_a_row_makes_blob_image_task_and_slots(bring_in: BringIn, reachable: ImageServer) -> None:
    found = bring_in(reachable.url("/ok/3.png?name=x"))
    row = ImportRow.objects.get(of_import=found)
    data = picture(3, "png")
    blob = Blob.objects.get()
    assert blob.sha256 == hashlib.sha256(data).hexdigest()
    assert (blob.width, blob.height, blob.media_type) == (99, 83, "image/png")
    with store().open(blob.sha256) as kept:
        assert kept.read() == data
    with store().open(blob.thumbnail_sha256) as kept, Pillow.open(kept) as small:
        assert (small.format, small.size) == ("JPEG", (99, 83))
    image = Image.objects.get()
    assert (image.name, image.source_url) == ("3.png", reachable.url("/ok/3.png?name=x"))
    assert (row.image, row.task) == (image, Task.objects.get())
    assert TaskImage.objects.get().image == image
    assert Slot.objects.filter(task=row.task).count() == 2


def test_a_large_image_has_a_level(bring_in: BringIn, reachable: ImageServer) -> None:
    large = io.BytesIO()
    Pillow.new("RGB", (5000, 4000), "olive").save(large, "JPEG")
    reachable.own["large.jpg"] = large.getvalue()
    bring_in(f"{reachable.url('/own/large.jpg')}\n{reachable.url('/ok/3.png')}")
    blob = Blob.objects.get(width=5000, height=4000)
    assert blob.level_media_type == "image/jpeg"
    with store().open(blob.level_sha256) as kept, Pillow.open(kept) as level:
        assert (level.format, level.size) == ("JPEG", (2739, 2191))
    assert Blob.objects.get(width=99).level_sha256 == ""


def test_same_list_again_adds_nothing(bring_in: BringIn, reachable: ImageServer) -> None:
    text = "\n".join(reachable.url(f"/ok/{n}.jpg") for n in range(5))
    bring_in(text)
    again = bring_in(text)
    assert {(state, code) for _, state, code in ends(again)} == {("duplicate", "duplicate_image")}
    assert (Image.objects.count(), Task.objects.count()) == (5, 5)
    reason = ImportRow.objects.get(of_import=again, line=1).reason
    assert reason == "The same image as 0.jpg, which the dataset has already."


def test_keep_makes_an_image_of_its_own(bring_in: BringIn, reachable: ImageServer) -> None:
    text = f"{reachable.url('/ok/1.jpg')}\n{reachable.url('/dup')}\n{reachable.url('/ok/1.jpg')}"
    found = bring_in(text, on_duplicate="keep")
    assert [state for _, state, _ in ends(found)] == ["done"] * 3
    assert sorted(Image.objects.values_list("copy", flat=True)) == [0, 1, 2]
    assert Blob.objects.count() == 1


def test_tasks_carry_content_and_suggestions(bring_in: BringIn, reachable: ImageServer) -> None:
    box = '{"x": 1, "y": 2, "width": 30, "height": 40, "label": "stop", "score": 0.5}'
    found = bring_in(
        f'{{"image": "{reachable.url("/ok/1.jpg")}", "spans": [{box}], "label": "Signs?", '
        '"meta": {"street": "Ä 1"}, "camera": {"id": 9007199254740993}}',
        name="tasks.jsonl",
    )
    assert ends(found) == [(1, "done", "")]
    task = Task.objects.get()
    assert (task.label, task.meta) == ("Signs?", {"street": "Ä 1"})
    assert task.extra == {"camera": {"id": 9007199254740993}}
    suggestion = Suggestion.objects.get()
    assert suggestion.model == "import"
    (span,) = suggestion.spans
    assert (span["x"], span["y"], span["width"], span["height"]) == (1, 2, 30, 40)
    assert span["score"] == 0.5


def test_unknown_labels_are_refused_or_added(
    bring_in: BringIn, dataset: Dataset, reachable: ImageServer
) -> None:
    box = '{"x": 1, "y": 2, "width": 30, "height": 40, "label": "crossing"}'
    line = f'{{"image": "{reachable.url("/ok/1.jpg")}", "spans": [{box}]}}'
    refused = bring_in(line, name="tasks.jsonl")
    assert ends(refused) == [(1, "failed", "unknown_label")]
    assert "'crossing'" in ImportRow.objects.get(of_import=refused).reason
    assert (Image.objects.count(), Task.objects.count()) == (0, 0)
    added = bring_in(line, name="tasks.jsonl", unknown_label="add")
    assert ends(added) == [(1, "done", "")]
    assert dataset.labels.filter(name="crossing").exists()


def test_shape_outside_the_image_fails_its_line(bring_in: BringIn, reachable: ImageServer) -> None:
    box = '{"x": 1, "y": 2, "width": 3000, "height": 40, "label": "stop"}'
    found = bring_in(
        f'{{"image": "{reachable.url("/ok/1.jpg")}", "spans": [{box}]}}', name="tasks.jsonl"
    )
    assert ends(found) == [(1, "failed", "invalid_spans")]
    assert Task.objects.count() == 0


@pytest.mark.parametrize("name", ["list.txt", "list.csv", "list.jsonl", "list.json"])
def test_images_within_a_list_become_files(bring_in: BringIn, name: str) -> None:
    """One of them is longer than the csv module takes by itself, one is damaged."""
    noise = io.BytesIO()
    Pillow.effect_noise((300, 600), 90).save(noise, "PNG")
    large, small = (
        "data:image/png;base64," + base64.b64encode(data).decode()
        for data in (noise.getvalue(), picture(4, "png"))
    )
    assert len(large) > 128 * 1024
    lines = [large, small, small, f"{small}!"]
    text = {
        "list.txt": "\n".join(lines),
        "list.csv": "".join(f'"{line}",x\n' for line in lines),
        "list.jsonl": "\n".join(json.dumps({"image": line}) for line in lines),
        "list.json": json.dumps([{"image": line} for line in lines]),
    }[name]
    found = bring_in(text, name=name)
    assert ends(found) == [
        (1, "done", ""), (2, "done", ""), (3, "duplicate", "duplicate_line"),
        (4, "failed", "bad_data_uri"),
    ]  # fmt: skip
    rows = ImportRow.objects.filter(of_import=found).values_list("url", "payload")
    assert max(len(f"{url}{payload}") for url, payload in rows) < 100
    assert set(Image.objects.values_list("source_url", "name")) == {("", "data")}


def test_list_without_sense_fails_with_a_sentence(bring_in: BringIn) -> None:
    found = bring_in("a,b\n1,2\n", name="list.csv")
    assert found.state == "failed"
    assert found.error == "No column is called url or image. There are: a, b."
    assert bring_in("\n\n").error == "The list holds no line."
