"""Another S3 server: moto, which does as AWS where SeaweedFS has ways of its own."""

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import boto3
import pytest
from botocore.exceptions import BotoCoreError, ClientError
from mypy_boto3_s3 import S3Client

from concord.services.process import Child
from tests.servers.ports import free_ports, loopback_allowance

START_SECONDS = 40


@dataclass(frozen=True)
class Moto:
    """A running server; `client` may do everything in it. It takes any keys."""

    endpoint: str
    allowance: str
    client: S3Client


@pytest.fixture(scope="session")
def moto(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moto]:
    folder = tmp_path_factory.mktemp("moto")
    (port,) = free_ports(1)
    child = Child(
        name="moto",
        argv=[sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        log=folder / "moto.log",
        variables=os.environ,
        folder=folder,
    )
    child.start()
    try:
        yield _ready(port, child)
    finally:
        child.kill()


def _ready(port: int, child: Child) -> Moto:
    endpoint = f"http://127.0.0.1:{port}"
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="any",
        aws_secret_access_key="any",
    )
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and child.is_alive():
        try:
            client.list_buckets()
        except (BotoCoreError, ClientError):
            time.sleep(0.1)
        else:
            return Moto(endpoint, loopback_allowance(port), client)
    raise RuntimeError(f"moto did not start:\n{child.last_words()}")
