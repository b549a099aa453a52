"""D5, D12: whom the door believes to be who they say they are. The only authority that it trusts
here is the tests' own."""

import datetime
import functools
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from concord.storage.failures import FetchError
from tests.attacks.nameserver import name_server
from tests.unit.concord.doors import door, refused
from tests.unit.concord.peers import Peer, peer

DAY = datetime.timedelta(days=1)
NAMES = {"it.example": [("127.0.0.1",)], "other.example": [("127.0.0.1",)]}
GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood"


@dataclass(frozen=True)
class Authority:
    """Signs whatever a test wants."""

    name: str
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=functools.partial(ec.generate_private_key, ec.SECP256R1())
    )

    def certificate(
        self, key: ec.EllipticCurvePrivateKey, *names: x509.GeneralName, days: tuple[int, int]
    ) -> x509.Certificate:
        now = datetime.datetime.now(datetime.UTC)
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, self.name)])
        holder = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "nobody")])
        made = x509.CertificateBuilder(
            subject, holder if names else subject, key.public_key(), x509.random_serial_number()
        )
        made = made.not_valid_before(now + days[0] * DAY).not_valid_after(now + days[1] * DAY)
        made = made.add_extension(x509.BasicConstraints(not names, None), critical=True)
        if names:
            made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
        return made.sign(self.key, hashes.SHA256())


def pem(*parts: x509.Certificate | ec.EllipticCurvePrivateKey) -> bytes:
    encoding, kind = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    return b"".join(
        part.public_bytes(encoding)
        if isinstance(part, x509.Certificate)
        else part.private_bytes(encoding, kind, serialization.NoEncryption())
        for part in parts
    )


TRUSTED, STRANGER = Authority("trusted"), Authority("a stranger")


@pytest.fixture(autouse=True)
def trust(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The door's usual way to make a context, but for the list of authorities."""
    context = httpx.create_ssl_context(verify=ssl.create_default_context(), trust_env=False)
    root = TRUSTED.certificate(TRUSTED.key, days=(-9, 9))
    context.load_verify_locations(cadata=pem(root).decode())
    monkeypatch.setattr(httpx, "create_ssl_context", lambda **_options: context)
    with name_server(dict(NAMES)):
        yield


@contextmanager
def server(folder: Path, certificate: x509.Certificate, *, oldest: bool = False) -> Iterator[Peer]:
    """Answers over TLS with this certificate; at most over TLS 1.1 if it is of the `oldest`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if oldest:
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
        context.set_ciphers("ALL:@SECLEVEL=0")
    (folder / "server.pem").write_bytes(pem(KEY, certificate))
    context.load_cert_chain(folder / "server.pem")
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection, suppress(OSError):
            secured = context.wrap_socket(connection, server_side=True)
            secured.recv(4096)
            secured.sendall(GOOD)
            secured.unwrap()

    thread = threading.Thread(target=serve)
    thread.start()
    yield Peer(listener.getsockname()[1])
    thread.join()
    listener.close()


KEY = ec.generate_private_key(ec.SECP256R1())
NAME, OTHER = x509.DNSName("it.example"), x509.DNSName("other.example")
ADDRESS = x509.IPAddress(ip_address("127.0.0.1"))
NOW, PAST, FUTURE = (-1, 1), (-9, -1), (1, 9)
ROWS = {
    # Who signs, for whom, when, how the host is called in the address; words of the reason.
    "good": (TRUSTED, [NAME], NOW, "it.example", ""),
    "good-of-several": (TRUSTED, [OTHER, NAME], NOW, "it.example", ""),
    "good-address": (TRUSTED, [ADDRESS], NOW, "127.0.0.1", ""),
    "expired": (TRUSTED, [NAME], PAST, "it.example", "expired"),
    "not-yet": (TRUSTED, [NAME], FUTURE, "it.example", "not yet valid"),
    "other-host": (TRUSTED, [NAME], NOW, "other.example", "mismatch"),
    "subdomain": (TRUSTED, [x509.DNSName("*.it.example")], NOW, "it.example", "mismatch"),
    "everything": (TRUSTED, [x509.DNSName("*")], NOW, "it.example", "mismatch"),
    "address-for-name": (TRUSTED, [ADDRESS], NOW, "it.example", "mismatch"),
    "name-for-address": (TRUSTED, [NAME], NOW, "127.0.0.1", "mismatch"),
    "stranger": (STRANGER, [NAME], NOW, "it.example", "unable to get local issuer"),
    "self-signed": (STRANGER, [], NOW, "it.example", "self-signed"),
}


@pytest.mark.parametrize("name", ROWS)
def test_d12_certificates(tmp_path: Path, name: str) -> None:
    authority, names, days, host, words = ROWS[name]
    key = KEY if names else authority.key
    made = authority.certificate(key, *names, days=days)
    if not names:
        made = Authority("it.example", KEY).certificate(KEY, days=days)
    with server(tmp_path, made) as one:
        url = f"https://{host}:{one.port}/"
        if not words:
            assert door(one).fetch(url, deadline=5).body.read() == b"good"
            return
        error = refused(door(one), url)
    assert (error.code, error.retryable) == ("tls_failed", False)
    assert words in error.reason


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_d12_tls_of_long_ago(tmp_path: Path) -> None:
    made = TRUSTED.certificate(KEY, NAME, days=NOW)
    with server(tmp_path, made, oldest=True) as one:
        error = refused(door(one), f"https://it.example:{one.port}/")
    assert (error.code, error.retryable) == ("tls_failed", False)


@pytest.mark.parametrize("said", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x15\3\3\0\2\2\x28", b""])
def test_d12_no_tls_at_all(said: bytes) -> None:
    """Plain HTTP, an alarm, nothing."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(4096)
            connection.sendall(said)

    thread = threading.Thread(target=serve)
    thread.start()
    one = Peer(listener.getsockname()[1])
    error = refused(door(one), f"https://it.example:{one.port}/")
    thread.join()
    listener.close()
    assert error.code in {"tls_failed", "unreachable", "connection_broken"}


def test_d5_a_handshake_that_stalls() -> None:
    with peer(lambda connection, _head: None) as one:
        began = time.monotonic()
        with pytest.raises(FetchError) as failed:
            door(one).fetch(f"https://it.example:{one.port}/", deadline=0.5)
        assert time.monotonic() - began < 4
    assert (failed.value.code, failed.value.retryable) == ("timed_out", True)
