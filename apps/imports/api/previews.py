"""A look at a list before it is imported."""

from __future__ import annotations

from collections import Counter
from typing import Any, cast

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.policy import Capability
from apps.imports.access import get_connection_of
from apps.imports.actions.contents import all_said
from apps.imports.actions.lists import Upload, keep_list
from apps.imports.api.requests import ImportRequest, encoding_of, options_of, source_of
from apps.imports.api.serializers import EncodingField, FormatField
from apps.imports.api.summaries import ListWarningSerializer, SummarySerializer
from apps.imports.domain.rows import RowRead, RowRefused
from apps.imports.previews import Line, Outcome, Preview, preview_list
from apps.imports.tickets import ticket_for
from concord.http.multipart import WholeMultiPartParser
from concord.http.parsers import StrictJSONParser

SHOWN = 20
MOST_NAMES = 200

EXAMPLE = OpenApiExample(
    "A table saved by Excel",
    response_only=True,
    value={
        "list": "WyIwMTkw...",
        "name": "streets.csv",
        "format": "table",
        "encoding": "windows-1252",
        "columns": ["photo", "straße"],
        "column_count": 2,
        "url_field": "photo",
        "refused": None,
        "lines": [
            {
                "line": 2,
                "outcome": "new",
                "url": "https://example.org/1.jpg",
                "images": ["https://example.org/1.jpg"],
                "meta": {"straße": "Königsallee"},
                "extra": {},
                "label": "",
                "spans": [],
                "options": [],
                "accept": [],
                "priority": None,
                "score": None,
                "code": "",
                "reason": "",
                "first_line": None,
                "known_image": None,
                "folder": None,
                "size": None,
                "relative": False,
            },
        ],
        "refused_lines": [
            {
                "line": 7,
                "url": "www.example.org/7.jpg",
                "code": "not_a_url",
                "reason": "Write the whole address: https://… or s3://bucket/key.",
            }
        ],
        "counts": {"total": 40, "new": 39, "adds": 0, "duplicate": 0, "known": 0, "refused": 1},
        "summary": {
            "shapes": 0,
            "answers": 0,
            "suggestions": 0,
            "labels": [],
            "people": [],
            "refusals": [],
        },
        "complete": True,
        "warnings": [
            {"code": "read_as", "count": 1, "names": ["windows-1252"]},
            {"code": "refused_lines", "count": 1, "names": []},
        ],
    },
)


class ListRefusalSerializer(serializers.Serializer[Any]):
    """Why the list as a whole would fail: `no_url_column`, `not_a_list`, `empty_list`, ..."""

    code = serializers.CharField()
    reason = serializers.CharField()


class RefusedLineSerializer(serializers.Serializer[Any]):
    """A line that could not be read, and what stood there as far as it may be shown."""

    line = serializers.IntegerField()
    url = serializers.CharField()
    code = serializers.CharField()
    reason = serializers.CharField()


class PeekSerializer(serializers.Serializer[Any]):
    """What a folder of a bucket holds: its first 20 addresses, whether there are more, and how many
    keys of the first page are passed over; or by `code` why it cannot be listed."""

    urls = serializers.ListField(child=serializers.CharField())
    more = serializers.BooleanField()
    passed_over = serializers.IntegerField()
    code = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)


class PreviewLineSerializer(serializers.Serializer[Line]):
    """A line as it would be read; long texts and lists in it are cut.

    `images` has one address, or those to pick among. `first_line` is set on duplicates,
    `known_image` where the dataset has an image from this address, `code` on refused lines, and
    `folder` on the first three that name a folder or pattern of a bucket.
    """

    line = serializers.IntegerField(source="row.line")
    outcome = serializers.ChoiceField(choices=[outcome.value for outcome in Outcome])
    url = serializers.CharField(source="row.url")
    images = serializers.SerializerMethodField()
    meta = serializers.SerializerMethodField()
    extra = serializers.SerializerMethodField()
    label = serializers.SerializerMethodField()  # type: ignore[assignment]  # a field of this name
    spans = serializers.SerializerMethodField()
    options = serializers.SerializerMethodField()
    accept = serializers.SerializerMethodField()
    priority = serializers.SerializerMethodField()
    score = serializers.SerializerMethodField()
    code = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField()
    first_line = serializers.IntegerField(allow_null=True)
    known_image = serializers.UUIDField(source="known", allow_null=True)
    folder = PeekSerializer(allow_null=True)
    size = serializers.SerializerMethodField()
    relative = serializers.SerializerMethodField()

    def get_size(self, line: Line) -> list[int] | None:
        """Width and height of the image that shapes were drawn on, where the line says it."""
        return said_by(line).get("size")

    def get_relative(self, line: Line) -> bool:
        """Whether shapes are in parts of the image's sides, not in pixels."""
        return bool(said_by(line).get("relative", False))

    def get_images(self, line: Line) -> list[str]:
        """The addresses that the line names."""
        return line.row.addresses if isinstance(line.row, RowRead) else []

    def get_meta(self, line: Line) -> dict[str, Any]:
        """Other columns, or the key `meta`."""
        return cast(dict[str, Any], said_by(line).get("meta", {}))

    def get_extra(self, line: Line) -> dict[str, Any]:
        """Keys that are kept as they are."""
        return cast(dict[str, Any], said_by(line).get("extra", {}))

    def get_label(self, line: Line) -> str:
        """The question."""
        return str(said_by(line).get("label", ""))

    def get_spans(self, line: Line) -> list[dict[str, Any]]:
        """Shapes, as the line has them; where several people answered, those of the first."""
        said = (each.get("spans") for each in all_said(said_by(line)))
        found: list[dict[str, Any]] = next(filter(None, said), [])
        return found

    def get_options(self, line: Line) -> list[dict[str, Any]]:
        """Options to choose among; where they are images, what is said of each."""
        tiles = [tile["option"] for tile in said_by(line).get("tiles", [])]
        return tiles or cast(list[dict[str, Any]], said_by(line).get("options", []))

    def get_accept(self, line: Line) -> list[str | int]:
        """The options that the line says are right."""
        return cast(list[str | int], said_by(line).get("accept", []))

    def get_priority(self, line: Line) -> int | None:
        """How soon the task is handed out."""
        return said_by(line).get("priority")

    def get_score(self, line: Line) -> float | None:
        """The number that may order tasks."""
        return said_by(line).get("score")

    def get_code(self, line: Line) -> str:
        """Why the line is refused; empty if it is not."""
        return line.row.code if isinstance(line.row, RowRefused) else ""

    def get_reason(self, line: Line) -> str:
        """The same in a sentence."""
        return line.row.reason if isinstance(line.row, RowRefused) else ""


class PreviewCountsSerializer(serializers.Serializer[Any]):
    """Of the lines looked at, what would become of how many."""

    total = serializers.IntegerField()
    new = serializers.IntegerField()
    adds = serializers.IntegerField()
    duplicate = serializers.IntegerField()
    known = serializers.IntegerField()
    refused = serializers.IntegerField()


class ListPreviewSerializer(serializers.Serializer[Any]):
    """What a list turned out to be. Send `list` to import it without uploading it again.

    `columns` are those of a table or the keys of JSON, at most 200 of `column_count`, and
    `url_field` is the one that holds the address; to choose another, or another `encoding` than was
    found, send it with `list` to this route again. `lines` are the first 20, `refused_lines` the
    first 20 that could not be read. `complete` is whether all lines of the list were looked at.
    """

    list = serializers.CharField()
    name = serializers.CharField()
    format = FormatField(allow_null=True)
    encoding = EncodingField(allow_null=True)
    columns = serializers.ListField(child=serializers.CharField())
    column_count = serializers.IntegerField()
    url_field = serializers.CharField(allow_blank=True)
    refused = ListRefusalSerializer(allow_null=True)
    lines = PreviewLineSerializer(many=True)
    refused_lines = RefusedLineSerializer(many=True)
    counts = PreviewCountsSerializer()
    summary = SummarySerializer(allow_null=True)
    complete = serializers.BooleanField()
    warnings = ListWarningSerializer(many=True)


class PreviewView(APIView):
    """A list that is only looked at."""

    parser_classes = [StrictJSONParser, WholeMultiPartParser]

    @extend_schema(request=ImportRequest, responses=ListPreviewSerializer, examples=[EXAMPLE])
    def post(self, request: Request, dataset: str) -> Response:
        """Show how a list would be read; nothing is imported."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.IMPORT)
        body = ImportRequest.parse(request.data)
        connection = get_connection_of(dataset=found, connection_id=body["connection"])
        source = source_of(body, user=user, dataset=found)
        kept = keep_list(source) if isinstance(source, Upload) else source
        shown = preview_list(
            kept,
            dataset=found,
            options=options_of(body),
            connection=connection,
            encoding=encoding_of(body),
        )
        ticket = ticket_for(kept, user=user, dataset=found)
        data = {"list": ticket, "name": kept.name, **_facts(shown)}
        return Response(ListPreviewSerializer(data).data)


def said_by(line: Line) -> dict[str, Any]:
    """Return what a line says beside its address."""
    return line.row.payload if isinstance(line.row, RowRead) else {}


def _facts(shown: Preview) -> dict[str, Any]:
    counts = Counter(line.outcome for line in shown.lines)
    refused = [line.row for line in shown.lines if isinstance(line.row, RowRefused)]
    return {
        "format": shown.format,
        "encoding": shown.encoding,
        "url_field": shown.url_field,
        "refused": shown.refused,
        "complete": shown.complete,
        "warnings": shown.warnings,
        "columns": [name[:200] for name in shown.columns[:MOST_NAMES]],
        "column_count": len(shown.columns),
        "lines": shown.lines[:SHOWN],
        "refused_lines": refused[:SHOWN],
        "summary": shown.summary,
        "counts": {"total": counts.total(), **{each.value: counts[each] for each in Outcome}},
    }
