"""What the images of a dataset take on the disk."""

from __future__ import annotations

import pytest

from apps.annotators.models import User
from apps.datasets.models import Blob, Dataset, Image
from tests.factories import browser_of, make_dataset, make_image

pytestmark = pytest.mark.django_db


def test_each_file_counts_once_and_what_others_have_too_is_told(
    signs: Dataset, owner: User
) -> None:
    """Three blobs: 1,000 bytes shown as they are; 5,000 and a rendition of 700; 300 that another
    dataset has as well, and that are two images here."""
    make_image(signs, name="as-it-came.jpg")
    other = make_dataset(owner=owner, name="Other")
    made, both = make_image(signs, name="converted.tif"), make_image(signs, name="both.jpg")
    Blob.objects.filter(pk=made.blob_id).update(
        size=5000, rendition_size=700, rendition_sha256="7" * 64
    )
    Blob.objects.filter(pk=both.blob_id).update(size=300, rendition_size=300)
    Image.objects.create(dataset=signs, blob=both.blob, copy=1, name="again.jpg")
    Image.objects.create(dataset=other, blob=both.blob, name="there.jpg")
    manager = browser_of(owner)
    assert manager.get(f"/api/datasets/{signs.slug}/storage/").json() == {
        "images": 4, "elsewhere": 0, "originals": 6300, "renditions": 700, "shared": 300,
    }  # fmt: skip
    assert manager.get(f"/api/datasets/{other.slug}/storage/").json() == {
        "images": 1, "elsewhere": 0, "originals": 300, "renditions": 0, "shared": 300,
    }  # fmt: skip


def test_a_dataset_without_images_takes_nothing(signs: Dataset, owner: User) -> None:
    assert browser_of(owner).get(f"/api/datasets/{signs.slug}/storage/").json() == {
        "images": 0, "elsewhere": 0, "originals": 0, "renditions": 0, "shared": 0,
    }  # fmt: skip
