"""Lists that bring shapes: from a kept file to rows, shapes checked; nothing is fetched."""

from __future__ import annotations

import io
import json
import random
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from bench.records import Record

if TYPE_CHECKING:
    from apps.datasets.models import Dataset

IMAGES = 10_000
BOXES = 10
WIDTH, HEIGHT = 1920, 1080


def measure_annotated_lists(make_dataset: Callable[[str], Dataset]) -> Iterator[Record]:
    """Seconds for a list of `IMAGES` with `BOXES` each, as JSON lines and as COCO."""
    for form, written in (("jsonl", _as_lines), ("coco", _as_coco)):
        took = _seconds_to_read(make_dataset(f"annotated-{form}"), f"list.{form}.json", written())
        note = f"{BOXES} boxes an image, from the kept file to rows"
        yield Record(f"import_{form}_rows_seconds_10k", took, "s", IMAGES, note=note)


def _seconds_to_read(dataset: Dataset, name: str, body: bytes) -> float:
    from apps.datasets.models import Label
    from apps.imports.actions.lists import Upload, create_import
    from apps.imports.actions.reading import read_rows
    from apps.imports.options import Options

    car = {"name": "car", "colour": "#e69f00", "position": 0, "shapes": ["rect"]}
    Label.objects.create(dataset=dataset, **car)
    source = Upload(name=name, body=io.BytesIO(body))
    found = create_import(
        user=dataset.created_by, dataset=dataset, source=source, options=Options()
    )
    began = time.perf_counter()
    while read_rows(found=found, beat=lambda: None):
        found.refresh_from_db()
    took = time.perf_counter() - began
    if (rows := found.rows.exclude(state="failed").count()) != IMAGES:
        raise RuntimeError(f"Only {rows} of {IMAGES} lines of {name} were taken.")
    return took


def _as_lines() -> bytes:
    lines = (
        {"image": _address(n), "spans": [{**box, "label": "car"} for box in _boxes(n)]}
        for n in range(IMAGES)
    )
    return b"\n".join(json.dumps(line).encode() for line in lines)


def _as_coco() -> bytes:
    images = [
        {"id": n, "file_name": _address(n), "width": WIDTH, "height": HEIGHT} for n in range(IMAGES)
    ]
    annotations = [
        {
            "id": BOXES * n + place,
            "image_id": n,
            "category_id": 1,
            "bbox": [box["x"], box["y"], box["width"], box["height"]],
            "area": box["width"] * box["height"],
            "iscrowd": 0,
        }
        for n in range(IMAGES)
        for place, box in enumerate(_boxes(n))
    ]
    categories = [{"id": 1, "name": "car"}]
    return json.dumps(
        {"images": images, "annotations": annotations, "categories": categories}
    ).encode()


def _address(n: int) -> str:
    return f"http://example.org/{n}.jpg"


def _boxes(n: int) -> list[dict[str, Any]]:
    hand = random.Random(n)
    return [
        {
            "type": "rect",
            "x": round(hand.uniform(0, WIDTH - 200), 2),
            "y": round(hand.uniform(0, HEIGHT - 200), 2),
            "width": round(hand.uniform(10, 200), 2),
            "height": round(hand.uniform(10, 200), 2),
        }
        for _ in range(BOXES)
    ]
