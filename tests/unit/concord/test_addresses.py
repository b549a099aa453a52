from ipaddress import ip_address

import pytest

from concord.storage.addresses import AddressPolicy, Allowance, embedded_ipv4

NEVER_BY_DEFAULT = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 169.254.169.254
169.254.170.2 168.63.129.16 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1
192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:8.8.8.8 64:ff9b::7f00:1
64:ff9b::a9fe:a9fe 64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1 2001:0:7f00:1::1 2001:db8::1
2002:7f00:1:: 2002:808:808:: 3fff::1 fc00::1 fd00:ec2::254 fd20:ce::254 fe80::1 fe80::5efe:7f00:1
fec0::1 ff02::1 5f00::1
""".split()  # noqa: SIM905
PUBLIC = "1.1.1.1 8.8.8.8 172.32.0.1 100.128.0.1 2606:4700::1111 2a00:1450::1 2001:4860::1".split()  # noqa: SIM905


@pytest.mark.parametrize("text", NEVER_BY_DEFAULT)
def test_private_special_and_disguised_addresses_are_refused(text: str) -> None:
    policy = AddressPolicy()
    assert not policy.permits(ip_address(text), 80)
    assert not policy.permits(ip_address(text), 443)


@pytest.mark.parametrize("text", PUBLIC)
def test_public_addresses_are_open_on_the_two_usual_ports_only(text: str) -> None:
    policy = AddressPolicy()
    assert policy.permits(ip_address(text), 80)
    assert policy.permits(ip_address(text), 443)
    for port in (0, 22, 25, 8000, 5432, 6379, 65536):
        assert not policy.permits(ip_address(text), port)


METADATA = """
169.254.169.254 169.254.170.2 100.100.100.200 168.63.129.16 192.0.0.192 fd00:ec2::254 fe80::1
::ffff:169.254.169.254 64:ff9b::a9fe:a9fe 2002:a9fe:a9fe:: fd20:ce::254
""".split()  # noqa: SIM905


@pytest.mark.parametrize("text", METADATA)
def test_no_allowance_opens_a_metadata_service(text: str) -> None:
    policy = AddressPolicy.parse(["0.0.0.0/0", "::/0", "0.0.0.0/0:80", "[::/0]:80"])
    assert not policy.permits(ip_address(text), 80)


def test_an_allowance_opens_its_network_on_its_port_or_all_and_nothing_else() -> None:
    policy = AddressPolicy.parse(["127.0.0.1/32:9000", "10.0.0.0/8", "[fd12::/16]:9001"])
    assert policy.permits(ip_address("127.0.0.1"), 9000)
    assert not policy.permits(ip_address("127.0.0.1"), 80)
    assert not policy.permits(ip_address("127.0.0.2"), 9000)
    assert not policy.permits(ip_address("8.8.8.8"), 9000)
    assert policy.permits(ip_address("10.200.0.1"), 443)
    assert policy.permits(ip_address("10.200.0.1"), 9000)
    assert not policy.permits(ip_address("11.0.0.1"), 9000)
    assert policy.permits(ip_address("fd12::1"), 9001)
    assert not policy.permits(ip_address("fd13::1"), 9001)
    loopback = AddressPolicy.parse(["[::1/128]:9001"])
    assert loopback.permits(ip_address("::1"), 9001)
    assert not loopback.permits(ip_address("::2"), 9001)


def test_a_disguise_of_an_allowed_address_needs_an_allowance_of_its_own() -> None:
    mapped = ip_address("::ffff:127.0.0.1")
    assert not AddressPolicy.parse(["127.0.0.1/32"]).permits(mapped, 80)
    assert not AddressPolicy.parse(["::ffff:0:0/96"]).permits(mapped, 80)
    assert AddressPolicy.parse(["::ffff:0:0/96", "127.0.0.1/32"]).permits(mapped, 80)


def test_nat64_that_was_allowed_reaches_public_addresses_only() -> None:
    policy = AddressPolicy.parse(["64:ff9b::/96"])
    assert policy.permits(ip_address("64:ff9b::808:808"), 443)
    assert not policy.permits(ip_address("64:ff9b::a00:1"), 443)


EMBEDDED = {
    "::127.0.0.1": ["127.0.0.1"],
    "::ffff:10.0.0.1": ["10.0.0.1"],
    "64:ff9b::a9fe:a9fe": ["169.254.169.254"],
    "2002:7f00:1::": ["127.0.0.1"],
    # Teredo: the server as it is, the client with every bit flipped.
    "2001:0:0808:0808::f5ff:fffe": ["8.8.8.8", "10.0.0.1"],
    "2a00::5efe:7f00:1": ["127.0.0.1"],
    "2a00:1450::1": [],
}


@pytest.mark.parametrize(("address", "carried"), EMBEDDED.items())
def test_an_ipv4_address_inside_an_ipv6_address_is_seen(address: str, carried: list[str]) -> None:
    assert [str(one) for one in embedded_ipv4(ip_address(address))] == carried


@pytest.mark.parametrize("text", ["", "nonsense", "10.0.0.0/33", "10.0.0.1/8", "1.2.3.4:0", "a:80"])
def test_an_allowance_that_is_none_stops_the_start(text: str) -> None:
    with pytest.raises(ValueError):
        Allowance.parse(text)


def test_allowances_are_read_in_all_four_forms() -> None:
    forms = ["10.0.0.0/8", "10.1.2.3:9000", "fd12::/16", "[fd12::/16]:9000"]
    read = [(str(one.network), one.port) for one in map(Allowance.parse, forms)]
    assert read == [
        ("10.0.0.0/8", None),
        ("10.1.2.3/32", 9000),
        ("fd12::/16", None),
        ("fd12::/16", 9000),
    ]
