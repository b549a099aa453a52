"""A real S3 server: SeaweedFS, which checks signatures, keys and expiry as the large ones do."""

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from mypy_boto3_s3 import S3Client

from concord.services.process import Child
from tests.servers.ports import free_ports, loopback_allowance

WEED = Path(sys.executable).with_name("weed")
START_SECONDS = 40


@dataclass(frozen=True)
class S3Server:
    """A running server with one bucket; `client` may do everything in it."""

    endpoint: str
    allowance: str
    client: S3Client
    region: ClassVar = "us-east-1"
    access_key: ClassVar = "concord-tests"
    secret_key: ClassVar = "a-secret-for-tests-alone"
    bucket: ClassVar = "photos"

    def put(self, key: str, body: bytes) -> str:
        """Stores `body`; returns its s3:// address."""
        self.client.put_object(Bucket=self.bucket, Key=key, Body=body)
        return f"s3://{self.bucket}/{key}"


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    folder = tmp_path_factory.mktemp("s3")
    ports = free_ports(len(PORTS))
    weed = Child(
        name="weed",
        argv=[WEED, *_options(folder, ports)],
        log=folder / "weed.log",
        variables=os.environ,
        folder=folder,
        stop_with=signal.SIGKILL,
    )
    weed.start()
    try:
        yield _wait_for_a_put(_server(ports[0]), weed)
    finally:
        weed.kill()  # asked politely it waits ten seconds for its volumes, which nobody needs


def _server(port: int) -> S3Server:
    endpoint = f"http://127.0.0.1:{port}"
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name=S3Server.region,
        aws_access_key_id=S3Server.access_key,
        aws_secret_access_key=S3Server.secret_key,
        config=Config(
            connect_timeout=2,
            read_timeout=10,
            # The first object of a new bucket is refused until there are volumes for it.
            retries={"mode": "standard", "total_max_attempts": 8},
            s3={"addressing_style": "path"},
        ),
    )
    return S3Server(endpoint=endpoint, allowance=loopback_allowance(port), client=client)


# Every port is named: each has a default, or is another one plus 10,000, where a neighbour may sit.
PORTS = (
    *("s3.port", "s3.port.grpc", "master.port", "master.port.grpc", "volume.port"),
    *("volume.port.grpc", "filer.port", "filer.port.grpc", "metricsPort"),
)


def _options(folder: Path, ports: list[int]) -> list[str]:
    pair = {"accessKey": S3Server.access_key, "secretKey": S3Server.secret_key}
    identity = {
        "name": "tests",
        "credentials": [pair],
        "actions": ["Admin", "Read", "List", "Write"],
    }
    (folder / "keys.json").write_text(json.dumps({"identities": [identity]}))
    (folder / "data").mkdir()
    return [
        *("server", "-filer", "-s3", "-ip=127.0.0.1", "-ip.bind=127.0.0.1"),
        *(f"-{name}={port}" for name, port in zip(PORTS, ports, strict=True)),
        *(f"-dir={folder / 'data'}", f"-s3.config={folder / 'keys.json'}"),
        *(f"-{name}.localSocket={folder / name}.sock" for name in ("s3", "filer")),
        *("-s3.port.iceberg=0", "-s3.port.lance=0", "-master.telemetry=false"),
        *("-volume.max=100", "-master.volumeSizeLimitMB=64", "-volume.minFreeSpace=10MiB"),
    ]


def _wait_for_a_put(server: S3Server, weed: Child) -> S3Server:
    """An open port is not enough: the first writes fail until a volume has joined the master."""
    deadline = time.monotonic() + START_SECONDS
    failure: Exception | None = None
    while time.monotonic() < deadline and weed.is_alive():
        try:
            if not server.client.list_buckets()["Buckets"]:
                server.client.create_bucket(Bucket=server.bucket)
            server.put("ready", b"ready")
        except (BotoCoreError, ClientError) as error:
            failure = error
            time.sleep(0.2)
        else:
            return server
    raise RuntimeError(f"SeaweedFS took no object ({failure}):\n{weed.last_words()}")
