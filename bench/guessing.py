"""Whether the time of an answer tells a stranger who has an account: known and unknown addresses
asked about in turns, so that what else the machine does hits both alike."""

from __future__ import annotations

import http.client
import json
import os
import statistics
import time
from collections.abc import Iterator

from bench.instance import throwaway, web
from bench.records import Record

SAMPLES = 150
PEOPLE = 50
ASKED = {
    "log_in": ("/api/auth/token/", 401),
    "letter": ("/_allauth/browser/v1/auth/password/request", 200),
}


def measure() -> Iterator[Record]:
    """Figures of the part `guess`."""
    os.environ["CONCORD_TRUSTED_PROXIES"] = "1"  # each question from an address of its own
    with throwaway() as environment:
        _make_people()
        with web(environment) as port:
            for what in ASKED:
                yield _measured(port, what)


def _make_people() -> None:
    # Models can be imported once the throw-away instance has set Django up.
    from apps.annotators.actions.accounts import create_user

    for n in range(PEOPLE):
        create_user(email=f"known{n}@example.org", password="correct horse battery")


def _measured(port: int, what: str) -> Record:
    times: dict[str, list[float]] = {"known": [], "unknown": []}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    token = _csrf_token(connection)
    for n in range(SAMPLES):
        # Which one is asked about first changes, too.
        for kind in sorted(times, reverse=n % 2 == 1):
            email = f"{kind}{n % PEOPLE}@example.org"
            times[kind].append(_ask(connection, what, email, n, token))
    connection.close()
    known, unknown = (statistics.median(times[kind]) * 1000 for kind in ("known", "unknown"))
    note = f"median for an address that somebody has {known:.2f} ms, for another {unknown:.2f} ms"
    return Record(
        f"told_by_time_ms_{what}",
        abs(known - unknown),
        "ms",
        SAMPLES,
        ratio=known / unknown,
        note=note,
    )


def _csrf_token(connection: http.client.HTTPConnection) -> str:
    connection.request("GET", "/_allauth/browser/v1/config")
    reply = connection.getresponse()
    reply.read()
    return (reply.getheader("Set-Cookie") or "").partition("=")[2].partition(";")[0]


def _ask(
    connection: http.client.HTTPConnection, what: str, email: str, n: int, token: str
) -> float:
    """Seconds until the answer; raises RuntimeError for an answer that was not expected."""
    path, expected = ASKED[what]
    headers = {
        "Content-Type": "application/json",
        "Cookie": f"concord-csrf={token}",
        "X-CSRFToken": token,
        "X-Forwarded-For": f"10.{n // 250}.{n % 250}.{len(email)}",
    }
    body = json.dumps({"email": email, **({"password": "guess"} if what == "log_in" else {})})
    began = time.perf_counter()
    connection.request("POST", path, body, headers)
    reply = connection.getresponse()
    text = reply.read()
    if reply.status != expected:
        raise RuntimeError(f"{path} answered {reply.status}: {text[:200]!r}")
    return time.perf_counter() - began
