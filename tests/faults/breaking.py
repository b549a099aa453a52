"""What breaks: processes killed where they stand, servers that forget, or do not answer."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import unquote

import psutil
import redis

from tests.faults.instance import Instance

SILENCE = 3_000
"""For how many milliseconds the broker answers nobody when it is paused."""


class Breaker:
    """Breaks one thing at a time in a running instance, and counts what."""

    def __init__(self, instance: Instance, hand: random.Random) -> None:
        self.broken: Counter[str] = Counter()
        self._instance = instance
        self._hand = hand
        # Mostly a process below those that the supervisor starts: one that ends again within a
        # minute is started ever later, in the end after half a minute.
        self._ways: dict[str, tuple[int, Callable[[], None]]] = {
            "kill a web process": (40, lambda: self._kill("web", below=True)),
            "kill a worker process": (40, lambda: self._kill("worker", below=True)),
            "kill a database connection": (6, self._kill_connection),
            "kill web": (1, lambda: self._kill("web")),
            "kill worker": (1, lambda: self._kill("worker")),
            "kill scheduler": (1, lambda: self._kill("scheduler")),
            "kill valkey": (1, lambda: self._kill("valkey")),
            "kill postgres": (1, lambda: self._kill("postgres")),
            "flush valkey": (1, lambda: self._broker().flushall()),
            "pause valkey": (1, lambda: self._broker().client_pause(SILENCE)),
            "restart web": (1, lambda: self._signal("web", signal.SIGHUP)),
            "restart worker": (1, lambda: self._signal("worker", signal.SIGTERM)),
        }
        self._due = hand.sample(list(self._ways), len(self._ways))

    @property
    def kills(self) -> int:
        return sum(n for way, n in self.broken.items() if way.startswith("kill"))

    def next_way(self) -> str:
        """Each way once, in an order of chance, and then some way."""
        if self._due:
            return self._due.pop()
        weights = [weight for weight, _ in self._ways.values()]
        return self._hand.choices(list(self._ways), weights)[0]

    def break_by(self, way: str) -> None:
        """Does it, unless what it would break is not there at the moment."""
        with suppress(LookupError, psutil.NoSuchProcess, redis.RedisError):
            self._ways[way][1]()
            self.broken[way] += 1

    def _signal(self, name: str, number: signal.Signals) -> None:
        self._instance.children()[name].send_signal(number)

    def _kill(self, name: str, *, below: bool = False) -> None:
        child = self._instance.children()[name]
        victim = self._hand.choice(child.children()) if below else child
        victim.kill()

    def _kill_connection(self) -> None:
        server = self._instance.children()["postgres"]
        served = [each for each in server.children() if "concord concord" in each.cmdline()[0]]
        self._hand.choice(served).kill()

    def _broker(self) -> redis.Redis:
        address = self._instance.services()["CELERY_BROKER_URL"]
        path = unquote(address.removeprefix("redis+socket://"))
        return redis.Redis(unix_socket_path=path, socket_timeout=2)


def break_for(breaker: Breaker, *, seconds: float, pause: tuple[float, float]) -> None:
    """Break one thing after the other, with a pause between two that lies between these."""
    deadline, hand = time.monotonic() + seconds, random.Random(breaker.kills)
    while time.monotonic() < deadline:
        breaker.break_by(breaker.next_way())
        time.sleep(hand.uniform(*pause))
