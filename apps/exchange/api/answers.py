"""The feed of answers over HTTP."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.policy import Capability
from apps.exchange.feed import Cursor, Which, answers_since
from concord.errors import Invalid
from concord.http.pagination import limit_of, refuse_unknown_parameters

WHICH: tuple[Which, ...] = ("final", "answers")


class FeedSerializer(serializers.Serializer[Any]):
    """What changed: lines as in a jsonl file, `_image_url` beside them. Ask again with `cursor` as
    `since`: at once if there is `more`, else after a while."""

    results = serializers.ListField(child=serializers.DictField())
    cursor = serializers.CharField(allow_null=True)
    more = serializers.BooleanField()


class AnswersView(APIView):
    """Answers as they come."""

    @extend_schema(
        parameters=[
            OpenApiParameter("since", str, description="A cursor that was given; all without one."),
            OpenApiParameter("which", str, enum=WHICH, description="final, unless told"),
            OpenApiParameter("limit", int),
        ],
        responses=FeedSerializer,
    )
    def get(self, request: Request, dataset: str) -> Response:
        """Return what changed since a cursor, oldest first; none is ever missed.

        An answer that changes comes once more, and what changed just now may come a moment later.
        """
        refuse_unknown_parameters(request, ["since", "which", "limit"])
        found = get_dataset_for(
            user=user_of(request), id_or_slug=dataset, capability=Capability.EXPORT
        )
        since = request.query_params.get("since")
        page = answers_since(
            dataset=found,
            which=_which(request),
            since=Cursor.read(since) if since else None,
            count=limit_of(request),
        )
        cursor = None if page.cursor is None else str(page.cursor)
        reply = {"results": page.lines, "cursor": cursor, "more": page.more}
        return Response(FeedSerializer(reply).data)


def _which(request: Request) -> Which:
    text = request.query_params.get("which", "final")
    for which in WHICH:
        if text == which:
            return which
    raise Invalid("bad_which", f"which must be one of {', '.join(WHICH)}.")
