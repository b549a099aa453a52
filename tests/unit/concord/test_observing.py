"""The line that the log has of each request."""

import io
import json
from typing import Any

import pytest
from django.test import Client

from apps.annotators.models import User
from apps.datasets.models import Dataset
from concord.http import observing
from concord.logs import quick_log
from tests.factories import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    file = io.StringIO()
    monkeypatch.setattr(observing, "log", quick_log(file))
    return file


def lines(written: io.StringIO, client: Client, path: str) -> list[dict[str, Any]]:
    client.get(path, headers={"X-Request-ID": "a-request-1"})
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_it_says_who_asked_for_what_and_nothing_that_is_secret(
    written: io.StringIO, signs: Dataset, owner: User
) -> None:
    (line,) = lines(written, browser_of(owner), f"/api/datasets/{signs.slug}/?token=s3cr3t")
    assert line.pop("ms") > 0
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "request",
        "level": "info",
        "request_id": "a-request-1",
        "route": "api/datasets/<str:dataset>/",
        "method": "GET",
        "status": 200,
        "user": str(owner.pk),
    }


def test_an_address_with_a_token_in_it_is_not_written_down(written: io.StringIO) -> None:
    (line,) = lines(written, Client(), "/api/invitations/t0ken/accept/")
    assert "t0ken" not in str(line)
    assert (line["status"], line["user"]) == (404, None)


def test_probes_and_files_of_the_front_end_are_not_written_down(written: io.StringIO) -> None:
    assert lines(written, Client(), "/healthz") == lines(written, Client(), "/assets/none.js") == []
