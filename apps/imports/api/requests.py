"""What clients send to have images brought in."""

from __future__ import annotations

import io
import itertools
import json
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.imports.actions.lists import KeptList, Upload
from apps.imports.api.serializers import EncodingField, FormatField
from apps.imports.domain.addresses import checked_address, folder_path, is_data
from apps.imports.domain.boxes import BoxFormat
from apps.imports.domain.encodings import Encoding
from apps.imports.domain.rows import RowError
from apps.imports.options import Options
from apps.imports.tickets import list_of
from concord.http.serializers import StrictSerializer

MAX_PATH = 1000
SOURCES = ("file", "urls", "tasks", "text", "list")


class OptionsRequest(StrictSerializer):
    """What an importer may choose.

    With `reference` images stay where they are: only a small picture, the size and the digest are
    kept, and each look fetches the image anew. Files and `data:` addresses are copied in any case.

    `as` says whether what a list says of an image is what people may start from or what they
    answered. Whoever answered becomes the member with that e-mail address with `match_people`, else
    an imported person, who cannot log in. `box_format` tells what `x, y, width, height` and `bbox`
    mean: a corner and the size, the centre and the size, or two corners. `base` is put before the
    names of images that neither come with the file nor are in the dataset. `format` is what the
    list is read as; usually it is found out.
    """

    fetch = serializers.ChoiceField(choices=["copy", "reference"], default="copy")
    url_field = serializers.CharField(max_length=200, default="", allow_blank=True)
    on_duplicate = serializers.ChoiceField(choices=["skip", "keep"], default="skip")
    unknown_label = serializers.ChoiceField(choices=["refuse", "add"], default="refuse")
    match_people = serializers.BooleanField(default=False)
    box_format = serializers.ChoiceField(choices=[*BoxFormat], default=BoxFormat.XYWH)
    base = serializers.CharField(max_length=1000, default="", allow_blank=True)
    format = FormatField(default="", allow_blank=True)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Add `as`, which cannot be written as the others: it is a word of the language."""
        usual = serializers.ChoiceField(choices=["suggestions", "answers"], default="suggestions")
        return {**super().get_fields(), "as": usual}

    def validate_base(self, base: str) -> str:
        """Only what can be fetched."""
        try:
            if is_data(base):
                raise RowError("unsupported_scheme", "Nothing lies under a data: address.")
            return base and checked_address(f"{base.rstrip('/')}/")
        except RowError as error:
            raise serializers.ValidationError([error.reason]) from error

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Answers are about one image each, not each about an image of its own."""
        if attrs["as"] == "answers" and attrs["on_duplicate"] == "keep":
            reason = (
                "Answers of several people are about one image: it cannot be kept several times."
            )
            raise serializers.ValidationError({"on_duplicate": [reason]})
        return attrs


@extend_schema_field({"type": "array", "items": {"type": "string"}, "minItems": 1})
class UrlsField(serializers.ListField):
    """Addresses of images; a job reads them, and tells what is wrong with each by its line."""


@extend_schema_field({"type": "array", "items": {"type": "object"}, "minItems": 1})
class TasksField(serializers.ListField):
    """Tasks in the form of files; a job reads them like the lines of one."""


class ImportRequest(OptionsRequest):
    """A list: a file, or one of `urls`, `tasks`, pasted `text` and `list`, which is what a preview
    gave: a list that is kept already, for a day.

    `encoding` says how it was saved, where what would be found is wrong.
    """

    file = serializers.FileField(required=False, allow_empty_file=True)
    urls = UrlsField(required=False, allow_empty=False)
    tasks = TasksField(required=False, allow_empty=False)
    text = serializers.CharField(required=False, trim_whitespace=False)
    list = serializers.CharField(required=False, max_length=2000)
    connection = serializers.UUIDField(required=False, allow_null=True, default=None)
    encoding = EncodingField(default="", allow_blank=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly one source."""
        if sum(name in attrs for name in SOURCES) != 1:
            raise serializers.ValidationError(f"Send exactly one of {', '.join(SOURCES)}.")
        return super().validate(attrs)


class RetryRequest(StrictSerializer):
    """Which failed rows are fetched once more: those with this code, or all."""

    code = serializers.CharField(max_length=50, default="", allow_blank=True)


class FilesRequest(OptionsRequest):
    """Image files.

    Where they come from a folder, `paths` says where each lay in it, in the order of the files and
    empty for those that lay in none: `street/wall/1.jpg`, as a browser's `webkitRelativePath`.
    """

    files = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True), allow_empty=False, max_length=1000
    )
    paths = serializers.ListField(
        child=serializers.CharField(max_length=MAX_PATH, allow_blank=True, trim_whitespace=False),
        default=list,
        max_length=1000,
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One path for each file, or none at all."""
        if attrs["paths"] and len(attrs["paths"]) != len(attrs["files"]):
            raise serializers.ValidationError({"paths": ["Send one path for each file."]})
        return super().validate(attrs)


def options_of(body: dict[str, Any]) -> Options:
    """Return the choices in a request."""
    return Options(
        fetch=body["fetch"],
        url_field=body["url_field"],
        on_duplicate=body["on_duplicate"],
        unknown_label=body["unknown_label"],
        brings=body["as"],
        match_people=body["match_people"],
        box_format=body["box_format"],
        base=body["base"],
        format=body["format"],
    )


def encoding_of(body: dict[str, Any]) -> Encoding | None:
    """Return the encoding that a request names, if it names one."""
    return Encoding(body["encoding"]) if body["encoding"] else None


def source_of(body: dict[str, Any], *, user: User, dataset: Dataset) -> Upload | KeptList:
    """Return the list in a request, as the file that it could have been, or that it is already.

    Raises Invalid `list_gone`.
    """
    if "list" in body:
        return list_of(body["list"], user=user, dataset=dataset)
    if "file" in body:
        return Upload(name=body["file"].name, body=body["file"])
    if "text" in body:
        return Upload(name="pasted.txt", body=io.BytesIO(body["text"].encode()))
    kind = "urls" if "urls" in body else "tasks"
    lines = "\n".join(json.dumps(item) for item in body[kind])
    return Upload(name=f"{kind}.jsonl", body=io.BytesIO(lines.encode()))


def uploads_of(body: dict[str, Any]) -> list[Upload]:
    """Return the image files in a request."""
    paths = body["paths"] or itertools.repeat("")
    return [
        Upload(name=file.name, body=file, path=folder_path(path))
        for file, path in zip(body["files"], paths, strict=False)
    ]
