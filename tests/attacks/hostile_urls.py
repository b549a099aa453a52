"""Addresses that nobody may make this server connect to, one row each: the attack, the code with
which the door refuses it, the address. `{port}` is that of a canary, which the operator has allowed
for another address, so that no refusal is for the port's sake; other rows go to 80 or 443."""

from dataclasses import dataclass

from tests.attacks.nameserver import Zone


@dataclass(frozen=True)
class Hostile:
    """A row; `listed` is the code that a line of a list gets where its form is refused already."""

    attack: str
    url: str
    code: str
    listed: str


def _rows(attack: str, code: str, *urls: str, listed: str = "") -> list[Hostile]:
    return [Hostile(attack, url, code, listed or code) for url in urls]


def _hosts(attack: str, code: str, hosts: str) -> list[Hostile]:
    """Two rows a host: where the canary is, and at the usual port of https."""
    return [
        row
        for host in hosts.split()
        for row in _rows(attack, code, f"http://{host}:{{port}}/", f"https://{host}/")
    ]


FORBIDDEN = "forbidden_address"

# C1: loopback and "this host", in every spelling that somebody reads as an IPv4 address.
LOOPBACK = [
    *_hosts("C1", FORBIDDEN, "127.0.0.1 127.1 127.0.1 127.0.0.2 127.255.255.254 2130706433"),
    *_hosts("C1", FORBIDDEN, "0x7f000001 0X7F000001 017700000001 0x7f.1 0x7f.0.0.1 127.0x1"),
    *_hosts("C1", FORBIDDEN, "0x7f.0x0.0x0.0x1 0 0.0.0.0 0x0 00 0.0 0.1.2.3 127。0。0。1"),
    *_hosts("C1", FORBIDDEN, "00177.1 LOCALHOST LocalHost localhost."),
    *_hosts("C1", "bad_url", "0177.0.0.1 0177.0.0.01 127.000.000.001 127.0.0.09 256.0.0.1"),
    *_hosts("C1", "bad_url", "１２７.0.0.1 ①②⑦.⓪.⓪.① 𝟭𝟮𝟳.𝟬.𝟬.𝟭 ١٢٧.٠.٠.١ ⓛⓞⓒⓐⓛⓗⓞⓢⓣ"),
    *_hosts("C1", "bad_url", "%31%32%37.0.0.1 127%2e0%2e0%2e1 127.0.0.1%00 127.0.0.1%2f.a.example"),
    # The C library takes these for names.
    *_hosts("C1", "dns_failed", "6425673729 127.0.0.1. 1.2.3.4.5 0x7f.0.0.0.1"),
]
# C2: loopback, private and metadata addresses as or within IPv6 addresses.
IPV6 = [
    *_hosts("C2", FORBIDDEN, "[::1] [0:0::0:1] [0000:0000:0000:0000:0000:0000:0000:0001] [::]"),
    *_hosts("C2", FORBIDDEN, "[::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:169.254.169.254]"),
    *_hosts("C2", FORBIDDEN, "[::ffff:10.0.0.1] [::ffff:0:127.0.0.1] [::ffff:8.8.8.8]"),
    *_hosts("C2", FORBIDDEN, "[::127.0.0.1] [::8.8.8.8] [64:ff9b::127.0.0.1] [64:ff9b::a9fe:a9fe]"),
    *_hosts("C2", FORBIDDEN, "[64:ff9b::808:808] [64:ff9b:1::7f00:1] [2002:7f00:1::]"),
    *_hosts("C2", FORBIDDEN, "[2002:a9fe:a9fe::] [2001:0:7f00:1::1] [2001:0:808:808::80ff:fffe]"),
    *_hosts("C2", FORBIDDEN, "[2a00::5efe:7f00:1] [2a00::200:5efe:a00:1] [fe80::5efe:7f00:1]"),
    *_hosts("C2", FORBIDDEN, "[fe80::1] [febf::1] [fc00::1] [fd00:ec2::254] [fd20:ce::254]"),
    *_hosts("C2", FORBIDDEN, "[fec0::1] [ff02::1] [100::1] [2001:db8::1] [2001:2::1] [2001:20::1]"),
    *_hosts("C2", FORBIDDEN, "[3fff::1] [5f00::1] [4000::1]"),
    *_hosts("C2", "bad_url", "[fe80::1%25lo] [::1%25lo] [::1%lo] [v1.127.0.0.1] [127.0.0.1] []"),
]
# C3: private, shared, special and metadata addresses.
PRIVATE = [
    *_hosts("C3", FORBIDDEN, "10.0.0.1 10.1 0xa.1 10.255.255.255 172.16.0.1 172.31.255.254"),
    *_hosts("C3", FORBIDDEN, "192.168.0.1 192.168.257 3232235521 0300.0xa8.1 100.64.0.1"),
    *_hosts("C3", FORBIDDEN, "100.127.255.254 169.254.169.254 169.254.43518 2852039166 0xa9fea9fe"),
    *_hosts("C3", FORBIDDEN, "0251.0xfe.0251.0xfe 169.254.170.2 100.100.100.200 168.63.129.16"),
    *_hosts("C3", FORBIDDEN, "192.0.0.192 192.0.0.1 192.0.2.1 198.18.0.1 198.51.100.1"),
    *_hosts("C3", FORBIDDEN, "203.0.113.1 192.88.99.1 224.0.0.1 239.255.255.255 240.0.0.1"),
    *_hosts("C3", FORBIDDEN, "255.255.255.255"),
    *_hosts("C3", "bad_url", "0251.0376.0251.0376 0300.0250.0.1 012.0.0.1"),
]
# C5, C6: names, by what the name server of the tests says of them.
MANY = tuple(f"93.184.{n // 250}.{n % 250 + 1}" for n in range(499))
NAMES: Zone = {
    "metadata.google.internal": [("169.254.169.254",)],
    "localhost": [("127.0.0.1", "::1")],
    "sub.localhost": [("127.0.0.1", "::1")],
    "concord.example": [("127.0.0.1",)],
    "redis": [("172.18.0.3",)],
    "host.docker.internal": [("172.17.0.1",)],
    "kubernetes.default.svc": [("10.96.0.1",)],
    "instance-data": [("169.254.169.254",)],
    "7f000001.nip.example": [("127.0.0.1",)],
    "first-private.example": [("127.0.0.1", "93.184.216.34")],
    "first-public.example": [("93.184.216.34", "127.0.0.1")],
    "private-in-ipv6.example": [("93.184.216.34", "::1")],
    "mapped.example": [("::ffff:127.0.0.1",)],
    "nat64.example": [("64:ff9b::7f00:1",)],
    "alias.example": [("@redis",)],
    "alias-of-alias.example": [("@alias.example",)],
    "five-hundred.example": [(*MANY, "10.0.0.1")],
}
BY_NAME = [
    *_hosts("C6", FORBIDDEN, " ".join(NAMES)),
    *_hosts("C6", FORBIDDEN, "REDIS Metadata.Google.Internal redis."),
    *_hosts("C6", "dns_failed", "nobody.example a..example -.example _.example .."),
    *_hosts("C6", "dns_failed", f"{'x' * 64}.example {'y' * 63}.example"),
    *_hosts("C6", "bad_url", f"{'z' * 300} * a_b*c"),
]
# C8: what two parsers read differently.
AMBIGUOUS = [
    *_rows("C8", "bad_url", "http://127.0.0.1\\.a.example/", "http://a\\@127.0.0.1:{port}/"),
    *_rows("C8", "bad_url", "http://a.example/\\..\\x", "http://[::1]x/", "http://[::1"),
    *_rows("C8", "bad_url", "http://::1]/", "http://127.0.0.1:x/", "http://a:80:80/"),
    *_rows("C8", "bad_url", "http://127.0.0.1:-1/", "http://127.0.0.1:65536/", "http://a:0/"),
    *_rows("C8", "bad_url", "http://127.0.0.1:65616/", f"http://127.0.0.1:{'9' * 30}/"),
    *_rows("C8", FORBIDDEN, "http://127.0.0.1:{port}#@a.example/", "http://127.0.0.1:{port}?@a/"),
    *_rows("C8", FORBIDDEN, "http://127.0.0.1:{port}/@a.example", "HTTP://127.0.0.1:{port}/"),
    *_rows("C8", FORBIDDEN, "http://127.0.0.1:0{port}/", "http://127.0.0.1:/", "http://127.1:080/"),
]
# A list refuses the form of these: no host, a blank, a control character.
MISSHAPEN = _rows(
    "C8",
    "bad_url",
    *("http:///127.0.0.1/", "http:////127.0.0.1/", "http://?a", "http://#a", "http:127.0.0.1"),
    *("http:/127.0.0.1/", "https:", "http://", "http://127.0.0.1 .a.example/", "http://a b/"),
    *("http://127.0.0.1\t:{port}/", "http://127.0.\n0.1/", "http://127.0.0.1\r:{port}/"),
    *("http://a/\r\nHost: x", "http://a\r\nX: y/", "ht\ntp://127.1/"),
    *("http://127.0.0.1\x0b/", "http://a.example\x7f/", "http:\\\\127.0.0.1:{port}\\"),
    listed="not_a_url",
) + _rows("C8", "bad_url", "http://a.example/\0/", listed="bad_json")
PORTS = _rows(
    "C8",
    "forbidden_port",
    *(f"http://93.184.216.34:{port}/" for port in (1, 21, 22, 25, 53, 5432, 6379, 8000, 65535)),
)
# C10: user names and passwords.
CREDENTIALS = _rows(
    "C10",
    "credentials_in_url",
    *("http://user:hunter2@127.0.0.1:{port}/", "http://hunter2@127.0.0.1/", "http://:hunter2@a/"),
    *("http://a.example:hunter2@127.0.0.1/", "http://127.0.0.1:hunter2@127.0.0.1:{port}/"),
    *("http://u:p@hunter2@127.0.0.1/", "http://u%40hunter2:@127.0.0.1/", "https://hunter2@[::1]/"),
)
# C11: what is not of the web.
SCHEMES = [
    *_rows(
        "C11",
        "unsupported_scheme",
        *("file:///etc/passwd", "FILE:///etc/passwd", "file://127.0.0.1/etc/passwd"),
        *("ftp://127.0.0.1/", "gopher://127.0.0.1:{port}/_x", "dict://127.0.0.1:{port}/x"),
        *("ldap://127.0.0.1/", "tftp://127.0.0.1/x", "smb://127.0.0.1/x", "netdoc:///etc/passwd"),
        *("jar:http://127.0.0.1:{port}!/", "ws://127.0.0.1:{port}/", "blob:http://127.0.0.1/x"),
        *("http+unix://%2Fvar%2Frun%2Fdocker.sock/", "php://filter/resource=x"),
    ),
    *_rows(
        "C11",
        "unsupported_scheme",
        *("javascript:alert(1)", "mailto:a@example.org", "view-source:x", "/etc/passwd"),
        *("etc/passwd", "//127.0.0.1:{port}/", "127.0.0.1", "127.0.0.1:80/x"),
        listed="not_a_url",
    ),
    *_rows("C11", "bad_url", "\\\\127.0.0.1\\share\\x", listed="not_a_url"),
]

TABLE = [
    *(LOOPBACK + IPV6 + PRIVATE + BY_NAME + AMBIGUOUS + MISSHAPEN),
    *(PORTS + CREDENTIALS + SCHEMES),
]
