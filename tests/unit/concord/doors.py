"""Doors to the outside for tests, and what they refuse."""

import socket

import pytest

from concord.storage.addresses import Address, AddressPolicy, parse_address
from concord.storage.egress import PLAIN, Egress, Message
from concord.storage.failures import FetchError
from tests.unit.concord.peers import Peer


def door(*peers: Peer, **names: list[str]) -> Egress:
    """A door that may reach these peers, with a name server that knows `names`."""

    def resolve(host: str, port: int) -> list[Address]:
        if host in names:
            return [parse_address(text) for text in names[host]]
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return [parse_address(str(entry[4][0])) for entry in found]

    policy = AddressPolicy.parse(one.allowance for one in peers)
    return Egress(policy, resolve=resolve)


def refused(
    egress: Egress,
    url: str,
    *,
    deadline: float = 5,
    max_bytes: int = 1000,
    message: Message = PLAIN,
) -> FetchError:
    with pytest.raises(FetchError) as caught:
        egress.fetch(url, deadline=deadline, max_bytes=max_bytes, message=message)
    return caught.value
