"""The data browser over HTTP: which tasks there are."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.models import Dataset
from apps.datasets.policy import Capability
from apps.desk.access import reach_of
from apps.desk.api.filters import FILTERS, PARAMETERS, read_filter
from apps.desk.api.render import row_renderer
from apps.desk.api.serializers import TaskRowSerializer
from apps.desk.queries.browser import rows_of
from apps.desk.queries.finding import Search
from apps.desk.queries.orders import ORDERS, Order
from concord.errors import Invalid
from concord.http.pagination import Found, found_response, refuse_unknown_parameters


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
