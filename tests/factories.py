"""Rows for tests, made the way the product makes them."""

from __future__ import annotations

import hashlib
from typing import Any

from django.test import Client

from apps.annotators.models import User
from apps.datasets.models import Blob, Dataset, Image, Interface, Label, Membership, Role
from apps.tasks.actions.creating import TaskContent, create_task
from apps.tasks.models import Task

PASSWORD = "a long enough password"
COLOURS = ["#e69f00", "#56b4e9", "#009e73", "#f0e442"]


def make_user(name: str, **fields: Any) -> User:
    """A person with an address of their own name."""
    return User.objects.create(email=f"{name.lower()}@example.org", name=name, **fields)


def make_dataset(
    *,
    owner: User,
    name: str = "Street signs",
    interface: str = Interface.IMAGE_MANUAL,
    labels: tuple[str, ...] = ("stop", "yield"),
    **config: Any,
) -> Dataset:
    """A dataset that `owner` manages."""
    dataset = Dataset.objects.create(
        slug=name.lower().replace(" ", "-"),
        name=name,
        interface=interface,
        config=config,
        created_by=owner,
    )
    add_member(dataset, owner, Role.MANAGER)
    for position, label in enumerate(labels):
        Label.objects.create(
            dataset=dataset,
            name=label,
            colour=COLOURS[position % 4],
            position=position,
            shapes=["rect", "polygon", "freehand"],
        )
    return dataset


def add_member(dataset: Dataset, user: User, role: Role) -> Membership:
    """Give a person a role."""
    return Membership.objects.create(dataset=dataset, user=user, role=role)


def make_image(dataset: Dataset, *, name: str, width: int = 200, height: int = 100) -> Image:
    """An image whose bytes are named but not stored."""
    digest = hashlib.sha256(f"{dataset.id}/{name}".encode()).hexdigest()
    blob = Blob.objects.create(
        sha256=digest,
        media_type="image/jpeg",
        size=1000,
        width=width,
        height=height,
        rendition_sha256=digest,
        rendition_media_type="image/jpeg",
        rendition_size=1000,
        thumbnail_sha256=digest,
    )
    return Image.objects.create(dataset=dataset, blob=blob, name=name)


def make_task(dataset: Dataset, *, name: str = "a.jpg", order_key: int = 0, **content: Any) -> Task:
    """A task about one new image."""
    return create_task(
        dataset=dataset,
        images=[make_image(dataset, name=name)],
        order_key=order_key,
        content=TaskContent(**content),
    )


def make_group(dataset: Dataset, *names: str, order_key: int = 0, **content: Any) -> Task:
    """A task about several new images, to pick among."""
    return create_task(
        dataset=dataset,
        images=[make_image(dataset, name=name) for name in names],
        order_key=order_key,
        content=TaskContent(**content),
    )


def browser_of(user: User) -> Client:
    """A browser in which `user` is logged in."""
    client = Client()
    client.force_login(user)
    return client
