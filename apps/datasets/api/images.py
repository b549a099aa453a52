"""The bytes of images, for members only."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_image_for
from apps.datasets.api.streaming import serve_file, serve_made
from apps.datasets.models import Image
from apps.datasets.ports import fetch_rendition
from concord.errors import NotFound
from concord.http.schema import ETAG, IF_NONE_MATCH

THUMBNAIL_TYPE = "image/jpeg"
BYTES: dict[Any, Any] = {
    (200, "image/*"): OpenApiTypes.BINARY,
    (206, "image/*"): OpenApiResponse(OpenApiTypes.BINARY, "The range that was asked for."),
    302: OpenApiResponse(None, "Where the bytes are, for a minute at most."),
    304: OpenApiResponse(None, "The caller has them."),
    416: OpenApiResponse(None, "There is no such range."),
}


class AnyAccept(BaseContentNegotiation):
    """For views that answer with a file: whoever asks gets it, whatever they say they accept."""

    def select_renderer(
        self,
        request: Request,  # noqa: ARG002 (DRF's signature)
        renderers: Iterable[Any],
        format_suffix: str | None = None,  # noqa: ARG002 (the base's signature)
    ) -> tuple[Any, str]:
        """The first renderer; only errors are rendered."""
        renderer = next(iter(renderers))
        return renderer, renderer.media_type

    def select_parser(self, request: Request, parsers: Iterable[Any]) -> Any:  # noqa: ARG002 (the base's signature)
        """There is no body to parse."""
        return next(iter(parsers))


def serve_rendition(request: Request, image: Image, *, name: str = "") -> HttpResponseBase:
    """Answer with what is shown of an image, wherever its bytes are; `name` as in `serve_file`.

    Raises as `fetch_rendition` does where they are not kept here.
    """
    blob = image.blob
    sha256, media_type = blob.rendition_sha256, blob.rendition_media_type
    if blob.kept:
        return serve_file(request, sha256=sha256, media_type=media_type, name=name)
    return serve_made(
        request,
        tag=name or sha256,
        media_type=media_type,
        make=lambda: fetch_rendition(image=image),
    )


class ImageFileView(APIView):
    """An image as annotators see it."""

    content_negotiation_class = AnyAccept

    @extend_schema(parameters=[IF_NONE_MATCH, ETAG], responses=BYTES)
    def get(self, request: Request, image: uuid.UUID) -> HttpResponseBase:
        """Send the rendition that coordinates refer to; one that is not kept here is fetched from
        where it lies, which the answers 409, 502, 503 and 504 say if it fails."""
        return serve_rendition(request, get_image_for(user=user_of(request), image_id=image))


class LevelView(APIView):
    """A large image in fewer pixels."""

    content_negotiation_class = AnyAccept

    @extend_schema(parameters=[IF_NONE_MATCH, ETAG], responses=BYTES)
    def get(self, request: Request, image: uuid.UUID) -> HttpResponseBase:
        """Send the level, for display only; 404 where the image is shown as it is."""
        blob = get_image_for(user=user_of(request), image_id=image).blob
        if not blob.level_sha256:
            raise NotFound
        return serve_file(request, sha256=blob.level_sha256, media_type=blob.level_media_type)


class ThumbnailView(APIView):
    """An image in small."""

    content_negotiation_class = AnyAccept

    @extend_schema(parameters=[IF_NONE_MATCH, ETAG], responses=BYTES)
    def get(self, request: Request, image: uuid.UUID) -> HttpResponseBase:
        """Send the thumbnail."""
        blob = get_image_for(user=user_of(request), image_id=image).blob
        return serve_file(request, sha256=blob.thumbnail_sha256, media_type=THUMBNAIL_TYPE)
