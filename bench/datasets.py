"""Datasets of many tasks, written by a few statements instead of one action per task."""

from __future__ import annotations

from typing import Any

from django.db import connection

from apps.annotators.actions.tokens import create_token
from apps.annotators.models import ApiToken, User
from apps.datasets.models import Blob, Dataset, Label, Membership, Role

WIDTH, HEIGHT = 1920, 1080
OVERLAP = 2

FILL = """
CREATE TEMPORARY TABLE made ON COMMIT DROP AS
    SELECT n, uuidv7() AS task, uuidv7() AS image FROM generate_series(1, %(count)s) n;
INSERT INTO datasets_image (id, dataset_id, blob_id, copy, name, source_url, meta, probe,
        created_at)
    SELECT image, %(dataset)s, %(blob)s, n, n || '.jpg', '', '{}', false, now() FROM made;
INSERT INTO tasks_task (id, dataset_id, order_key, priority, state, reopened, sent_back, version,
        overlap, config_version, input_hash, label, meta, spans, extra, created_at, updated_at)
    SELECT task, %(dataset)s, n, 0, 'open', false, false, 1,
           %(overlap)s, 1, encode(sha256(n::text::bytea), 'hex'), '', '{}', '[]', '{}', now(), now()
      FROM made;
INSERT INTO tasks_taskimage (task_id, n, dataset_id, image_id)
    SELECT task, 0, %(dataset)s, image FROM made;
INSERT INTO tasks_slot (task_id, n, dataset_id, order_key, purpose, state, surplus, returned)
    SELECT task, slot, %(dataset)s, n, 'work', 'free', false, false
      FROM made, generate_series(0, %(overlap)s - 1) slot;
"""


def make_dataset(*, slug: str, tasks: int, owner: User) -> Dataset:
    """A dataset of boxes with two labels and two answers per task, all slots free."""
    dataset = Dataset.objects.create(
        slug=slug,
        name=slug,
        interface="image_manual",
        config={"overlap": OVERLAP, "review_policy": "conflicts"},
        created_by=owner,
    )
    add_labels(dataset)
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        values: dict[str, Any] = {"count": tasks, "dataset": dataset.id, "overlap": OVERLAP}
        values["blob"] = _blob(slug).pk
        for statement in FILL.strip().split(";\n"):
            cursor.execute(statement, values)
        cursor.execute("COMMIT")
        cursor.execute("VACUUM ANALYZE")
    return dataset


def add_labels(dataset: Dataset) -> None:
    """Those of what people draw at work."""
    for place, (name, colour) in enumerate((("car", "#e69f00"), ("van", "#56b4e9"))):
        Label.objects.create(
            dataset=dataset, name=name, colour=colour, position=place, shapes=["rect"]
        )


def make_annotator(*, dataset: Dataset, email: str) -> str:
    """A member who labels; returns the secret of a token."""
    user, _ = User.objects.get_or_create(email=email)
    Membership.objects.create(dataset=dataset, user=user, role=Role.ANNOTATOR)
    _, secret = create_token(user=user, name="bench", scope=ApiToken.Scope.WRITE)
    return secret


def _blob(name: str) -> Blob:
    return Blob.objects.create(
        sha256=f"{name:0>64}",
        media_type="image/jpeg",
        size=1,
        width=WIDTH,
        height=HEIGHT,
        rendition_sha256=f"{name:0>64}",
        rendition_media_type="image/jpeg",
        rendition_size=1,
        thumbnail_sha256=f"{name:0>64}",
    )
