"""The forms of files are there for everybody."""

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from apps.exchange.domain.schemas import PUBLISHED

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", PUBLISHED)
def test_whoever_asks_gets_a_schema_to_keep_for_a_while(name: str) -> None:
    token = {"Authorization": "Bearer concord_that_opens_nothing"}
    reply = Client().get(f"/api/schemas/{name}.json", headers=token)
    assert reply.status_code == 200
    assert reply["Content-Type"] == "application/schema+json"
    assert reply["Cache-Control"] == "public, max-age=3600"
    Draft202012Validator.check_schema(reply.json())


@pytest.mark.parametrize("path", ["tile.json", "nothing.json", "task.json?x=1"])
def test_there_are_no_others(path: str) -> None:
    assert Client().get(f"/api/schemas/{path}").status_code in {400, 404}
