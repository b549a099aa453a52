"""Whether a connection works, and if not, what is wrong and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from apps.imports.connections import access_of
from apps.imports.models import Connection
from concord.storage.egress import egress
from concord.storage.failures import FetchError
from concord.storage.s3 import S3Access, S3Object, fetch_s3, right_region
from concord.storage.s3_listing import list_page
from concord.vault import Unreadable

PROBE = "concord-connection-test"
SECONDS = 10.0
READABLE = 1 << 16

ADVICE = {
    "may_not_list": "Addresses of single objects can be imported. For folders, allow the keys "
    "s3:ListBucket on the bucket.",
    "wrong_access_key": "Copy the access key again, and check that it belongs to this endpoint. "
    "A temporary one needs its session token.",
    "wrong_secret_key": "Enter the secret key again, without blanks around it.",
    "expired_token": "Make the connection anew, with keys that do not expire, or with fresh "
    "temporary ones and the session token that came with them.",
    "no_such_bucket": "Check the spelling of the bucket, and that it lies at this endpoint.",
    "wrong_region": "Make the connection anew with the bucket's region.",
    "bad_region": "Write the region as the provider does, for instance eu-central-1.",
    "bad_s3_address": "Check the name of the bucket or of the object.",
    "clock_skew": "Set the clock of the server that Concord runs on; S3 takes no request that is "
    "more than some minutes off.",
    "access_denied": "Allow the keys s3:GetObject on the bucket's objects, and s3:ListBucket on "
    "the bucket for folders. Without s3:ListBucket, name an object that exists to try. If the "
    "bucket's owner lets those pay who read, say so in the connection.",
    "no_such_key": "Name an object that exists.",
    "forbidden_address": "The endpoint lies in a private network. Whoever runs this server can "
    "allow it by CONCORD_FETCH_ALLOW.",
    "forbidden_port": "The endpoint has an unusual port. Whoever runs this server can allow it by "
    "CONCORD_FETCH_ALLOW.",
    "dns_failed": "Check the spelling of the endpoint.",
    "connection_refused": "Check host and port of the endpoint, and that the storage runs.",
    "unreachable": "Check that this server may reach the endpoint: firewall, VPN, routing.",
    "timed_out": "Check that this server may reach the endpoint; a firewall may swallow requests.",
    "tls_failed": "Check that the endpoint speaks https and that its certificate is valid for its "
    "name.",
    "not_s3": "The endpoint is the address of the S3 service itself, not of its console or of a "
    "web page.",
    "keys_unreadable": "The connection's keys were stored under another SECRET_KEY. Make the "
    "connection anew.",
    "bucket_not_listed": "Try one of the buckets that the connection lists.",
    "bad_url": "Write the endpoint as https://host, without anything after it.",
}
OTHERWISE = "Try again later; if it stays so, ask whoever runs the storage."


@dataclass(frozen=True, slots=True)
class Report:
    """What trying a connection showed.

    `ok` is whether images can be imported; `may_list` and `may_read` what the keys allow, None
    where that could not be told. `advice` says what to do next, `region` is the right one where
    the storage names another.
    """

    ok: bool
    code: str
    detail: str
    bucket: str
    advice: str = ""
    may_list: bool | None = None
    may_read: bool | None = None
    region: str = ""


def try_connection(*, connection: Connection, bucket: str = "", key: str = "") -> Report:
    """List a bucket and read of it the object `key`, or the first listed, or one that is not
    there: what S3 answers to that shows whether it could be read.

    `bucket` is one of the connection's; the first if not given.
    """
    name = bucket or next(iter(connection.buckets), "")
    if name not in connection.buckets:
        detail = "The connection does not list this bucket."
        return _bad(name, "bucket_not_listed", detail)
    try:
        access = access_of(connection)
    except Unreadable:
        return _bad(name, "keys_unreadable", "SECRET_KEY has changed since the keys were entered.")
    try:
        may_list, first = _listed(access, name)
        readable = _readable(access, name, key or first)
    except FetchError as error:
        region = right_region(error)
        detail = f"{error.reason} It is in {region}." if region else error.reason
        return _bad(name, error.code, detail, region=region)
    if not readable:
        detail = "The keys do not allow reading objects, as far as can be told."
        return _bad(name, "access_denied", detail, may_list=may_list, may_read=False)
    if not may_list:
        detail = f"Objects of the bucket {name} can be read, but not listed."
        return Report(True, "may_not_list", detail, name, ADVICE["may_not_list"], False, True)
    return Report(True, "ok", f"The bucket {name} can be listed and read.", name, "", True, True)


def _listed(access: S3Access, bucket: str) -> tuple[bool, str]:
    """Whether the bucket may be listed, and the first object in it."""
    try:
        page = list_page(egress(), access, bucket=bucket, prefix="", most=10, deadline=SECONDS)
    except FetchError as error:
        if error.code != "may_not_list":
            raise
        return False, ""
    return True, next((each.key for each in page.objects if not each.is_folder), "")


def _readable(access: S3Access, bucket: str, key: str) -> bool:
    """Whether an object can be read; raises FetchError for other reasons than that it may not."""
    wanted = S3Object.parse(f"s3://{bucket}/{key or PROBE}")
    try:
        fetch_s3(egress(), access, wanted, deadline=SECONDS, max_bytes=READABLE).close()
    except FetchError as error:
        if error.code == "access_denied" or error.status == 403:
            return False
        if error.code == "too_large" or (error.code == "no_such_key" and not key):
            return True
        raise
    return True


def _bad(
    bucket: str,
    code: str,
    detail: str,
    *,
    region: str = "",
    may_list: bool | None = None,
    may_read: bool | None = None,
) -> Report:
    advice = ADVICE.get(code, OTHERWISE)
    return Report(False, code, detail, bucket, advice, may_list, may_read, region)
