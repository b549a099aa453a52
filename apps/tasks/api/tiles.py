"""The bytes of images to pick from, which annotators know by their tiles alone."""

from __future__ import annotations

import uuid

from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.api.images import BYTES, THUMBNAIL_TYPE, AnyAccept, serve_rendition
from apps.datasets.api.streaming import serve_file
from apps.tasks.access import get_tile_for
from concord.errors import NotFound
from concord.http.schema import ETAG, IF_NONE_MATCH


class TileFileView(APIView):
    """An image to pick."""

    content_negotiation_class = AnyAccept

    @extend_schema(parameters=[IF_NONE_MATCH, ETAG], responses=BYTES)
    def get(self, request: Request, tile: uuid.UUID) -> HttpResponseBase:
        """Send the image as annotators see it."""
        image = get_tile_for(user=user_of(request), tile=tile).image
        return serve_rendition(request, image, name=str(tile))


class TileLevelView(APIView):
    """A large image to pick in fewer pixels."""

    content_negotiation_class = AnyAccept

    @extend_schema(parameters=[IF_NONE_MATCH, ETAG], responses=BYTES)
    def get(self, request: Request, tile: uuid.UUID) -> HttpResponseBase:
        """Send the level, for display only; 404 where the image is shown as it is."""
        blob = get_tile_for(user=user_of(request), tile=tile).image.blob
        if not blob.level_sha256:
            raise NotFound
        return serve_file(
            request,
            sha256=blob.level_sha256,
            media_type=blob.level_media_type,
            name=f"{tile} level",
        )


class TileThumbnailView(APIView):
    """An image to pick, in small."""

    content_negotiation_class = AnyAccept

    @extend_schema(parameters=[IF_NONE_MATCH, ETAG], responses=BYTES)
    def get(self, request: Request, tile: uuid.UUID) -> HttpResponseBase:
        """Send the thumbnail."""
        blob = get_tile_for(user=user_of(request), tile=tile).image.blob
        return serve_file(
            request, sha256=blob.thumbnail_sha256, media_type=THUMBNAIL_TYPE, name=f"{tile} small"
        )
