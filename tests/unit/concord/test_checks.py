import pytest
from django.core.checks import run_checks
from pytest_django import Settings


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("FETCH_ALLOW", ["10.0.0.0/8", "nonsense"], ["concord.E001"]),
        ("STORAGE_URL", "ftp://x/y", ["concord.E002"]),
        ("FETCH_ALLOW", ["10.0.0.0/8:9000"], []),
    ],
)
def test_a_setting_that_cannot_be_read_stops_the_start(
    settings: Settings, name: str, value: object, found: list[str]
) -> None:
    setattr(settings, name, value)
    assert [message.id for message in run_checks() if "concord.E" in str(message.id)] == found
