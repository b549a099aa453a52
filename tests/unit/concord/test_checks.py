"""What stops a start, and what is said at one."""

import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.checks.registry import registry
from pytest_django import Settings

from concord.checks import production, storage_and_fetching

ROOT = Path(__file__).parents[3]
OURS = [storage_and_fetching, production]
SAFE: dict[str, Any] = {
    "PRODUCTION": True,
    "HOST": "0.0.0.0",
    "CELERY_BROKER_URL": "redis://:Zu6fah2e@broker:6379/0",
    "STORAGE_URL": "s3://images:ieTh4aez@s3.example.org/b",
    "METRICS_TOKEN": "",
    "FETCH_ALLOW": [],
    "EMAIL_URL": urlsplit("smtp+tls://us:Ahv3oo@mail.example.org:587"),
    "EMAIL_USE_TLS": True,
    "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
}


def said(settings: Settings, **changes: object) -> list[str]:
    for name, value in (SAFE | changes).items():
        setattr(settings, name, value)
    return [str(message.id) for check in OURS for message in check()]


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("FETCH_ALLOW", ["10.0.0.0/8", "nonsense"], ["concord.E001"]),
        ("STORAGE_URL", "ftp://x/y", ["concord.E002"]),
        ("FETCH_ALLOW", ["10.0.0.0/8:9000"], []),
        ("CELERY_BROKER_URL", "redis://broker:6379/0", ["concord.E003"]),
        ("CELERY_BROKER_URL", "rediss://broker:6379/0", ["concord.E003"]),
        ("CELERY_BROKER_URL", "redis://127.0.0.1:6379/0", []),
        ("CELERY_BROKER_URL", "redis+socket:///run/valkey.sock", []),
        ("CELERY_BROKER_URL", "redis://:valkey@broker:6379/0", ["concord.E004"]),
        ("STORAGE_URL", "s3://minioadmin:minioadmin@minio:9000/b?tls=0", ["concord.E004"]),
        ("METRICS_TOKEN", "short", ["concord.E005"]),
        ("METRICS_TOKEN", "long-enough-not-to-be-guessed", []),
        ("FETCH_ALLOW", ["0.0.0.0/0"], ["concord.E006"]),
        ("FETCH_ALLOW", ["0.0.0.0/0:443"], ["concord.E006"]),
        ("EMAIL_URL", urlsplit("console:"), ["concord.W001"]),
        ("EMAIL_USE_TLS", False, ["concord.W002"]),
        ("STORAGE_URL", "file:///srv/files", ["concord.W003"]),
        ("ALLAUTH_TRUSTED_PROXY_COUNT", 0, ["concord.W004"]),
    ],
)
def test_a_setting_that_is_unsafe_in_production_is_told_of(
    settings: Settings, name: str, value: object, found: list[str]
) -> None:
    assert said(settings, **{name: value}) == found


def test_a_password_of_the_database_that_everybody_knows_is_refused(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "HOST", "db")
    monkeypatch.setitem(settings.DATABASES["default"], "PASSWORD", "postgres")
    assert said(settings) == ["concord.E004"]


def test_a_start_asks_all_of_them() -> None:
    assert set(OURS) <= registry.registered_checks


def test_none_of_it_matters_to_an_instance_of_ones_own(settings: Settings) -> None:
    unsafe = {"CELERY_BROKER_URL": "redis://broker:6379/0", "METRICS_TOKEN": "short"}
    assert said(settings, PRODUCTION=False, **unsafe) == []


def test_djangos_own_checks_of_a_deployment_find_nothing(tmp_path: Path) -> None:
    variables = {
        "CONCORD_MODE": "production",
        "CONCORD_PUBLIC_URL": "https://concord.example.org",
        "CONCORD_SECRET_KEY": "Kq3-8sVn2mXr7wTz5yBd1hGf9jLc4pAe-Kq3-8sVn2mXr7wTz5yB",
        "CONCORD_TRUSTED_PROXIES": "1",
        "CONCORD_EMAIL_URL": "smtp+tls://mail.example.org:587",
        "CONCORD_DATA_DIR": str(tmp_path),
        "DATABASE_URL": "postgresql://concord:Zu6fah2e@db/concord",
        "CELERY_BROKER_URL": "redis://:Zu6fah2e@broker/0",
    }
    found = subprocess.run(
        [sys.executable, ROOT / "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr
