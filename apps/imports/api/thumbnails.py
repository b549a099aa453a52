"""Small pictures of the lines of a list that is only looked at."""

from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.api.images import THUMBNAIL_TYPE, AnyAccept
from apps.datasets.api.streaming import LOCKED_DOWN
from apps.datasets.policy import Capability
from apps.imports.access import get_connection_of
from apps.imports.api.serializers import EncodingField, FormatField
from apps.imports.connections import buckets_of
from apps.imports.domain.encodings import Encoding
from apps.imports.domain.readers import Format, Reading
from apps.imports.thumbnails import thumbnail_of
from apps.imports.tickets import list_of
from concord.http.serializers import StrictSerializer

HEADERS = {
    "Cache-Control": "private, max-age=3600",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": LOCKED_DOWN,
}


class ThumbnailRequest(StrictSerializer):
    """Which image of which line, and how the list is read: as its preview was asked for and found.

    `image` counts those that the line names, from 1.
    """

    line = serializers.IntegerField(min_value=1)
    image = serializers.IntegerField(min_value=1, default=1)
    url_field = serializers.CharField(max_length=200, default="", allow_blank=True)
    format = FormatField(required=False)
    encoding = EncodingField(required=False)
    connection = serializers.UUIDField(required=False)


class LineThumbnailView(APIView):
    """An image that a list names, in small."""

    content_negotiation_class = AnyAccept

    @extend_schema(
        parameters=[ThumbnailRequest], responses={(200, "image/jpeg"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, dataset: str, ticket: str) -> HttpResponse:
        """Fetch an image of one of a list's first 20 lines; the ticket is `list` in its preview.

        Nothing is imported or kept. An image that the import would refuse is refused with the same
        code and sentence (422), `retryable` where the import would try again.
        """
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.IMPORT)
        kept = list_of(ticket, user=user, dataset=found)
        asked = ThumbnailRequest.parse(request.query_params.dict())
        connection = get_connection_of(dataset=found, connection_id=asked.get("connection"))
        form = Format(asked["format"]) if "format" in asked else None
        data = thumbnail_of(
            kept,
            line=asked["line"],
            place=asked["image"],
            reading=Reading(format=form, url_field=asked["url_field"]),
            encoding=Encoding(asked["encoding"]) if "encoding" in asked else None,
            buckets=buckets_of(found, connection),
        )
        return HttpResponse(data, content_type=THUMBNAIL_TYPE, headers=HEADERS)
