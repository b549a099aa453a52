"""What must be right before the product starts, said by `manage.py check` and by `migrate`.

An error stops the start; a warning is for whoever reads what `migrate` says. Those of production
look at what `concord.settings` cannot refuse by itself, or what is wrong on some machines only.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 (Django's names)
from django.core.exceptions import ImproperlyConfigured

from concord.storage.addresses import AddressPolicy
from concord.storage.files import open_store

HERE = {"", "localhost", "127.0.0.1", "::1"}
KNOWN_SECRETS = {
    *("admin", "changeme", "concord", "guest", "minioadmin", "password", "postgres", "redis"),
    *("root", "secret", "test", "valkey", "KEY", "SECRET"),
}
SHORTEST_TOKEN = 16


@register
def storage_and_fetching(**_kwargs: Any) -> list[CheckMessage]:
    """CONCORD_FETCH_ALLOW and CONCORD_STORAGE_URL can be read."""
    found: list[CheckMessage] = []
    try:
        AddressPolicy.parse(settings.FETCH_ALLOW)
    except ValueError as error:
        found.append(Error(f"CONCORD_FETCH_ALLOW: {error}", id="concord.E001"))
    try:
        open_store(settings.STORAGE_URL)
    except ImproperlyConfigured as error:
        found.append(Error(str(error), id="concord.E002"))
    return found


@register
def production(**_kwargs: Any) -> list[CheckMessage]:
    """What would be unsafe or lost where strangers can reach it."""
    return [*_refused(), *_warned_of()] if settings.PRODUCTION else []


def _refused() -> Iterator[CheckMessage]:
    broker = urlsplit(settings.CELERY_BROKER_URL)
    if broker.scheme in {"redis", "rediss"} and _is_elsewhere(broker) and not broker.password:
        yield Error(
            "CELERY_BROKER_URL names a broker on another machine without a password: whoever "
            "reaches it can give the workers orders.",
            hint="Give it one (requirepass), and write redis://:PASSWORD@host:port/0.",
            id="concord.E003",
        )
    for name, url in (
        ("CELERY_BROKER_URL", broker),
        ("CONCORD_STORAGE_URL", urlsplit(settings.STORAGE_URL)),
    ):
        if _is_elsewhere(url) and unquote(url.password or "") in KNOWN_SECRETS:
            yield _known(name)
    database = settings.DATABASES["default"]
    if database["HOST"] not in HERE and database["PASSWORD"] in KNOWN_SECRETS:
        yield _known("DATABASE_URL")
    if 0 < len(settings.METRICS_TOKEN) < SHORTEST_TOKEN:
        yield Error(
            f"CONCORD_METRICS_TOKEN has fewer than {SHORTEST_TOKEN} characters and can be guessed.",
            hint="python3 -c 'import secrets; print(secrets.token_urlsafe(24))'",
            id="concord.E005",
        )
    if any(entry.partition("/")[2].partition(":")[0] == "0" for entry in settings.FETCH_ALLOW):
        yield Error(
            "CONCORD_FETCH_ALLOW allows every address: whoever may import could read from any "
            "server inside your network.",
            hint="Name the servers that hold images: 10.1.2.3/32:9000.",
            id="concord.E006",
        )


def _warned_of() -> Iterator[CheckMessage]:
    if settings.EMAIL_URL.scheme == "console":
        yield Warning(
            "CONCORD_EMAIL_URL is not set: invitations and links to reset a password reach nobody, "
            "but stand in the log of the worker.",
            hint="smtp+tls://user:password@host:587",
            id="concord.W001",
        )
    elif (
        settings.EMAIL_URL.password
        and not settings.EMAIL_USE_TLS
        and _is_elsewhere(settings.EMAIL_URL)
    ):
        yield Warning(
            "CONCORD_EMAIL_URL sends a password through the network unencrypted.",
            hint="smtp+tls:// in the place of smtp://",
            id="concord.W002",
        )
    if settings.STORAGE_URL.startswith("file:") and settings.HOST not in HERE:
        yield Warning(
            "Images are kept in a folder, and this web server is reached from other machines: if "
            "there is more than one of them, each must see the same folder.",
            hint="CONCORD_STORAGE_URL=s3://..., or a volume that all mount.",
            id="concord.W003",
        )
    if not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        yield Warning(
            "CONCORD_TRUSTED_PROXIES is 0, but in production a proxy ends TLS: everybody's tries "
            "to log in count as those of its one address.",
            hint="CONCORD_TRUSTED_PROXIES=1 behind one proxy that sets X-Forwarded-For.",
            id="concord.W004",
        )


def _is_elsewhere(url: SplitResult) -> bool:
    return (url.hostname or "") not in HERE


def _known(name: str) -> Error:
    return Error(
        f"{name} has a password that everybody knows.",
        hint="openssl rand -hex 24",
        id="concord.E004",
    )
