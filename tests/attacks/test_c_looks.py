"""C: a look at an image that lies elsewhere makes this server connect to where it must not as
little as an import does, whatever its address has become since."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from apps.annotators.models import User
from apps.datasets.models import Dataset, Image
from apps.imports.actions.connections import Keys, Place, create_connection
from concord.storage.egress import egress
from tests.attacks.canaries import Guard, guarded
from tests.attacks.conftest import Town
from tests.attacks.hostile_urls import TABLE
from tests.attacks.nameserver import name_server
from tests.attacks.test_c_names import BAD, GOOD, at, to
from tests.attacks.test_c_urls import AS_REDIRECT
from tests.factories import browser_of
from tests.jobs.imports.conftest import BringIn
from tests.servers.images import picture
from tests.unit.concord.peers import answer, peer

pytestmark = pytest.mark.django_db(transaction=True)

FILE = answer("200 OK", picture(1))
ONCE = answer("200 OK", picture(1), "Connection: close")
# No text of the database holds it, so no image has such an address.
NUL = "\0"


@pytest.fixture
def allow(settings: Settings) -> Iterator[Callable[..., None]]:
    def reach(*allowances: str) -> None:
        settings.FETCH_ALLOW = list(allowances)
        egress.cache_clear()

    yield reach
    egress.cache_clear()


@pytest.fixture
def image(bring_in: BringIn, allow: Callable[..., None]) -> Image:
    """One that was imported from where it was harmless."""
    with peer(FILE) as one:
        allow(one.allowance)
        bring_in(one.url, fetch="reference")
    return Image.objects.get()


def look(user: User, image: Image, url: str = "") -> Any:
    if url:
        Image.objects.filter(pk=image.pk).update(source_url=url)
    return browser_of(user).get(f"/api/images/{image.pk}/file/")


def told(reply: Any) -> tuple[int, str]:
    """Status, and the code of the fetch or of the refusal."""
    assert b"hunter2" not in reply.content
    body = json.loads(reply.content)
    return reply.status_code, body.get("reason", body["code"])


def test_addresses_of_images(
    town: Town, image: Image, viewer: User, allow: Callable[..., None]
) -> None:
    town.guard.attempts.clear()
    allow(town.allowance)
    rows = [row for row in TABLE if NUL not in row.url]
    assert len(rows) > 300
    for row in rows:
        assert told(look(viewer, image, town.address(row.url))) == (502, row.code), row
    assert town.nobody_knocked()


def test_redirects(town: Town, image: Image, viewer: User, allow: Callable[..., None]) -> None:
    """What was a file once sends us elsewhere now."""
    town.guard.attempts.clear()
    for row in TABLE[::7]:
        with peer(to(town.address(row.url))) as one:
            allow(town.allowance, one.allowance)
            code = AS_REDIRECT.get(row.url, row.code)
            assert told(look(viewer, image, one.url)) == (502, code), row
            assert town.nobody_knocked(one.port)


def test_endpoints_of_storages(
    town: Town,
    image: Image,
    viewer: User,
    admin: User,
    dataset: Dataset,
    allow: Callable[..., None],
) -> None:
    town.guard.attempts.clear()
    allow(town.allowance)
    for number, row in enumerate(TABLE[::7]):
        place = Place(town.address(row.url).replace(NUL, ""), "us-east-1", (f"bucket-{number}",))
        create_connection(
            actor=admin, name=f"{number}", place=place, keys=Keys("a", "s"), datasets=[dataset]
        )
        reply = look(viewer, image, f"s3://bucket-{number}/1.jpg")
        assert told(reply) == (502, row.code), row
    assert told(look(viewer, image, "s3://other/1.jpg")) == (409, "connection_revoked")
    assert town.nobody_knocked()


@pytest.fixture
def guard() -> Iterator[Guard]:
    with guarded() as one:
        yield one


def test_names_that_change_their_mind(
    guard: Guard, bring_in: BringIn, viewer: User, allow: Callable[..., None]
) -> None:
    """C6. The name was a public one when the image was imported, and is ours at the next look."""
    with name_server({"it.example": [(GOOD,), (BAD,)]}), peer(ONCE) as one:
        allow(one.allowance)
        bring_in(at(one), fetch="reference")
        image = Image.objects.get()
        assert told(look(viewer, image)) == (502, "forbidden_address")
    assert guard.attempts == [(GOOD, one.port)]


def test_chains_that_end_in_a_forbidden_place(
    guard: Guard, image: Image, viewer: User, allow: Callable[..., None]
) -> None:
    """C7. Public, public, private."""
    guard.attempts.clear()
    with (
        peer(FILE) as other,
        peer(to(f"http://{BAD}:{other.port}/")) as second,
        peer(to(f"//{GOOD}:{second.port}/")) as first,
    ):
        allow(first.allowance, second.allowance, other.allowance)
        assert told(look(viewer, image, first.url)) == (502, "forbidden_address")
    assert guard.attempts == [(GOOD, first.port), (GOOD, second.port)]
    assert other.connections == 0
