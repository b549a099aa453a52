"""Reading from other people's S3: signed here without a network, carried by `egress`.

botocore only computes signatures. It never opens a socket to an endpoint that somebody typed in,
so the rules of `egress` hold for S3 as for any URL.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from concord.storage.egress import Egress, Fetched
from concord.storage.failures import FetchError, refusal
from concord.storage.urls import SafeUrl

BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]")
LIKE_AN_ADDRESS = re.compile(r"[0-9.]+")
REGION = re.compile(r"[a-z0-9-]{1,40}")
VERSION_ID = re.compile(r"\?versionId=([A-Za-z0-9._~-]{1,1024})$")
ERROR_CODE = re.compile(rb"<Code>([A-Za-z0-9.]{1,64})</Code>")
RIGHT_REGION = re.compile(
    rb"<Region>([a-z0-9-]{1,40})</Region>|<Endpoint>[^<]*?\bs3[.-]([a-z0-9-]{1,40})\.amazonaws\."
)
# Words that mean several things, told apart by the message. With signatures in the address, a
# wrong clock is not called one.
TOLD_APART = [
    ("AccessDenied", rb"Request (has expired|is not (yet )?valid)", "RequestTimeTooSkewed"),
    ("InvalidRequest", rb"Server Side Encryption", "CustomerKey"),
    ("InvalidArgument", rb"version id", "NoSuchVersion"),
]
MAX_KEY_BYTES = 1024
PAYER = "x-amz-request-payer"
SIGNED_FOR_SECONDS = 300

# S3's word for an error: ours, the sentence, and whether to try again.
REASONS: dict[str, tuple[str, str, bool]] = {
    "NoSuchKey": ("no_such_key", "The bucket has no object of this name.", False),
    "NoSuchVersion": ("no_such_version", "The object has no such version.", False),
    "MethodNotAllowed": ("no_such_version", "This version only says that it was deleted.", False),
    "CustomerKey": ("customer_key", "The object is encrypted with a key of its owner's.", False),
    "NoSuchBucket": ("no_such_bucket", "There is no bucket of this name.", False),
    "AccessDenied": ("access_denied", "The keys do not allow reading this object.", False),
    "AllAccessDisabled": ("access_denied", "All access to this object is disabled.", False),
    "SignatureDoesNotMatch": ("wrong_secret_key", "The secret key is not the right one.", False),
    "InvalidAccessKeyId": ("wrong_access_key", "The access key is not known there.", False),
    "AuthorizationHeaderMalformed": ("wrong_region", "The bucket is in another region.", False),
    "AuthorizationQueryParametersError": (
        "wrong_region",
        "The bucket is in another region.",
        False,
    ),
    "PermanentRedirect": ("wrong_region", "The bucket is in another region.", False),
    "TemporaryRedirect": ("wrong_region", "The bucket is in another region.", True),
    "IllegalLocationConstraintException": (
        "wrong_region",
        "The bucket is in another region.",
        False,
    ),
    "InvalidObjectState": ("archived", "The object is archived and must be restored first.", False),
    "KMS.DisabledException": ("key_disabled", "The key that encrypts it is disabled.", False),
    "InvalidToken": ("expired_token", "The keys have expired.", False),
    "ExpiredToken": ("expired_token", "The keys have expired.", False),
    "RequestTimeTooSkewed": ("clock_skew", "This server's clock differs too much.", True),
    "SlowDown": ("rate_limited", "The storage asks us to slow down.", True),
}


@dataclass(frozen=True)
class S3Object:
    """What an s3:// address names."""

    bucket: str
    key: str
    version: str | None = None

    @classmethod
    def parse(cls, address: str) -> S3Object:
        """Read `s3://bucket/key` or `s3://bucket/key?versionId=...`.

        The key is taken as it stands, as other S3 tools do: `%20` is three characters of it.
        Raises FetchError `bad_s3_address`.
        """
        scheme, separator, rest = address.partition("://")
        bucket, _, key = rest.partition("/")
        if scheme.lower() != "s3" or not separator:
            raise _bad("does not begin with s3://")
        version = VERSION_ID.search(key)
        if version is not None:
            key = key[: version.start()]
        check_bucket(bucket)
        _check_key(key)
        return cls(bucket, key, version[1] if version else None)


@dataclass(frozen=True)
class S3Access:
    """An endpoint and the keys for it; without keys, requests are anonymous.

    Temporary keys come with a session token. `requester_pays` is what the owner of a bucket asks
    for who lets those pay that read from it.
    """

    endpoint: str
    region: str = "us-east-1"
    access_key: str = ""
    secret_key: str = field(default="", repr=False)
    session_token: str = field(default="", repr=False)
    requester_pays: bool = False

    def url(self, wanted: S3Object) -> str:
        """The address of an object, signed for a few minutes if there are keys.

        Path style: the bucket never becomes part of a host name. Raises FetchError `bad_region`,
        and as `egress` does for an endpoint that is none.
        """
        version = {"versionId": wanted.version} if wanted.version else {}
        return self._signed(f"/{wanted.bucket}/{wanted.key}", version)

    def listing_url(self, bucket: str, query: Mapping[str, str]) -> str:
        """The address of a page of a bucket's listing, signed likewise."""
        return self._signed(f"/{bucket}", {"list-type": "2", **query})

    def _signed(self, path: str, query: Mapping[str, str]) -> str:
        if not REGION.fullmatch(self.region):
            raise refusal("bad_region", "The region is not one.")
        pays = {PAYER: "requester"} if self.requester_pays else {}
        asked = urlencode({**query, **pays}, quote_via=quote, safe="~")
        url = f"{self.endpoint.rstrip('/')}{quote(path, safe='/~')}{asked and f'?{asked}'}"
        if not self.access_key:
            return url
        SafeUrl.parse(self.endpoint)  # before the other parser, which botocore brings, sees it
        request = AWSRequest(method="GET", url=url)
        keys = Credentials(self.access_key, self.secret_key, self.session_token or None)
        S3SigV4QueryAuth(keys, "s3", self.region, expires=SIGNED_FOR_SECONDS).add_auth(request)
        return str(request.url)


def fetch_s3(
    egress: Egress,
    access: S3Access,
    wanted: S3Object,
    *,
    deadline: float = 30.0,
    max_bytes: int = 50_000_000,
) -> Fetched:
    """GET an object; FetchError as from `egress`, with S3's own reasons where it gave one."""
    return get_s3(egress, access.url(wanted), deadline=deadline, max_bytes=max_bytes)


def get_s3(egress: Egress, url: str, *, deadline: float, max_bytes: int) -> Fetched:
    """GET a signed address; FetchError as above."""
    try:
        # S3 redirects to other regions only, where this signature is worth nothing.
        return egress.fetch(url, deadline=deadline, max_bytes=max_bytes, redirects=0)
    except FetchError as error:
        raise _in_terms_of_s3(error) from error


def right_region(error: FetchError) -> str:
    """The region that S3 names as the right one; empty if it names none."""
    match = RIGHT_REGION.search(error.excerpt)
    return next((part.decode() for part in match.groups() if part), "") if match else ""


def _in_terms_of_s3(error: FetchError) -> FetchError:
    match = ERROR_CODE.search(error.excerpt)
    if error.code == "unexpected_redirect":
        said = "TemporaryRedirect"
    elif match is not None:
        said = match[1].decode()
        for word, message, meant in TOLD_APART:
            if said == word and re.search(message, error.excerpt, re.IGNORECASE):
                said = meant
    elif error.status == 404:
        said = "NoSuchKey"
    else:
        return error
    if said not in REASONS:
        return error
    code, reason, retryable = REASONS[said]
    return FetchError(
        code,
        reason,
        retryable=retryable,
        status=error.status,
        retry_after=error.retry_after,
        excerpt=error.excerpt,
    )


def check_bucket(bucket: str) -> None:
    """Raise FetchError `bad_s3_address` for what is no name of a bucket."""
    if not BUCKET.fullmatch(bucket) or ".." in bucket or LIKE_AN_ADDRESS.fullmatch(bucket):
        raise _bad("names no proper bucket")


def _check_key(key: str) -> None:
    try:
        length = len(key.encode())
    except UnicodeEncodeError:
        raise _bad("has a key that is not Unicode") from None
    if not key or key.endswith("/"):
        raise _bad("names no object in the bucket")
    if length > MAX_KEY_BYTES:
        raise _bad(f"has a key of more than {MAX_KEY_BYTES} bytes")
    # HTTP software folds these away, and the request would go to another object or bucket.
    if any(part in {".", ".."} for part in key.split("/")):
        raise _bad("has a key with a part . or ..")


def _bad(why: str) -> FetchError:
    return refusal("bad_s3_address", f"The address {why}.")
