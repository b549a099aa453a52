"""A dataset to browse: tasks in every state, with all that is filtered by, rare and common."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from PIL import Image

from apps.annotators.models import User
from apps.datasets.models import Blob, Dataset, Label
from bench.datasets import OVERLAP
from bench.filling import fill, without_indexes
from concord.storage.files import store

SIZES = (
    (640, 480),
    (800, 600),
    (1280, 720),
    (1920, 1080),
    (2048, 1536),
    (3000, 2000),
    (4000, 3000),
)
LABELS = 20
"""The first is on a third of what was answered, each further one on half as much; the last on ten
or so of a million."""

TABLES = ("tasks_words", "reviews_taskfacts", "tasks_answer")

# `u` and `v` are drawn anew for each task; what comes of them does not depend on its place.
FILL = """
CREATE TEMPORARY TABLE made ON COMMIT DROP AS
    SELECT n, uuidv7() AS task, uuidv7() AS image, random() AS u, random() AS v,
           now() - interval '100 days' * (1 - n / %(tasks)s::float) AS at,
           1 + (n * 7919 %% cardinality(%(widths)s::int[]))::int AS size
      FROM generate_series(%(first)s::bigint, %(last)s::bigint) n;
CREATE TEMPORARY TABLE said ON COMMIT DROP AS
    SELECT *, CASE WHEN u < %(open)s THEN 'open' WHEN u < %(open)s + 0.05 THEN 'answered'
                   WHEN u < %(open)s + 0.1 THEN 'conflicted' ELSE 'final' END AS state,
           CASE WHEN u < %(open)s THEN NULL ELSE floor(-ln(v) * 4)::int END AS shapes,
           ARRAY(SELECT exp(2 + 5 * random()) FROM generate_series(1, CASE WHEN u < %(open)s THEN 0
                 ELSE floor(-ln(v) * 4)::int END) WHERE n > 0 ORDER BY 1) AS sizes,
           ARRAY(SELECT (%(people)s::uuid[])[1 + (n * 7 + k * (1 + n %% 3))
                                                 %% cardinality(%(people)s::uuid[])]
                   FROM generate_series(1, least(%(overlap)s, cardinality(%(people)s::uuid[]))) k
                  WHERE u >= %(open)s) AS people
      FROM made;
INSERT INTO datasets_image (id, dataset_id, blob_id, copy, name, source_url, meta, probe,
        created_at)
    SELECT image, %(dataset)s, (%(blobs)s::bigint[])[size], n,
           'street/' || substr(md5(n::text), 1, 8) || '.jpg', '', '{}', false, at FROM said;
INSERT INTO tasks_task (id, dataset_id, order_key, priority, score, state, reopened, sent_back,
        version, overlap, config_version, input_hash, label, meta, spans, extra, created_at,
        updated_at)
    SELECT task, %(dataset)s, n, 0, CASE WHEN v < 0.7 THEN v END, state, false, false, 1,
           %(overlap)s, 1, md5(n::text), '',
           jsonb_build_object('camera', 'nikon d' || n %% 50, 'place', substr(md5(v::text), 1, 6)),
           '[]', '{}', at, at + u * interval '90 days'
      FROM said;
INSERT INTO tasks_taskimage (task_id, n, dataset_id, image_id)
    SELECT task, 0, %(dataset)s, image FROM said;
INSERT INTO tasks_words (task_id, dataset_id, told, kept)
    SELECT task, %(dataset)s,
           concat_ws(chr(10), 'street/' || substr(md5(n::text), 1, 8) || '.jpg',
                     'nikon d' || n %% 50, substr(md5(v::text), 1, 6)), ''
      FROM said;
INSERT INTO reviews_taskfacts (task_id, dataset_id, state, labels, conflict_kinds, annotators,
        answers, confidence, verdict, shapes, sizes, tags, order_key, score, width, height,
        withdrawn, made_at, updated_at)
    SELECT task, %(dataset)s, state,
           CASE WHEN shapes > 0 THEN ARRAY(
               SELECT DISTINCT (%(labels)s::varchar[])[
                   least(%(kinds)s, 1 + floor(-ln(random() + n * 0) / ln(2))::int)]
                 FROM generate_series(1, least(shapes, 3))) ELSE '{}' END,
           CASE WHEN state <> 'conflicted' THEN '{}'::varchar[]
                WHEN v < 0.6 THEN '{label}' ELSE '{extent}' END,
           people, CASE WHEN u < %(open)s THEN 0 ELSE %(overlap)s END,
           CASE WHEN u >= %(open)s THEN sqrt(v) END,
           CASE WHEN state <> 'final' THEN '' WHEN v < 0.9 THEN 'accept' WHEN v < 0.98
                THEN 'reject' ELSE 'ignore' END,
           shapes, sizes,
           CASE WHEN n %% 100000 = 7 THEN '{rare}'::varchar[] WHEN n %% 1000 = 7 THEN '{odd}'
                WHEN n %% 10 = 7 THEN '{checked}' ELSE '{}' END,
           n, CASE WHEN v < 0.7 THEN v END, w.width, w.height, false, at, at
      FROM said JOIN unnest(%(widths)s::int[], %(heights)s::int[]) WITH ORDINALITY
           w (width, height, size) ON w.size = said.size;
"""

SOME_ANSWERS = """
INSERT INTO tasks_answer (id, task_id, dataset_id, user_id, head_id, probe, created_at, updated_at)
    SELECT uuidv7(), task, %(dataset)s, people[1], uuidv7(), false, at, at
      FROM said WHERE u >= 0.9;
"""


def make_browsable(*, slug: str, tasks: int, owner: User) -> Dataset:
    """A dataset as if half of its tasks had been answered; without what was said in detail."""
    dataset, values = prepare(slug=slug, owner=owner, overlap=OVERLAP)
    values |= {"open": 0.5, "people": [owner.pk], "tasks": tasks}
    with without_indexes(TABLES):
        fill(FILL + SOME_ANSWERS, values, count=tasks)
    return dataset


def prepare(
    *, slug: str, owner: User, overlap: int, sizes: Sequence[tuple[int, int]] = SIZES
) -> tuple[Dataset, dict[str, Any]]:
    """An empty dataset with its labels, and what `FILL` is to know of both."""
    dataset = Dataset.objects.create(
        slug=slug,
        name=slug,
        interface="image_manual",
        config={"overlap": overlap, "review_policy": "conflicts"},
        created_by=owner,
    )
    labels = Label.objects.bulk_create(
        Label(dataset=dataset, name=f"label {n}", colour="#e69f00", position=n, shapes=["rect"])
        for n in range(LABELS)
    )
    return dataset, {
        "dataset": dataset.pk,
        "overlap": overlap,
        "blobs": [blob.pk for blob in map(_blob, *zip(*sizes, strict=True))],
        "labels": [str(label.pk) for label in labels],
        "kinds": LABELS,
        "widths": [width for width, _ in sizes],
        "heights": [height for _, height in sizes],
    }


def _blob(width: int, height: int) -> Blob:
    """An image of which there is a thumbnail alone, as heavy as that of a photo."""
    digest = f"{width:0>64}"
    file = io.BytesIO()
    Image.effect_noise((320, 320 * height // width), 40).save(file, "jpeg", quality=60)
    file.seek(0)
    blob, _ = Blob.objects.get_or_create(
        sha256=digest,
        defaults={
            "media_type": "image/jpeg",
            "size": 1,
            "width": width,
            "height": height,
            "rendition_sha256": digest,
            "rendition_media_type": "image/jpeg",
            "rendition_size": 1,
            "thumbnail_sha256": store().put_stream(file).sha256,
        },
    )
    return blob
