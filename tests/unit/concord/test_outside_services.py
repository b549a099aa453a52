"""Reaching services that somebody else runs, before anything is started on them."""

import os

import pytest

from concord.services import outside
from concord.services.process import CannotStart
from tests.servers.ports import free_ports


def test_services_that_answer_are_taken() -> None:
    outside.check_database(os.environ["DATABASE_URL"])
    outside.check_broker(os.environ["CELERY_BROKER_URL"])


def test_a_database_that_does_not_answer_is_refused_without_its_password() -> None:
    url = f"postgresql://concord:hunter2@127.0.0.1:{free_ports(1)[0]}/concord"
    with pytest.raises(CannotStart, match=r"DATABASE_URL does not answer.*refused") as refusal:
        outside.check_database(url)
    assert "hunter2" not in str(refusal.value)


@pytest.mark.parametrize("url", ["redis://:hunter2@127.0.0.1:{}/0", "nonsense://127.0.0.1:{}"])
def test_a_broker_that_does_not_answer_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(CannotStart, match="CELERY_BROKER_URL does not answer") as refusal:
        outside.check_broker(url.format(free_ports(1)[0]))
    assert "hunter2" not in str(refusal.value)


def test_a_postgresql_that_is_too_old_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "OLDEST", 99)
    with pytest.raises(CannotStart, match="Concord needs 99 or later"):
        outside.check_database(os.environ["DATABASE_URL"])
