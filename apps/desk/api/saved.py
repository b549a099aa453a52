"""Saved views over HTTP: everybody has their own."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import parse_qs

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.models import Dataset
from apps.datasets.policy import Capability
from apps.desk.access import get_view_for
from apps.desk.actions.views import change_view, delete_view, save_view
from apps.desk.filters import FILTERS, read_filter
from apps.desk.models import View
from apps.desk.queries.orders import ORDERS
from apps.desk.queries.saved import TodaysSearch
from concord.errors import Invalid
from concord.http.pagination import page_response, refuse_unknown_parameters
from concord.http.serializers import StrictSerializer

LOOKS = ("grid", "table")
MOST_SEARCH = 4000


class SavedViewSerializer(serializers.ModelSerializer[View]):
    """A saved search: `search` is a query string of filters, an `order`, and the `view` it has.

    Labels have the names there that they have now. Needs a `TodaysSearch` as its context `search`.
    """

    search = serializers.SerializerMethodField()

    def get_search(self, view: View) -> str:
        """Tell what it looks for today."""
        todays: TodaysSearch = self.context["search"]
        return todays(view)

    class Meta:
        model = View
        fields = ["id", "name", "search", "created_at"]
        read_only_fields = fields


class SavedViewRequest(StrictSerializer):
    """A search to save, and what it is called."""

    name = serializers.CharField(max_length=100)
    search = serializers.CharField(max_length=MOST_SEARCH, allow_blank=True)

    def validate_search(self, search: str) -> str:
        """Refuse what the list would refuse."""
        try:
            given = parse_qs(
                search, keep_blank_values=True, strict_parsing=bool(search), max_num_fields=200
            )
        except ValueError as error:
            raise Invalid("bad_search", "search must be the query string of a list.") from error
        if unknown := sorted(set(given) - {*FILTERS, "order", "view"}):
            raise Invalid("unknown_parameter", f"Unknown filter: {', '.join(unknown)[:100]}.")
        read_filter(given)
        _check_choice("order", given, ORDERS)
        _check_choice("view", given, LOOKS)
        return search


class SavedViewChange(SavedViewRequest):
    """Another name or another search."""

    name = serializers.CharField(max_length=100, required=False)
    search = serializers.CharField(max_length=MOST_SEARCH, allow_blank=True, required=False)


class ViewsView(APIView):
    """My saved views of a dataset."""

    @extend_schema(responses=SavedViewSerializer(many=True))
    def get(self, request: Request, dataset: str) -> Response:
        """List them by name."""
        user, found = user_of(request), _dataset(request, dataset)
        rows = View.objects.filter(user=user, dataset=found)
        form = _form(found)
        return page_response(request, rows, order=("name", "id"), render=form.to_representation)

    @extend_schema(request=SavedViewRequest, responses={201: SavedViewSerializer})
    def post(self, request: Request, dataset: str) -> Response:
        """Save one; whoever has the dataset may, of a list that they may see."""
        refuse_unknown_parameters(request, [])
        user, found = user_of(request), _dataset(request, dataset)
        view = save_view(user=user, dataset=found, **SavedViewRequest.parse(request.data))
        return Response(_form(found).to_representation(view), status=201)


class ViewView(APIView):
    """One saved view; somebody else's is missing."""

    @extend_schema(request=SavedViewChange, responses=SavedViewSerializer)
    def patch(self, request: Request, dataset: str, view: uuid.UUID) -> Response:
        """Give it another name or search."""
        refuse_unknown_parameters(request, [])
        found = get_view_for(user=user_of(request), dataset=_dataset(request, dataset), pk=view)
        said = SavedViewChange.parse(request.data)
        changed = change_view(view=found, name=said.get("name"), search=said.get("search"))
        return Response(_form(found.dataset).to_representation(changed))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, dataset: str, view: uuid.UUID) -> Response:
        """Forget it."""
        refuse_unknown_parameters(request, [])
        found = get_view_for(user=user_of(request), dataset=_dataset(request, dataset), pk=view)
        delete_view(view=found)
        return Response(status=204)


def _form(dataset: Dataset) -> SavedViewSerializer:
    return SavedViewSerializer(context={"search": TodaysSearch(dataset)})


def _dataset(request: Request, dataset: str) -> Dataset:
    return get_dataset_for(
        user=user_of(request), id_or_slug=dataset, capability=Capability.SEE_FINALS
    )


def _check_choice(name: str, given: dict[str, list[str]], known: Any) -> None:
    values = given.get(name, [])
    if len(values) > 1 or any(value not in known for value in values):
        raise Invalid(f"bad_{name}", f"{name} must be one of {', '.join(known)}.")
