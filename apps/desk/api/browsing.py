"""The data browser over HTTP: which tasks there are."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.annotators.models import User
from apps.datasets.access import get_dataset_for
from apps.datasets.models import Dataset
from apps.datasets.policy import Capability
from apps.desk.access import reach_of
from apps.desk.actions.counting import get_count_for, order_count
from apps.desk.api.filters import PARAMETERS
from apps.desk.api.render import row_renderer
from apps.desk.api.serializers import TaskRowSerializer
from apps.desk.filters import FILTERS, read_filter, read_json
from apps.desk.queries.browser import rows_of
from apps.desk.queries.finding import Search
from apps.desk.queries.options import options_for
from apps.desk.queries.orders import ORDERS, Order
from apps.desk.queries.wanted import Filter
from concord.errors import Invalid
from concord.http.pagination import Found, found_response, refuse_unknown_parameters
from concord.http.serializers import StrictSerializer
from concord.jobs.models import Job

COUNTED = 10_000
"""So many are counted while the page waits."""


class TaskPageSerializer(serializers.Serializer[Any]):
    """A page of tasks; the addresses of the others are null where there are none."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    last = serializers.CharField(allow_null=True)
    results = TaskRowSerializer(many=True)


class TasksView(APIView):
    """The data browser."""

    pagination_class = None

    @extend_schema(
        parameters=[
            *PARAMETERS,
            OpenApiParameter("order", str, enum=list(ORDERS)),
            OpenApiParameter("limit", int),
            OpenApiParameter("cursor", str, description="as in an address given; end: last page"),
        ],
        responses=TaskPageSerializer,
    )
    def get(self, request: Request, dataset: str) -> Response:
        """List tasks; who may not see other people's answers finds final ones only."""
        refuse_unknown_parameters(request, ["limit", "cursor", "order", *FILTERS])
        found, search = search_of(request, dataset)
        order = _order(request)

        def find(backwards: bool, values: tuple[Any, ...] | None, count: int) -> list[Found]:
            place = order.place(values)
            hits = search.page(order=order, place=place, backwards=backwards, count=count)
            rows = {task.pk: task for task in rows_of([h.task for h in hits], reach=search.reach)}
            return [Found((h.key, h.task), rows[h.task]) for h in hits if h.task in rows]

        render = row_renderer(found, reach=search.reach)
        return found_response(request, length=2, find=find, render=render)


class TaskCountSerializer(serializers.Serializer[Any]):
    """How many tasks match; if not `exact`, these and more."""

    count = serializers.IntegerField()
    exact = serializers.BooleanField()


class TaskCountRequest(StrictSerializer):
    """A filter: the names of the list's parameters with a value each, or a list of values."""

    filter = serializers.DictField()


class TaskCountingSerializer(serializers.Serializer[Any]):
    """How far the counting is; `count` is null until it is done."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=Job.State.choices)
    count = serializers.SerializerMethodField()

    def get_count(self, job: Job) -> int | None:
        """What was counted."""
        return job.progress["done"] if job.state == Job.State.DONE else None


class CountView(APIView):
    """How many tasks match."""

    @extend_schema(parameters=PARAMETERS, responses=TaskCountSerializer)
    def get(self, request: Request, dataset: str) -> Response:
        """Count up to 10,000 at once, as far as I may see."""
        refuse_unknown_parameters(request, FILTERS)
        _, search = search_of(request, dataset)
        count = search.count(most=COUNTED + 1)
        data = {"count": min(count, COUNTED), "exact": count <= COUNTED}
        return Response(TaskCountSerializer(data).data)

    @extend_schema(request=TaskCountRequest, responses={202: TaskCountingSerializer})
    def post(self, request: Request, dataset: str) -> Response:
        """Have all of them counted in the background."""
        refuse_unknown_parameters(request, [])
        given = read_json(TaskCountRequest.parse(request.data)["filter"])
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.SEE_FINALS)
        wanted = read_filter(given)
        search = Search(found, wanted, reach_of(user=user, dataset=found, wanted=wanted))
        assert search.conditions, "what is looked for is there, or the request is refused"
        job = order_count(user=user, dataset=found, given=given)
        headers = {"Location": f"/api/datasets/{found.slug}/tasks/count/{job.pk}/"}
        return Response(TaskCountingSerializer(job).data, status=202, headers=headers)


class CountingView(APIView):
    """A counting that I ordered."""

    @extend_schema(responses=TaskCountingSerializer)
    def get(self, request: Request, dataset: str, job: uuid.UUID) -> Response:
        """Return how far it is."""
        refuse_unknown_parameters(request, [])
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.SEE_FINALS)
        return Response(
            TaskCountingSerializer(get_count_for(user=user, dataset=found, pk=job)).data
        )


class TagCountSerializer(serializers.Serializer[Any]):
    """A tag, and how many tasks have it."""

    name = serializers.CharField()
    count = serializers.IntegerField()


class ImportOptionSerializer(serializers.Serializer[Any]):
    """An import."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    created_at = serializers.DateTimeField()


class PersonOptionSerializer(serializers.Serializer[Any]):
    """Somebody to choose."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class TaskOptionsSerializer(serializers.Serializer[Any]):
    """What the filters can choose from, as far as I may know; lists are empty otherwise."""

    labels = serializers.ListField(child=serializers.CharField())
    tags = TagCountSerializer(many=True)
    people = PersonOptionSerializer(many=True)
    labellers = PersonOptionSerializer(many=True)
    imports = ImportOptionSerializer(many=True)


class OptionsView(APIView):
    """What the filters can choose from."""

    @extend_schema(responses=TaskOptionsSerializer)
    def get(self, request: Request, dataset: str) -> Response:
        """Return labels, tags, people who answered or may be asked, and imports."""
        refuse_unknown_parameters(request, [])
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.SEE_FINALS)
        reach = reach_of(user=user, dataset=found, wanted=Filter())
        options = options_for(dataset=found, reach=reach)
        data = {
            "labels": options.labels,
            "tags": [{"name": name, "count": count} for name, count in options.tags],
            "people": [_named(user) for user in options.people],
            "labellers": [_named(user) for user in options.labellers],
            "imports": options.imports,
        }
        return Response(TaskOptionsSerializer(data).data)


def _named(user: User) -> dict[str, Any]:
    return {"id": user.pk, "name": user.display_name}


def search_of(request: Request, dataset: str) -> tuple[Dataset, Search]:
    """Return the dataset and what is looked for in it by the query of a request."""
    user = user_of(request)
    found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.SEE_FINALS)
    wanted = read_filter(dict(request.query_params.lists()))
    return found, Search(found, wanted, reach_of(user=user, dataset=found, wanted=wanted))


def _order(request: Request) -> Order:
    text = request.query_params.get("order", "order_key")
    if text not in ORDERS:
        raise Invalid("bad_order", f"order must be one of {', '.join(ORDERS)}.")
    return ORDERS[text]
