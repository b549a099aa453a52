"""The images of which groups are made, and what is known of them; for managers alone."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.actions.knowing import mark_known
from apps.datasets.policy import Capability
from apps.tasks.domain.knowing import Share
from apps.tasks.known_report import PersonScore, known_report
from apps.tasks.pool import pool_of, pool_rows
from concord.errors import Invalid
from concord.http.pagination import page_response, refuse_unknown_parameters
from concord.http.serializers import StrictSerializer

KNOWN = {"yes": True, "no": False, "unknown": None}


class MarkRequest(StrictSerializer):
    """Images, and whether they are to be picked; null takes the mark away."""

    images = serializers.ListField(
        child=serializers.UUIDField(), allow_empty=False, max_length=1000
    )
    known = serializers.BooleanField(allow_null=True)


class MarkedSerializer(serializers.Serializer[Any]):
    """How many images are marked so now."""

    marked = serializers.IntegerField()


class PoolSerializer(serializers.Serializer[Any]):
    """How many images there are to make groups of: `images`, of them `new` in no group yet."""

    images = serializers.IntegerField()
    new = serializers.IntegerField()
    known_yes = serializers.IntegerField()
    known_no = serializers.IntegerField()
    keys = serializers.ListField(child=serializers.CharField())


class PoolImageSerializer(serializers.Serializer[Any]):
    """An image, what is known of it, and in how many groups it is."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    thumbnail = serializers.SerializerMethodField()
    known = serializers.BooleanField(allow_null=True)
    groups = serializers.IntegerField()

    def get_thumbnail(self, image: Any) -> str:
        """Where it can be seen, small."""
        return f"/api/images/{image.id}/thumbnail/"


class ShareSerializer(serializers.Serializer[Any]):
    """A part of something, with its 95 % interval; all null of nothing."""

    count = serializers.IntegerField()
    of = serializers.IntegerField()
    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


class KnownScoreSerializer(serializers.Serializer[Any]):
    """One person on known images. `false_picks` is the part of those not to be picked that was."""

    user = serializers.UUIDField()
    name = serializers.CharField()
    precision = ShareSerializer()
    recall = ShareSerializer()
    false_picks = ShareSerializer()


class KnownReportSerializer(serializers.Serializer[Any]):
    """Everybody who was shown known images."""

    people = KnownScoreSerializer(many=True)


class PoolView(APIView):
    """The images of which groups are made."""

    @extend_schema(
        parameters=[OpenApiParameter("known", str, enum=list(KNOWN))],
        responses=PoolImageSerializer(many=True),
    )
    def get(self, request: Request, dataset: str) -> Response:
        """List images, all or those of which something is known."""
        found = get_dataset_for(
            user=user_of(request), id_or_slug=dataset, capability=Capability.MANAGE
        )
        wanted = request.query_params.get("known")
        if wanted is not None and wanted not in KNOWN:
            raise Invalid("bad_known", f"known must be one of {', '.join(KNOWN)}.")
        return page_response(
            request,
            pool_rows(found, known=KNOWN[wanted or "unknown"], everything=wanted is None),
            order=("id",),
            render=lambda row: PoolImageSerializer(row).data,
            filters=["known"],
        )


class PoolCountsView(APIView):
    """How many images there are to make groups of."""

    @extend_schema(responses=PoolSerializer)
    def get(self, request: Request, dataset: str) -> Response:
        """Count them."""
        refuse_unknown_parameters(request, [])
        found = get_dataset_for(
            user=user_of(request), id_or_slug=dataset, capability=Capability.MANAGE
        )
        return Response(PoolSerializer(pool_of(found)).data)


class MarkView(APIView):
    """What is known of images."""

    @extend_schema(request=MarkRequest, responses=MarkedSerializer)
    def post(self, request: Request, dataset: str) -> Response:
        """Mark images; groups that are there keep them, and the report counts by the mark."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.MANAGE)
        body = MarkRequest.parse(request.data)
        marked = mark_known(dataset=found, actor=user, images=body["images"], known=body["known"])
        return Response(MarkedSerializer({"marked": marked}).data)


class KnownReportView(APIView):
    """How people do on known images."""

    @extend_schema(responses=KnownReportSerializer)
    def get(self, request: Request, dataset: str) -> Response:
        """Return everybody's precision and recall."""
        refuse_unknown_parameters(request, [])
        found = get_dataset_for(
            user=user_of(request), id_or_slug=dataset, capability=Capability.MANAGE
        )
        people = [_person(row) for row in known_report(found)]
        return Response(KnownReportSerializer({"people": people}).data)


def _person(row: PersonScore) -> dict[str, Any]:
    return {
        "user": row.user.id,
        "name": row.user.display_name,
        "precision": render_share(row.score.precision),
        "recall": render_share(row.score.recall),
        "false_picks": render_share(row.score.false_picks),
    }


def render_share(share: Share) -> dict[str, Any]:
    low, high = share.interval or (None, None)
    return {"count": share.count, "of": share.of, "value": share.value, "low": low, "high": high}
