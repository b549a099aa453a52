"""What a manager does to one image."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.imports.access import get_own_image_for
from apps.imports.actions.lists import Upload
from apps.imports.actions.replacing import replace_image
from apps.imports.actions.taking_down import take_down
from apps.imports.api.serializers import ImportSerializer
from apps.imports.api.views import accepted
from concord.http.idempotency import idempotent
from concord.http.multipart import WholeMultiPartParser
from concord.http.parsers import StrictJSONParser
from concord.http.schema import IDEMPOTENCY_KEY, LOCATION
from concord.http.serializers import StrictSerializer


class TakeDownRequest(StrictSerializer):
    """With `withdraw` also an image that people have worked on is taken down; the tasks about it
    leave the work, and their answers with them."""

    withdraw = serializers.BooleanField(default=False)


class TakeDownView(APIView):
    """Taking an image down."""

    @extend_schema(request=TakeDownRequest, responses={204: None})
    def post(self, request: Request, image: uuid.UUID) -> Response:
        """Show an image to nobody any more, and ask nobody about it; 409 `has_work` where people
        have worked on it and the request does not say `withdraw`."""
        user = user_of(request)
        found = get_own_image_for(user=user, image_id=image)
        body = TakeDownRequest.parse(request.data)
        take_down(image=found, actor=user, withdraw=body["withdraw"])
        return Response(status=204)


class ReplacementRequest(StrictSerializer):
    """The image to come: a `file`, or the `url` of one.

    With `withdraw` it also takes the place of an image that people have worked on; the tasks about
    that one leave the work, and their answers with them.
    """

    file = serializers.FileField(required=False, allow_empty_file=True)
    url = serializers.CharField(required=False, trim_whitespace=False)
    withdraw = serializers.BooleanField(default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly one source."""
        if ("file" in attrs) == ("url" in attrs):
            raise serializers.ValidationError("Send either a file or a url.")
        return attrs


class ReplacementView(APIView):
    """Another image in the place of one."""

    parser_classes = [StrictJSONParser, WholeMultiPartParser]

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY, LOCATION],
        request=ReplacementRequest,
        responses={202: ImportSerializer},
    )
    @idempotent
    def post(self, request: Request, image: uuid.UUID) -> Response:
        """Have an image brought that takes the place of this one, by an import of one row; 409
        `has_work` where people have worked on it and the request does not say `withdraw`.

        This one stays until the other lands, and if it never does: its row tells why. It is then
        asked what this one was asked, at the same place in the queue.
        """
        user = user_of(request)
        found = get_own_image_for(user=user, image_id=image)
        body = ReplacementRequest.parse(request.data)
        source = Upload(body["file"].name, body["file"]) if "file" in body else body["url"]
        made = replace_image(image=found, source=source, withdraw=body["withdraw"], user=user)
        return accepted(request, made)
