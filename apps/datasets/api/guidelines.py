"""Guidelines over HTTP: written by managers, read by all members."""

from __future__ import annotations

from typing import Any, get_args

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets import queries
from apps.datasets.access import get_dataset_for, get_guideline_for
from apps.datasets.actions.guidelines import check_text, mark_read, save_guideline
from apps.datasets.domain.line_diff import Change, changed_lines
from apps.datasets.guideline_html import render_guideline
from apps.datasets.guideline_paragraphs import paragraphs_of
from apps.datasets.models import Guideline
from apps.datasets.policy import Capability
from concord.errors import Invalid
from concord.http.conditional import etag, if_match
from concord.http.pagination import page_response, refuse_unknown_parameters
from concord.http.schema import ETAG, IF_MATCH
from concord.http.serializers import StrictSerializer


class GuidelineRequest(StrictSerializer):
    """A guideline in Markdown; an empty one takes back what was said."""

    text = serializers.CharField(allow_blank=True, trim_whitespace=False)


class RenderedSerializer(serializers.Serializer[Any]):
    """HTML that is safe in a page, and the addresses that had to stay out of it."""

    html = serializers.CharField()
    left_out = serializers.ListField(child=serializers.CharField())


class GuidelineVersionSerializer(serializers.Serializer[Any]):
    """A version of a guideline; `read` is whether I had it before me."""

    version = serializers.IntegerField()
    by = serializers.CharField(source="created_by.display_name")
    created_at = serializers.DateTimeField()
    read = serializers.BooleanField(source="has_read")


class DiffLineSerializer(serializers.Serializer[Any]):
    """A line that changed or stands beside one; `skipped` is for equal ones between."""

    change = serializers.ChoiceField(choices=get_args(Change))
    text = serializers.CharField()


class ParagraphSerializer(serializers.Serializer[Any]):
    """A paragraph that a decision can cite: its number, the heading above it, its words."""

    number = serializers.IntegerField()
    heading = serializers.CharField()
    text = serializers.CharField()


class GuidelineSerializer(GuidelineVersionSerializer, RenderedSerializer):
    """A guideline as it is read and as it was written; `diff` against the version asked for."""

    text = serializers.CharField()
    paragraphs = ParagraphSerializer(many=True)
    diff = DiffLineSerializer(many=True, allow_null=True)


class GuidelinesView(APIView):
    """The guideline of a dataset, in its versions."""

    @extend_schema(responses=GuidelineVersionSerializer(many=True))
    def get(self, request: Request, dataset: str) -> Response:
        """List the versions, the current one first; none where nobody has written any."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.SEE_DATASET)
        return page_response(
            request,
            queries.guidelines_of(found, reader=user),
            order=("-version",),
            render=lambda row: GuidelineVersionSerializer(row).data,
        )

    @extend_schema(
        parameters=[IF_MATCH, ETAG],
        request=GuidelineRequest,
        responses={201: GuidelineSerializer},
    )
    def post(self, request: Request, dataset: str) -> Response:
        """Save a new version; If-Match names the one it is based on, "0" for the first."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.MANAGE)
        version = if_match(request)
        body = GuidelineRequest.parse(request.data)
        save_guideline(dataset=found, actor=user, text=body["text"], based_on=version)
        saved = get_guideline_for(user=user, dataset=found, version=version + 1)
        return Response(_shown(saved), status=201, headers={"ETag": etag(saved.version)})


class GuidelineView(APIView):
    """One version of a guideline."""

    @extend_schema(
        parameters=[OpenApiParameter("since", int, description="compare with this version")],
        responses=GuidelineSerializer,
    )
    def get(self, request: Request, dataset: str, version: int) -> Response:
        """Return the version, and what changed `since` another one."""
        refuse_unknown_parameters(request, ["since"])
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.SEE_DATASET)
        guideline = get_guideline_for(user=user, dataset=found, version=version)
        since = _since(request)
        if since is None:
            return Response(_shown(guideline))
        before = get_guideline_for(user=user, dataset=found, version=since)
        return Response(_shown(guideline, before=before))


class GuidelineReadView(APIView):
    """What I have read."""

    @extend_schema(request=None, responses={204: None})
    def put(self, request: Request, dataset: str, version: int) -> Response:
        """Remember that I have read this version."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.SEE_DATASET)
        mark_read(guideline=get_guideline_for(user=user, dataset=found, version=version), user=user)
        return Response(status=204)


class GuidelinePreviewView(APIView):
    """How a guideline will look."""

    @extend_schema(request=GuidelineRequest, responses=RenderedSerializer)
    def post(self, request: Request, dataset: str) -> Response:
        """Render a text that is not saved."""
        user = user_of(request)
        get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.MANAGE)
        text = GuidelineRequest.parse(request.data)["text"]
        check_text(text)
        return Response(RenderedSerializer(render_guideline(text)).data)


def _shown(guideline: Guideline, *, before: Guideline | None = None) -> dict[str, Any]:
    rendered = render_guideline(guideline.text)
    diff = None if before is None else changed_lines(before.text, guideline.text)
    return {
        **GuidelineVersionSerializer(guideline).data,
        "text": guideline.text,
        "html": rendered.html,
        "paragraphs": ParagraphSerializer(paragraphs_of(guideline.text), many=True).data,
        "left_out": rendered.left_out,
        "diff": None if diff is None else DiffLineSerializer(diff, many=True).data,
    }


def _since(request: Request) -> int | None:
    text = request.query_params.get("since")
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise Invalid("bad_since", "since must be the number of a version.")
    return int(text)
