"""What a manager does to one image."""

from __future__ import annotations

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.imports.access import get_own_image_for
from apps.imports.actions.taking_down import take_down
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
