"""The store in an S3 bucket of the operator's own."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, cast
from urllib.parse import parse_qs, unquote, urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from django.core.exceptions import ImproperlyConfigured

from concord.storage.contents import (
    LINK_SECONDS,
    Stored,
    checked,
    copy_hashed,
    full_disk_named,
    is_name,
)

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

IN_MEMORY = 8 << 20
ABSENT = {"404", "NoSuchKey", "NotFound"}


class BucketStore:
    """Objects under a prefix of one bucket. S3 shows an object only when it is whole."""

    def __init__(self, client: S3Client, bucket: str, prefix: str) -> None:
        self._client = client
        self._bucket = bucket
        self._prefix = prefix

    @classmethod
    def from_url(cls, url: str) -> BucketStore:
        """Read `s3://KEY:SECRET@host:port/bucket/prefix?region=eu-west-1&tls=0`.

        KEY and SECRET are percent-encoded; without them boto3 looks in its usual places, and
        without a host in AWS. `tls=0` is for an endpoint on the machine's own network.
        """
        parts = urlsplit(url)
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        bucket, _, prefix = parts.path.strip("/").partition("/")
        if not bucket:
            raise ImproperlyConfigured("CONCORD_STORAGE_URL names no bucket.")
        host = parts.netloc.rpartition("@")[2]
        scheme = "http" if options.get("tls") == "0" else "https"
        client = boto3.session.Session().client(
            "s3",
            endpoint_url=f"{scheme}://{host}" if host else None,
            region_name=options.get("region", "us-east-1"),
            aws_access_key_id=unquote(parts.username) if parts.username else None,
            aws_secret_access_key=unquote(parts.password) if parts.password else None,
            config=_config(),
        )
        return cls(client, bucket, f"{prefix}/" if prefix else "")

    def put_bytes(self, data: bytes) -> Stored:
        return self.put_stream(io.BytesIO(data))

    def put_stream(self, stream: BinaryIO) -> Stored:
        """The name is the hash, so the bytes are read once to a temporary file before they go."""
        with full_disk_named(), tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
            draft = cast(BinaryIO, spool)
            stored = copy_hashed(stream, draft)
            if not self.exists(stored.sha256):
                draft.seek(0)
                self._client.put_object(
                    Bucket=self._bucket,
                    Key=self._key(stored.sha256),
                    Body=draft,
                    ContentLength=stored.size,
                )
        return stored

    def open(self, sha256: str) -> BinaryIO:
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=self._key(sha256))
        except ClientError as error:
            if error.response["Error"]["Code"] in ABSENT:
                raise FileNotFoundError(sha256) from error
            raise
        return cast(BinaryIO, answer["Body"])

    def exists(self, sha256: str) -> bool:
        try:
            self._client.head_object(Bucket=self._bucket, Key=self._key(sha256))
        except ClientError as error:
            if error.response["Error"]["Code"] in ABSENT:
                return False
            raise
        return True

    def names(self) -> Iterator[str]:
        pages = self._client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self._bucket, Prefix=self._prefix):
            keys = (each["Key"].removeprefix(self._prefix) for each in page.get("Contents", ()))
            yield from (key for key in keys if is_name(key))

    def delete(self, sha256: str) -> None:
        self._client.delete_object(Bucket=self._bucket, Key=self._key(sha256))

    def link(self, sha256: str, *, media_type: str) -> str:
        return self._client.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self._bucket,
                "Key": self._key(sha256),
                "ResponseContentType": media_type,
                "ResponseCacheControl": "private, max-age=86400, immutable",
            },
            ExpiresIn=LINK_SECONDS,
        )

    def handed_over(self, sha256: str, *, media_type: str) -> str:
        """The link without its host: the front server passes it on to the endpoint."""
        return (
            urlsplit(self.link(sha256, media_type=media_type))
            ._replace(scheme="", netloc="")
            .geturl()
        )

    def origin(self) -> str:
        scheme, host, *_ = urlsplit(self._client.meta.endpoint_url)
        return f"{scheme}://{host}"

    def _key(self, sha256: str) -> str:
        return f"{self._prefix}{checked(sha256)}"


def _config() -> Config:
    return Config(
        signature_version="s3v4",
        connect_timeout=3,
        read_timeout=20,
        retries={"total_max_attempts": 4, "mode": "standard"},
        s3={"addressing_style": "path"},
    )
