"""A1, A2, A14: an instance that would be unsafe does not start, and its cookies go by https alone.

Each row is read by a process of its own, as in tests/unit/concord/test_settings.py.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SAFE = {
    "CONCORD_MODE": "production",
    "CONCORD_SECRET_KEY": "kA3-x9_Qf7Lr2Zt8Wm5Yv1Bn6Jc4Hd0Ps",
    "CONCORD_PUBLIC_URL": "https://concord.example.org",
}
COOKIES = (
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE",
    "CSRF_COOKIE_NAME",
    "CSRF_COOKIE_SECURE",
    "CSRF_COOKIE_SAMESITE",
    "SECURE_HSTS_SECONDS",
    "SECURE_SSL_REDIRECT",
    "DEBUG",
    "DEMO",
)


def start(folder: Path, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Read the settings with nothing but these variables."""
    named = ", ".join(f"'{name}': settings.{name}" for name in COOKIES)
    return subprocess.run(
        [
            sys.executable,
            "-c",
            f"import json; from concord import settings; print(json.dumps({{{named}}}))",
        ],
        env=variables | {"CONCORD_DATA_DIR": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("what", "variables", "named"),
    [
        ("A1 no key", {"CONCORD_SECRET_KEY": ""}, "CONCORD_SECRET_KEY"),
        ("A1 short key", {"CONCORD_SECRET_KEY": "kA3-x9_Qf7Lr2Z"}, "CONCORD_SECRET_KEY"),
        ("A1 dull key", {"CONCORD_SECRET_KEY": "changeme" * 8}, "CONCORD_SECRET_KEY"),
        (
            "A1 known key",
            {"CONCORD_SECRET_KEY": "please-changeme-0123456789-abcdef"},
            "CONCORD_SECRET_KEY",
        ),
        (
            "A1 sample key",
            {"CONCORD_SECRET_KEY": "django-insecure-0123456789abcdefgh"},
            "CONCORD_SECRET_KEY",
        ),
        ("A2 any host", {"CONCORD_ALLOWED_HOSTS": "*"}, "hosts by name"),
        ("A2 plain http", {"CONCORD_PUBLIC_URL": "http://concord.example.org"}, "https"),
        ("A2 no address", {"CONCORD_PUBLIC_URL": ""}, "CONCORD_PUBLIC_URL"),
        ("A2 dies on purpose", {"CONCORD_FAILPOINT": "answer.committed"}, "CONCORD_FAILPOINT"),
        ("A2 unknown mode", {"CONCORD_MODE": "prod"}, "CONCORD_MODE"),
        (
            "plain http to the provider",
            {
                "CONCORD_SSO_ISSUER": "http://id.example.org",
                "CONCORD_SSO_CLIENT_ID": "a",
                "CONCORD_SSO_CLIENT_SECRET": "b",
            },
            "CONCORD_SSO_ISSUER",
        ),
        ("half a provider", {"CONCORD_SSO_ISSUER": "https://id.example.org"}, "CLIENT_SECRET"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a1_a2_what_is_unsafe_does_not_start(
    tmp_path: Path, what: str, variables: dict[str, str], named: str
) -> None:
    ended = start(tmp_path, SAFE | variables)
    assert ended.returncode != 0, what
    assert "ImproperlyConfigured" in ended.stderr
    assert named in ended.stderr
    assert "Traceback" in ended.stderr or ended.stdout == ""


def test_a14_cookies_of_production_go_by_https_to_one_host_and_to_no_script(
    tmp_path: Path,
) -> None:
    found = json.loads(start(tmp_path, SAFE).stdout)
    assert found == {
        "SESSION_COOKIE_NAME": "__Host-concord-session",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_NAME": "__Host-concord-csrf",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "SECURE_HSTS_SECONDS": 31536000,
        "SECURE_SSL_REDIRECT": True,
        "DEBUG": False,
        "DEMO": False,
    }


def test_a2_nothing_turns_debugging_on(tmp_path: Path) -> None:
    loud = {"DEBUG": "1", "DJANGO_DEBUG": "1", "CONCORD_DEBUG": "1"}
    assert json.loads(start(tmp_path, SAFE | loud).stdout)["DEBUG"] is False
    assert json.loads(start(tmp_path, loud).stdout)["DEBUG"] is False
