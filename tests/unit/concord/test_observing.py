"""The line that the log has of each request."""

import pytest
import structlog
from django.test import Client
from structlog.testing import capture_logs

from apps.annotators.models import User
from apps.datasets.models import Dataset
from tests.factories import browser_of

pytestmark = pytest.mark.django_db


def lines(client: Client, path: str) -> list[dict[str, object]]:
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as logs:
        client.get(path, headers={"X-Request-ID": "a-request-1"})
    return [dict(line) for line in logs if line["event"] == "request"]


def test_it_says_who_asked_for_what_and_nothing_that_is_secret(signs: Dataset, owner: User) -> None:
    (line,) = lines(browser_of(owner), f"/api/datasets/{signs.slug}/?token=s3cr3t")
    assert line.pop("ms") > 0  # type: ignore[operator]
    assert line == {
        "event": "request",
        "log_level": "info",
        "request_id": "a-request-1",
        "route": "api/datasets/<str:dataset>/",
        "method": "GET",
        "status": 200,
        "user": str(owner.pk),
    }


def test_an_address_with_a_token_in_it_is_not_written_down() -> None:
    (line,) = lines(Client(), "/api/invitations/t0ken/accept/")
    assert "t0ken" not in str(line)
    assert (line["status"], line["user"]) == (404, None)


def test_probes_and_files_of_the_front_end_are_not_written_down() -> None:
    assert lines(Client(), "/healthz") == lines(Client(), "/assets/none.js") == []
