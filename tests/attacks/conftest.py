"""A town in which everything that is asked for is written down."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from concord.storage.addresses import AddressPolicy
from concord.storage.egress import Egress
from tests.api.matrix.test_matrix import world
from tests.attacks.canaries import Canary, Guard, guarded
from tests.attacks.hostile_urls import NAMES
from tests.attacks.nameserver import name_server
from tests.jobs.imports.conftest import bring_in, connect, dataset, weed

__all__ = ["bring_in", "connect", "dataset", "weed", "world"]


@pytest.fixture(scope="session", autouse=True)
def certificates_read_once() -> Iterator[None]:
    """Hundreds of doors are made, and each would take a while to read all certificates."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpx, "create_ssl_context", functools.cache(httpx.create_ssl_context))
        yield


@dataclass(frozen=True)
class Town:
    """A canary, whose port is allowed for somebody else, the names of the table, and the guard."""

    canary: Canary
    guard: Guard

    @property
    def allowance(self) -> str:
        return f"203.0.113.250/32:{self.canary.port}"

    def door(self, *allowances: str) -> Egress:
        return Egress(AddressPolicy.parse([self.allowance, *allowances]))

    def address(self, url: str) -> str:
        return url.replace("{port}", str(self.canary.port))

    def nobody_knocked(self, *peers: int) -> bool:
        """Whether nothing was tried but connections to these ports of 127.0.0.1."""
        tried, self.guard.attempts[:] = [*self.guard.attempts], []
        return all(host == "127.0.0.1" and port in peers for host, port in tried)


@pytest.fixture(scope="module")
def quiet() -> Iterator[Town]:
    """The town of a whole module; its canary must not have been visited at the end."""
    canary = Canary()
    with name_server(NAMES), guarded() as guard:
        yield Town(canary, guard)
    canary.stop()
    assert canary.visits == 0


@pytest.fixture
def town(quiet: Town) -> Iterator[Town]:
    """The same, with no attempt noted yet."""
    quiet.guard.attempts.clear()
    yield quiet
