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
        # Mostly a process below those that the supervisor starts, since it starts one that fails
        # again and again ever later.
        self._ways: dict[str, tuple[int, Callable[[], None]]] = {
            "kill a web process": (6, lambda: self._kill("web", below=True)),
            "kill a worker process": (6, lambda: self._kill("worker", below=True)),
            "kill a database connection": (3, self._kill_connection),
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

    @property
    def kills(self) -> int:
        return sum(n for way, n in self.broken.items() if way.startswith("kill"))

    def all_ways(self) -> list[str]:
        """Each way once, in an order of chance."""
        return self._hand.sample(list(self._ways), len(self._ways))

    def some_way(self) -> str:
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
    """Each way once, then some way, with a pause between two that lies between these."""
    deadline, due = time.monotonic() + seconds, breaker.all_ways()
    hand = random.Random(len(due))
    while time.monotonic() < deadline:
        breaker.break_by(due.pop() if due else breaker.some_way())
        time.sleep(hand.uniform(*pause))
