"""Tries at a door by somebody who is not known yet: each is counted before it is judged, and after
too many of them the next one has to wait.

Nobody is locked out: a wait ends by itself, a try that came too early does not prolong it, and the
right answer after it opens the door (`Door` tells who may have to try more than once). A table of
our own counts, not the cache: it counts exactly, however many tries come at once, and no flood of
other keys pushes a count out of it.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from apps.annotators.models import Tries
from concord.errors import RateLimited
from concord.rows import first_row, run

FORGOTTEN_AFTER = timedelta(hours=1)
KNOWN_FOR = timedelta(days=30)

COUNT = """
INSERT INTO annotators_tries AS t (gate, count, tried_at, open_at, known)
VALUES (%(gate)s, 1, clock_timestamp(), clock_timestamp(), false)
ON CONFLICT (gate) DO UPDATE SET tried_at = clock_timestamp(), (count, open_at) = (
    SELECT n, clock_timestamp() + make_interval(secs => CASE
           WHEN n < %(free)s THEN 0
           ELSE least(%(longest)s, %(first)s * power(2, least(n - %(free)s, 20))) END)
      FROM (SELECT CASE WHEN t.tried_at < clock_timestamp() - make_interval(secs => %(memory)s)
                        THEN 1 ELSE t.count + 1 END AS n) AS counted)
 WHERE t.open_at <= clock_timestamp()
RETURNING open_at, known
"""
WAIT = """SELECT extract(epoch FROM open_at - clock_timestamp())::float8
  FROM annotators_tries WHERE gate = %s
"""
OPEN = """UPDATE annotators_tries SET count = 0, open_at = clock_timestamp(), known = true
 WHERE gate = %s
"""
TAKE_BACK = """UPDATE annotators_tries SET count = greatest(count - 1, 0),
       open_at = CASE WHEN open_at = %s THEN clock_timestamp() ELSE open_at END
 WHERE gate = %s
"""


@dataclass(frozen=True, slots=True)
class Pace:
    """How many tries are free (at least two), and how many seconds the next one then waits.

    It is `first`, doubled by each further one, at the longest `longest`.
    """

    free: int
    first: int
    longest: int


@dataclass(frozen=True, slots=True)
class Door:
    """What is guessed at, and the paces of its three gates.

    Of one account from one address, of one account from anywhere, and of any account from one
    address. That of the account waits for seconds only: it is what keeps many addresses from
    guessing together. Its owner does not notice where they came in before; at an address that is
    new to us they stand behind the same gate, and while many guess may have to try again until
    they are the first one there after a wait.
    """

    name: str
    pair: Pace
    account: Pace
    address: Pace


@dataclass(frozen=True, slots=True)
class Knock:
    """A try that was counted, with the gates that it passed and when each opens again."""

    gates: Sequence[tuple[str, datetime]]
    of_account: bool


@transaction.atomic
def knock(*, door: Door, address: str, account: str = "") -> Knock:
    """Count a try before it is judged. Raises RateLimited `too_many_attempts` while it must wait.

    `account` is what somebody says to be, whether it exists or not; empty where the door is none
    of an account's. Who came in at this address before meets only the first gate, so that others
    who guess, from here or anywhere, do not hold them up.
    """
    gates = [(door.address, "", address)]
    if account:
        gates = [(door.pair, account, address), (door.account, account, ""), *gates]
    passed: list[tuple[str, datetime]] = []
    for pace, of_account, of_address in gates:
        gate = _gate(door.name, of_account, of_address)
        opens, known = _pass(gate, pace)
        passed.append((gate, opens))
        if known:
            break
    return Knock(passed, of_account=bool(account))


@transaction.atomic
def let_in(*, tried: Knock) -> None:
    """It was no guess: it does not count, and who tries that account from here is known.

    What others guessed still counts against the address and the account: whoever has one account
    must not clear the way to another.
    """
    gates = list(tried.gates)
    if tried.of_account:
        run(OPEN, [gates.pop(0)[0]])
    for gate, opens in gates:
        run(TAKE_BACK, [opens, gate])


@transaction.atomic
def forget() -> int:
    """Remove what no longer counts; returns how many rows."""
    now = timezone.now()
    old = Tries.objects.filter(tried_at__lt=now - FORGOTTEN_AFTER, open_at__lt=now)
    deleted, _ = old.exclude(known=True, tried_at__gte=now - KNOWN_FOR).delete()
    return deleted


def _pass(gate: str, pace: Pace) -> tuple[datetime, bool]:
    values = {
        "gate": gate,
        "free": pace.free,
        "first": pace.first,
        "longest": pace.longest,
        "memory": FORGOTTEN_AFTER.total_seconds(),
    }
    row = first_row(COUNT, values)
    if row is None:
        wait = first_row(WAIT, [gate])
        seconds = max(math.ceil(wait[0]), 1) if wait else 1
        detail = f"Too many tries. Try again in {seconds} seconds."
        raise RateLimited("too_many_attempts", detail, retry_after=seconds)
    return row[0], row[1]


def _gate(door: str, account: str, address: str) -> str:
    """Its key. Neither what was typed nor where from is kept."""
    text = "\0".join((door, account, address))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
