"""Whom a task goes to by what its meta says."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from apps.datasets.domain.routing import Audience, Route, audience_of

ANN, BEN, CLEO = (UUID(int=n) for n in (1, 2, 3))
PEOPLE = {"ann@x.org": ANN, "ben@x.org": BEN, "cleo@x.org": CLEO}

CATS = Route(meta="kind", equals="cat", to=("ann@x.org", "ben@x.org"))
URGENT = Route(meta="urgent", equals=True, to=("cleo@x.org",))
NAMED = Route(meta="for", to="named")
NOT_THE_AUTHOR = Route(meta="author", to="others")


def audience(meta: dict[str, Any], *routes: Route) -> Audience:
    return audience_of(meta, routes, find=PEOPLE.get)


@pytest.mark.parametrize(
    ("meta", "only"),
    [
        ({"kind": "cat"}, (ANN, BEN)),
        ({"kind": ["dog", "cat"]}, (ANN, BEN)),
        ({"kind": "Cat"}, None),
        ({}, None),
        ({"urgent": True}, (CLEO,)),
        ({"urgent": "true"}, (CLEO,)),
        ({"urgent": 1}, None),
        ({"urgent": {"by": "true"}}, None),
        ({"for": "cleo@x.org"}, (CLEO,)),
        ({"for": ["cleo@x.org", "ann@x.org"]}, (ANN, CLEO)),
        ({"for": ""}, None),
        ({"for": 7}, None),
        ({"kind": "cat", "for": "cleo@x.org"}, (ANN, BEN)),
    ],
)
def test_the_first_route_that_fits_says_who_gets_it(
    meta: dict[str, Any], only: tuple[UUID, ...] | None
) -> None:
    assert audience(meta, CATS, URGENT, NAMED) == Audience(only=only)


def test_the_author_does_not_judge_their_own_picture() -> None:
    assert audience({"author": "ann@x.org"}, NOT_THE_AUTHOR) == Audience(barred=(ANN,))
    # Wherever the route stands, it takes the author out of those who were named.
    assert audience({"kind": "cat", "author": "ann@x.org"}, CATS, NOT_THE_AUTHOR).only == (BEN,)
    assert audience({"for": "ann@x.org", "author": "ann@x.org"}, NAMED, NOT_THE_AUTHOR).only == ()
    assert audience({"author": "stranger@x.org"}, NOT_THE_AUTHOR) == Audience()


def test_a_task_for_strangers_is_for_nobody() -> None:
    assert audience({"for": "zoe@x.org"}, NAMED) == Audience(only=(), strangers=("zoe@x.org",))
    assert audience({"for": ["zoe@x.org", "ann@x.org"]}, NAMED) == Audience(
        only=(ANN,), strangers=("zoe@x.org",)
    )
