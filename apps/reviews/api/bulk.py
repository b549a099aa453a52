"""Many conflicts beside one another, and one decision on many of them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.policy import Capability
from apps.reviews.actions import bulk
from apps.reviews.api.serializers import MergedSpanField
from apps.reviews.domain.sentences import english
from apps.reviews.models import Bulk, ConflictKind
from apps.reviews.points import (
    Point,
    count_kinds,
    open_conflicts,
    points_of,
    waiting_for_a_look,
)
from apps.reviews.takes import proposal_of, set_of, takes_of
from apps.tasks.api.serializers import ImageSerializer, SpanField, render_images
from apps.tasks.spans import show_spans
from concord.errors import NotFound
from concord.http.idempotency import fingerprint_of, key_of
from concord.http.pagination import refuse_unknown_parameters
from concord.http.schema import IDEMPOTENCY_KEY
from concord.http.serializers import StrictSerializer

MOST_SHOWN = 100
FILTERS = ("kind", "label", "after", "limit")


class TakeSerializer(serializers.Serializer[Any]):
    """One thing to say, in the order of the digits; `key` is what a decision calls it."""

    key = serializers.CharField()
    text = serializers.CharField()


class PointSetSerializer(serializers.Serializer[Any]):
    """Conflicts of which the same can be said."""

    key = serializers.CharField()
    takes = TakeSerializer(many=True)


class DrawnBySerializer(serializers.Serializer[Any]):
    """What a version says of the object in question."""

    version = serializers.CharField()
    span = SpanField()


class PointSerializer(serializers.Serializer[Any]):
    """One open conflict: what is shown of it, and how many say what.

    `span` is the shape that is proposed, null where the image as a whole is in question, `drawn`
    are those that people drew. `proposal` is the key of what is proposed, null on a tie.
    """

    id = serializers.UUIDField()
    task = serializers.UUIDField()
    version = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=ConflictKind.choices)
    text = serializers.CharField()
    image = ImageSerializer()
    question = serializers.CharField()
    span = MergedSpanField(allow_null=True)
    drawn = DrawnBySerializer(many=True)
    about = serializers.ListField(child=SpanField())
    set = serializers.CharField()
    proposal = serializers.CharField(allow_null=True)
    votes = serializers.DictField(child=serializers.IntegerField())
    confidence = serializers.FloatField(allow_null=True)


class KindCountSerializer(serializers.Serializer[Any]):
    """How many conflicts of a kind are open for me."""

    kind = serializers.ChoiceField(choices=ConflictKind.choices)
    count = serializers.IntegerField()


class PointsReply(serializers.Serializer[Any]):
    """Open conflicts, the oldest first. `kinds` counts all of them, `missed` the images on which
    only is left to say whether anything was missed; `more` says that there are others after
    these."""

    results = PointSerializer(many=True)
    sets = PointSetSerializer(many=True)
    kinds = KindCountSerializer(many=True)
    missed = serializers.IntegerField()
    more = serializers.BooleanField()


class AskedSerializer(StrictSerializer):
    """A conflict, and the version of its task that was looked at."""

    conflict = serializers.UUIDField()
    version = serializers.IntegerField(min_value=0)


class BulkRequest(StrictSerializer):
    """One thing to say of conflicts of one set: to accept what is proposed for each, to take one
    of the things that can be said of them, or to delete their objects."""

    action = serializers.ChoiceField(choices=get_args(bulk.Act))
    take = serializers.CharField(max_length=300, default=None, allow_null=True)
    conflicts = serializers.ListField(
        child=AskedSerializer(), allow_empty=False, max_length=bulk.MOST
    )


class DecidedSerializer(serializers.Serializer[Any]):
    """A conflict that was decided; `closed` if that was the last word on its task."""

    conflict = serializers.UUIDField()
    task = serializers.UUIDField()
    version = serializers.IntegerField()
    closed = serializers.BooleanField()


class LeftOutSerializer(serializers.Serializer[Any]):
    """A conflict on which nothing was said, and why."""

    conflict = serializers.UUIDField()
    code = serializers.CharField()
    detail = serializers.CharField()


class BulkReply(serializers.Serializer[Any]):
    """What came of it, and by which id it is taken back; `missed` as in the list."""

    id = serializers.UUIDField()
    decided = DecidedSerializer(many=True)
    left_out = LeftOutSerializer(many=True)
    missed = serializers.IntegerField()


class ReopenedSerializer(serializers.Serializer[Any]):
    """A conflict that is open again, and the version of its task now."""

    conflict = serializers.UUIDField()
    task = serializers.UUIDField()
    version = serializers.IntegerField()


class BulkUndoReply(serializers.Serializer[Any]):
    """What was taken back, and what could not be."""

    reopened = ReopenedSerializer(many=True)
    left_out = LeftOutSerializer(many=True)
    missed = serializers.IntegerField()


class PointsView(APIView):
    """What is in dispute, conflict by conflict."""

    @extend_schema(
        parameters=[
            OpenApiParameter("kind", str, enum=ConflictKind.values),
            OpenApiParameter("label", str, description="the name of a label: proposed, or said"),
            OpenApiParameter("after", uuid.UUID, description="only conflicts after this one"),
            OpenApiParameter(
                "limit", {"type": "integer", "minimum": 1, "maximum": MOST_SHOWN, "default": 60}
            ),
        ],
        responses=PointsReply,
    )
    def get(self, request: Request, dataset: str) -> Response:
        """Return open conflicts that I may decide; my own work is not among them."""
        refuse_unknown_parameters(request, FILTERS)
        query = _PointsQuery.parse(request.query_params.dict())
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.REVIEW)
        rows = open_conflicts(user=user, dataset=found, kind=query["kind"], label=query["label"])
        if query["after"] is not None:
            rows = rows.filter(pk__gt=query["after"])
        listed = list(rows[: query["limit"] + 1])
        points = points_of(listed[: query["limit"]], dataset=found)
        kinds = count_kinds(user=user, dataset=found)
        reply = {
            "results": [_render(point) for point in points],
            "sets": _render_sets(points),
            "kinds": [{"kind": kind, "count": count} for kind, count in kinds.items()],
            "missed": waiting_for_a_look(user=user, dataset=found),
            "more": len(listed) > query["limit"],
        }
        return Response(PointsReply(reply).data)


class BulkView(APIView):
    """Decide many conflicts at once."""

    @extend_schema(parameters=[IDEMPOTENCY_KEY], request=BulkRequest, responses=BulkReply)
    def post(self, request: Request, dataset: str) -> Response:
        """Say one thing of up to 200 conflicts of one set. What cannot be decided (somebody else
        has it open, it changed) is left out, and why is told; the rest is decided."""
        body = BulkRequest.parse(request.data)
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.REVIEW)
        done = bulk.decide_many(
            user=user,
            dataset=found,
            key=key_of(request),
            request_hash=fingerprint_of(request),
            asked=[bulk.Asked(row["conflict"], row["version"]) for row in body["conflicts"]],
            saying=bulk.Saying(body["action"], body["take"]),
        )
        missed = waiting_for_a_look(user=user, dataset=found)
        return Response(BulkReply({**(done.outcome or {}), "id": done.pk, "missed": missed}).data)


class BulkUndoView(APIView):
    """Take a decision on many conflicts back."""

    @extend_schema(request=None, responses=BulkUndoReply)
    def post(self, request: Request, dataset: str, bulk_id: uuid.UUID) -> Response:
        """Open what I have decided at once again: exactly that, and what nobody went on with."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.REVIEW)
        row = Bulk.objects.filter(pk=bulk_id, dataset=found, user=user).first()
        if row is None:
            raise NotFound
        told = bulk.undo_many(user=user, bulk=row)
        missed = waiting_for_a_look(user=user, dataset=found)
        return Response(BulkUndoReply({**told, "missed": missed}).data)


class _PointsQuery(StrictSerializer):
    kind = serializers.ChoiceField(choices=ConflictKind.choices, default=None)
    label = serializers.CharField(default=None)  # type: ignore[assignment]  # the wire's word
    after = serializers.UUIDField(default=None)
    limit = serializers.IntegerField(min_value=1, max_value=MOST_SHOWN, default=60)


def _render(point: Point) -> dict[str, Any]:
    conflict, names = point.conflict, point.names
    return {
        "id": conflict.pk,
        "task": point.task.pk,
        "version": point.task.version,
        "kind": conflict.kind,
        "text": english(conflict.detail["code"], conflict.detail["params"], names),
        "image": _image(point),
        "question": point.task.label,
        "span": None if point.object is None else _named(point.object["span"], names.labels),
        "drawn": list(_drawn(point)),
        "about": show_spans(point.task.spans, names=names.labels),
        "set": set_of(point),
        "proposal": proposal_of(point),
        "votes": {take.key: take.votes for take in takes_of(point)},
        "confidence": point.merge.chance,
    }


def _image(point: Point) -> dict[str, Any]:
    """The tile in question where there are several."""
    images = render_images(point.task, point.images)
    option = point.conflict.detail["option"]
    return next((image for image in images if str(image["id"]) == option), images[0])


def _named(span: Mapping[str, Any], labels: Mapping[str, str]) -> dict[str, Any]:
    return {**span, "label": labels.get(span.get("label") or "")}


def _drawn(point: Point) -> Iterable[dict[str, Any]]:
    """The shapes that are members of the object or of the conflict about it."""
    if point.object is None:
        return
    spans = {
        (str(row.user_id), span["id"]): span
        for row in point.revisions
        for span in show_spans(row.spans, names=point.names.labels)
    }
    members = [*point.object["members"], *point.conflict.detail["members"]]
    for who, which in dict.fromkeys((each["annotator"], each["span"]) for each in members):
        if (who, which) in spans:
            yield {"version": point.names.person(who), "span": spans[who, which]}


def _render_sets(points: Iterable[Point]) -> list[dict[str, Any]]:
    sets = {set_of(point): takes_of(point) for point in points}
    return [{"key": key, "takes": takes} for key, takes in sets.items()]
