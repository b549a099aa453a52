"""Which addresses a user may make this server talk to: the public internet, and what the operator
allowed. Only numbers are judged, never names: one address has dozens of spellings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

USUAL_PORTS = frozenset({80, 443})

# Services of cloud hosts that hand out credentials to whoever asks from inside. No allowance
# reaches them: someone who allows all of their own network does not mean these.
METADATA = [
    ip_network(text)
    for text in (
        "169.254.0.0/16",
        "fe80::/10",
        "fd00:ec2::/32",  # AWS over IPv6
        "fd20:ce::/32",  # Google Cloud over IPv6
        "100.100.100.200/32",  # Alibaba
        "168.63.129.16/32",  # Azure
        "192.0.0.192/32",  # Oracle
    )
]
# What `is_global` of Python 3.11 takes for public though it is not, or not for everybody.
NOT_PUBLIC = [
    ip_network(text)
    for text in (
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # 6to4 relays
        "224.0.0.0/4",
        "240.0.0.0/4",
        "2001::/23",  # Teredo and other protocol assignments
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
    )
]
# The only part of IPv6 that is given out as public; NAT64, IPv4-compatible, site-local and
# multicast addresses all lie outside.
GLOBAL_UNICAST = ip_network("2000::/3")
# Where an IPv6 address carries an IPv4 address that a router may send the packet on to.
_TRAILING_IPV4 = [ip_network(text) for text in ("::/96", "::ffff:0:0/96", "64:ff9b::/96")]
_ISATAP = {0x00005EFE, 0x02005EFE}


@dataclass(frozen=True)
class Allowance:
    """An entry of CONCORD_FETCH_ALLOW: a network, on one port or on all."""

    network: Network
    port: int | None

    @classmethod
    def parse(cls, text: str) -> Allowance:
        """Read `10.0.0.0/8`, `10.1.2.3:9000`, `fd12::/16` or `[fd12::/16]:9000`.

        Raises ValueError for anything else.
        """
        match = re.fullmatch(r"\[([^\]]+)\](?::(\d+))?|([^:]+)(?::(\d+))?", text.strip())
        if match is None:
            return cls(ip_network(text.strip()), None)
        port = match[2] or match[4]
        if port is not None and not 1 <= int(port) <= 65535:
            raise ValueError(f"{text!r} names a port that does not exist.")
        return cls(ip_network(match[1] or match[3]), int(port) if port else None)

    def covers(self, address: Address, port: int) -> bool:
        return self.opens(port) and address in self.network

    def opens(self, port: int) -> bool:
        return self.port in {None, port}


@dataclass(frozen=True)
class AddressPolicy:
    """Public addresses on ports 80 and 443, and what the allowances add."""

    allowances: tuple[Allowance, ...] = ()

    @classmethod
    def parse(cls, entries: Iterable[str]) -> AddressPolicy:
        return cls(tuple(Allowance.parse(entry) for entry in entries))

    def knows_port(self, port: int) -> bool:
        """Whether any address could be reached on this port."""
        return port in USUAL_PORTS or any(one.opens(port) for one in self.allowances)

    def permits(self, address: Address, port: int) -> bool:
        """Whether a connection may be made. An address that carries another needs both."""
        carried = embedded_ipv4(address)
        if any(_in_any(one, METADATA) for one in (address, *carried)):
            return False
        if not self._permits_as_such(address, port):
            return False
        return all(self._permits_as_such(one, port) for one in carried)

    def _permits_as_such(self, address: Address, port: int) -> bool:
        if any(entry.covers(address, port) for entry in self.allowances):
            return True
        return port in USUAL_PORTS and is_public(address)


def is_public(address: Address) -> bool:
    """Whether the whole internet agrees on who this is."""
    if isinstance(address, IPv6Address) and address not in GLOBAL_UNICAST:
        return False
    return address.is_global and not _in_any(address, NOT_PUBLIC)


def embedded_ipv4(address: Address) -> list[IPv4Address]:
    """The IPv4 addresses that an IPv6 address carries: mapped, compatible, NAT64, 6to4, Teredo
    (server and client) and ISATAP."""
    if isinstance(address, IPv4Address):
        return []
    number = int(address)
    found = []
    if number <= 1:  # unspecified and loopback, which only look like IPv4-compatible ones
        return []
    if _in_any(address, _TRAILING_IPV4) or number >> 32 & 0xFFFFFFFF in _ISATAP:
        found.append(IPv4Address(number & 0xFFFFFFFF))
    if address.sixtofour is not None:
        found.append(address.sixtofour)
    if address.teredo is not None:
        found.extend(address.teredo)
    return found


def parse_address(text: str) -> Address:
    """An address as `getaddrinfo` writes it; the zone of a link-local one is dropped."""
    return ip_address(text.partition("%")[0])


def _in_any(address: Address, networks: Iterable[Network]) -> bool:
    return any(address in network for network in networks)
