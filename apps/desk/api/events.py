"""The audit log over HTTP: a page of events, or all of them in a file."""

from __future__ import annotations

from typing import Any

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.access import require_admin
from apps.annotators.api.current import user_of
from apps.annotators.models import User
from apps.datasets.access import get_dataset_for
from apps.datasets.models import Dataset
from apps.datasets.policy import Capability
from apps.desk.actions.auditing import note_export
from apps.desk.api.event_filters import FILTERS, PARAMETERS, read_sought
from apps.desk.domain.event_files import FORMS
from apps.desk.domain.kinds import group_of
from apps.desk.queries.event_names import Named
from apps.desk.queries.events import Sought, Stand, all_events, events_in
from apps.exchange.snapshot import snapshot
from concord.errors import Invalid
from concord.http.pagination import Found, found_response, refuse_unknown_parameters

DATASET = OpenApiParameter("dataset", OpenApiTypes.UUID, description="in this dataset")
FORM = OpenApiParameter("format", str, enum=[*FORMS], default="csv")


class EventPersonSerializer(serializers.Serializer[Any]):
    """Who did it; `email` is told to instance admins alone, and "" to others."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    email = serializers.CharField()
    active = serializers.BooleanField()


class EventObjectSerializer(serializers.Serializer[Any]):
    """What it was done to, as it is called now; of a membership the name of its person. One that
    does not exist any more has the name that it had then, or none."""

    type = serializers.CharField()
    id = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    exists = serializers.BooleanField()


class EventDatasetSerializer(serializers.Serializer[Any]):
    """The dataset where it happened; without a `slug` it leads nowhere any more."""

    id = serializers.UUIDField()
    name = serializers.CharField(allow_blank=True)
    slug = serializers.CharField(allow_blank=True)


class EventSerializer(serializers.Serializer[Any]):
    """One event. `data` says more, by kind; what changed is `{changes: {name: {was, is}}}`.
    `group` is `other` for a kind that this version does not know."""

    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    kind = serializers.CharField()
    group = serializers.CharField()
    who = EventPersonSerializer(allow_null=True)
    object = EventObjectSerializer(allow_null=True)
    dataset = EventDatasetSerializer(allow_null=True)
    data = serializers.DictField()  # type: ignore[assignment]  # the wire's word
    request_id = serializers.CharField(allow_blank=True)


class EventPageSerializer(serializers.Serializer[Any]):
    """A page of events, newest first; the addresses of the others are null where there are none."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    last = serializers.CharField(allow_null=True)
    results = EventSerializer(many=True)


PAGE = [
    OpenApiParameter("limit", int),
    OpenApiParameter("cursor", str, description="as in an address given; end: last page"),
]
FILE = {
    (200, "text/csv"): OpenApiTypes.BINARY,
    (200, "application/x-ndjson"): OpenApiTypes.BINARY,
}


class EventsView(APIView):
    """What happened in the whole instance; for instance admins."""

    pagination_class = None

    @extend_schema(parameters=[*PARAMETERS, DATASET, *PAGE], responses=EventPageSerializer)
    def get(self, request: Request) -> Response:
        """List events, newest first."""
        user = user_of(request)
        require_admin(user)
        refuse_unknown_parameters(request, [*FILTERS, "dataset", "limit", "cursor"])
        return _page(request, read_sought(request), user)


class EventsFileView(APIView):
    """The same as a file."""

    @extend_schema(parameters=[*PARAMETERS, DATASET, FORM], responses=FILE)
    def get(self, request: Request) -> StreamingHttpResponse:
        """Send all that matches, newest first, as at one moment; that it was asked for is an event
        of its own."""
        user = user_of(request)
        require_admin(user)
        refuse_unknown_parameters(request, [*FILTERS, "dataset", "format"])
        return _file(request, read_sought(request), user, of=None)


class DatasetEventsView(APIView):
    """What happened in a dataset; for its managers."""

    pagination_class = None

    @extend_schema(parameters=[*PARAMETERS, *PAGE], responses=EventPageSerializer)
    def get(self, request: Request, dataset: str) -> Response:
        """List events, newest first."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.MANAGE)
        refuse_unknown_parameters(request, [*FILTERS, "limit", "cursor"])
        return _page(request, read_sought(request, of=found), user)


class DatasetEventsFileView(APIView):
    """The same as a file."""

    @extend_schema(parameters=[*PARAMETERS, FORM], responses=FILE)
    def get(self, request: Request, dataset: str) -> StreamingHttpResponse:
        """Send all that matches, newest first, as at one moment; that it was asked for is an event
        of its own."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.MANAGE)
        refuse_unknown_parameters(request, [*FILTERS, "format"])
        return _file(request, read_sought(request, of=found), user, of=found)


def _page(request: Request, sought: Sought, user: User) -> Response:
    def find(backwards: bool, values: tuple[Any, ...] | None, count: int) -> list[Found]:
        after = None if values is None else _id(values[0])
        rows = events_in(sought, stand=Stand(after, backwards), count=count)
        return [Found((row.event.id,), row) for row in rows]

    return found_response(
        request, length=1, find=find, render=lambda row: rendered(row, emails=user.is_admin)
    )


def _id(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**63:
        raise ValueError(value)
    return value


def rendered(row: Named, *, emails: bool) -> dict[str, Any]:
    """One event as it travels."""
    event, who, about, place = row.event, row.who, row.about, row.place
    return {
        "id": event.id,
        "at": event.at.isoformat().replace("+00:00", "Z"),
        "kind": event.kind,
        "group": group_of(event.kind),
        "who": who
        and {
            "id": str(who.pk),
            "name": who.display_name,
            "email": who.email if emails else "",
            "active": who.is_active,
        },
        "object": about
        and {"type": about.type, "id": about.id, "name": about.name, "exists": about.exists},
        "dataset": place and {"id": str(place.id), "name": place.name, "slug": place.slug},
        "data": event.data,
        "request_id": event.request_id,
    }


def _file(
    request: Request, sought: Sought, user: User, *, of: Dataset | None
) -> StreamingHttpResponse:
    name = request.query_params.get("format", "csv")
    if name not in FORMS:
        raise Invalid("bad_format", f"format must be one of {', '.join(FORMS)}.")
    form = FORMS[name]
    if request.method == "GET":
        note_export(user=user, dataset=of, form=name, sought=_told(request))
    lines = _lines(sought, emails=user.is_admin)
    response = StreamingHttpResponse(
        (part.encode() for part in form.write(lines)), content_type=form.media_type
    )
    stem = of.slug if of else "concord"
    response["Content-Disposition"] = f'attachment; filename="{stem}-events.{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _told(request: Request) -> dict[str, list[str]]:
    query = request.query_params
    return {name: query.getlist(name) for name in query if name != "format"}


def _lines(sought: Sought, *, emails: bool) -> Any:
    with snapshot() as alias:
        for row in all_events(sought, using=alias):
            yield rendered(row, emails=emails)
