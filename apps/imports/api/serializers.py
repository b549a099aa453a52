"""The forms in which imports and connections travel."""

from __future__ import annotations

import uuid
from typing import Any

from rest_framework import serializers

from apps.imports.actions.connections import Keys, Place
from apps.imports.domain.encodings import Encoding
from apps.imports.domain.readers import Format
from apps.imports.models import Connection, Import, ImportListing, ImportRow, ImportState, RowState
from apps.imports.options import Fetch, Options
from concord.http.serializers import StrictSerializer
from concord.storage.failures import FetchError
from concord.storage.s3 import check_bucket
from concord.storage.urls import SafeUrl


class ConnectionRequest(StrictSerializer):
    """A new connection. Without keys, its buckets are read as anybody may.

    Temporary keys have a `session_token`. With `requester_pays` reading is at the expense of the
    keys' owner, where the bucket's owner asks for that.
    """

    name = serializers.CharField(max_length=100)
    endpoint = serializers.URLField(max_length=500, default="", allow_blank=True)
    region = serializers.RegexField(r"^[a-z0-9-]{0,40}$", default="", allow_blank=True)
    buckets = serializers.ListField(
        child=serializers.CharField(max_length=100), allow_empty=False, max_length=100
    )
    access_key = serializers.CharField(max_length=500, default="", allow_blank=True)
    secret_key = serializers.CharField(max_length=500, default="", allow_blank=True)
    session_token = serializers.CharField(max_length=4000, default="", allow_blank=True)
    requester_pays = serializers.BooleanField(default=False)
    datasets = serializers.ListField(child=serializers.UUIDField(), default=list, max_length=1000)

    def validate_endpoint(self, value: str) -> str:
        """Refuse what is more than a place: credentials in it would be shown to everybody."""
        try:
            bare = not value or (SafeUrl.parse(value).target in (b"", b"/") and "#" not in value)
        except FetchError as error:
            raise serializers.ValidationError(error.reason) from error
        if not bare:
            raise serializers.ValidationError("Write the endpoint as https://host.")
        return value

    def validate_buckets(self, value: list[str]) -> list[str]:
        """Refuse what is no name of a bucket."""
        for name in value:
            try:
                check_bucket(name)
            except FetchError as error:
                raise serializers.ValidationError(f"{name!r} is no name of a bucket.") from error
        return value


class ConnectionChange(StrictSerializer):
    """Which datasets may use a connection, from now on."""

    datasets = serializers.ListField(child=serializers.UUIDField(), max_length=1000)


class ConnectionTrial(StrictSerializer):
    """Which of the connection's buckets to try, and an object to read there."""

    bucket = serializers.CharField(max_length=100, default="", allow_blank=True)
    key = serializers.CharField(
        max_length=1024, default="", allow_blank=True, trim_whitespace=False
    )


class EncodingField(serializers.ChoiceField):
    """How a list was saved; of what is not UTF-8 the page says so, as letters may be wrong."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[encoding.value for encoding in Encoding], **kwargs)


class FormatField(serializers.ChoiceField):
    """What a list is read as."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[(form.value, form.name) for form in Format], **kwargs)


class ImportCountsSerializer(serializers.Serializer[Any]):
    """How many rows stand where."""

    total = serializers.IntegerField()
    queued = serializers.IntegerField()
    fetching = serializers.IntegerField()
    done = serializers.IntegerField()
    duplicate = serializers.IntegerField()
    failed = serializers.IntegerField()
    cancelled = serializers.IntegerField()


class ImporterSerializer(serializers.Serializer[Any]):
    """Who made something."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class ImportListingSerializer(serializers.Serializer[ImportListing]):
    """A folder of a bucket, and what its listing has come to.

    `listed` objects became rows; `folders` are marks of folders and `unmatched` objects that the
    pattern does not fit, which are passed over. `code` says why it ended early.
    """

    line = serializers.IntegerField()
    url = serializers.CharField()
    listed = serializers.IntegerField()
    folders = serializers.IntegerField()
    unmatched = serializers.IntegerField()
    ended = serializers.BooleanField()
    code = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)


class ImportSerializer(serializers.Serializer[Import]):
    """An import and how far it is.

    While it is `reading`, lines are still being added: `counts` are of those that there are so far.
    """

    id = serializers.UUIDField()
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=ImportState.choices)
    reading = serializers.BooleanField()
    fetch = serializers.SerializerMethodField()
    connection = serializers.UUIDField(source="connection_id", allow_null=True)
    encoding = EncodingField(allow_blank=True)
    created_by = ImporterSerializer()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    error = serializers.CharField()
    counts = ImportCountsSerializer()
    listings = ImportListingSerializer(many=True)

    def get_fetch(self, found: Import) -> Fetch:
        """Whether images are copied, or left where they are and fetched anew for each look."""
        return Options.of(found).fetch


class ImportRowSerializer(serializers.Serializer[ImportRow]):
    """A line and what became of it; of a line that names a folder, one object of it, by `item`."""

    line = serializers.IntegerField()
    item = serializers.IntegerField()
    url = serializers.CharField()
    state = serializers.ChoiceField(choices=RowState.choices)
    code = serializers.CharField()
    reason = serializers.CharField()
    image = serializers.UUIDField(source="image_id", allow_null=True)
    task = serializers.UUIDField(source="task_id", allow_null=True)
    thumbnail = serializers.SerializerMethodField()

    def get_thumbnail(self, row: ImportRow) -> str | None:
        """Where the thumbnail is."""
        return None if row.image_id is None else f"/api/images/{row.image_id}/thumbnail/"


class FailureSerializer(serializers.Serializer[Any]):
    """One reason for which rows failed, and whether they can be fetched once more."""

    code = serializers.CharField()
    count = serializers.IntegerField()
    line = serializers.IntegerField()
    reason = serializers.CharField()
    may_retry = serializers.BooleanField()


class FailuresSerializer(serializers.Serializer[Any]):
    """Why rows failed, the most frequent reason first.

    `files` are the forms in which the failed lines can be had, to be corrected and imported again.
    """

    results = FailureSerializer(many=True)
    files = serializers.ListField(child=serializers.ChoiceField(choices=["csv", "jsonl"]))


class ConnectionSerializer(serializers.Serializer[Connection]):
    """A connection without its keys."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    endpoint = serializers.CharField()
    region = serializers.CharField()
    buckets = serializers.ListField(child=serializers.CharField())
    requester_pays = serializers.BooleanField()
    has_keys = serializers.SerializerMethodField()
    has_session_token = serializers.SerializerMethodField()
    datasets = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()

    def get_has_keys(self, connection: Connection) -> bool:
        """Whether keys are stored; they are never shown."""
        return bool(connection.access_key)

    def get_has_session_token(self, connection: Connection) -> bool:
        """Whether these are temporary keys."""
        return bool(connection.session_token)

    def get_datasets(self, connection: Connection) -> list[uuid.UUID]:
        """Which datasets may use it."""
        return [dataset.pk for dataset in connection.datasets.all()]


class ConnectionReportSerializer(serializers.Serializer[Any]):
    """What trying a connection showed, and what to do next.

    `ok` is whether images can be imported. `code` is `ok` or `may_not_list` then; else what is
    wrong: `wrong_access_key`, `wrong_secret_key`, `no_such_bucket`, `wrong_region` (`region` is
    the right one, where the storage names it), `clock_skew`, `access_denied`, `forbidden_address`,
    `forbidden_port`, `unreachable`, `connection_refused`, `dns_failed`, `timed_out`, `tls_failed`,
    `not_s3`, ... `may_list` and `may_read` are null where that could not be told.
    """

    ok = serializers.BooleanField()
    code = serializers.CharField()
    detail = serializers.CharField()
    advice = serializers.CharField(allow_blank=True)
    bucket = serializers.CharField(allow_blank=True)
    may_list = serializers.BooleanField(allow_null=True)
    may_read = serializers.BooleanField(allow_null=True)
    region = serializers.CharField(allow_blank=True)


def place_of(body: dict[str, Any]) -> Place:
    """Return where a connection's buckets are."""
    return Place(
        endpoint=body["endpoint"],
        region=body["region"],
        buckets=tuple(body["buckets"]),
        requester_pays=body["requester_pays"],
    )


def keys_of(body: dict[str, Any]) -> Keys:
    """Return a connection's keys."""
    return Keys(
        access_key=body["access_key"],
        secret_key=body["secret_key"],
        session_token=body["session_token"],
    )
