"""Making groups of images over HTTP; for managers alone."""

from __future__ import annotations

import secrets
import uuid
from typing import Any, get_args

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.annotators.models import User
from apps.datasets.access import get_dataset_for
from apps.datasets.models import Dataset
from apps.datasets.policy import Capability
from apps.tasks.access import get_composition_for
from apps.tasks.actions import composing
from apps.tasks.domain.composing import (
    FEWEST,
    MOST,
    MOST_KNOWN,
    MOST_TIMES,
    Recipe,
    Strategy,
)
from apps.tasks.models import Composition
from concord.http.pagination import page_response, refuse_unknown_parameters
from concord.http.schema import LOCATION
from concord.http.serializers import StrictSerializer

MOST_SEED = 2**31 - 1


class ComposeRequest(StrictSerializer):
    """How to make groups. Without a `seed` chance picks one, which the run then tells."""

    size = serializers.IntegerField(min_value=FEWEST, max_value=MOST, default=9)
    times = serializers.IntegerField(min_value=1, max_value=MOST_TIMES, default=1)
    images = serializers.ChoiceField(choices=["new", "all"], default="new")
    strategy = serializers.ChoiceField(choices=get_args(Strategy), default="random")
    key = serializers.CharField(max_length=200, default="", allow_blank=True)
    known_share = serializers.FloatField(min_value=0, max_value=MOST_KNOWN, default=0)
    seed = serializers.IntegerField(min_value=0, max_value=MOST_SEED, default=None, allow_null=True)


class PreviewSerializer(serializers.Serializer[Any]):
    """What would come of it. A known image would be shown `known_at_most` times."""

    images = serializers.IntegerField()
    known = serializers.IntegerField()
    groups = serializers.SerializerMethodField()
    smallest = serializers.SerializerMethodField()
    largest = serializers.SerializerMethodField()
    known_tiles = serializers.IntegerField(source="layout.known_tiles")
    known_at_most = serializers.IntegerField()

    def get_groups(self, found: composing.Preview) -> int:
        """How many groups."""
        return len(found.layout.sizes)

    def get_smallest(self, found: composing.Preview) -> int:
        """How many images are in the smallest."""
        return min(found.layout.sizes)

    def get_largest(self, found: composing.Preview) -> int:
        """How many images are in the largest."""
        return max(found.layout.sizes)


class CompositionSerializer(serializers.Serializer[Any]):
    """A run: `done` and `total` count groups; the rest is what was asked for."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=Composition.State.choices)
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    error = serializers.CharField()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    images = serializers.ChoiceField(choices=["new", "all"], source="recipe.images")
    key = serializers.CharField(source="recipe.key")
    size = serializers.IntegerField(source="recipe.recipe.size")
    times = serializers.IntegerField(source="recipe.recipe.times")
    strategy = serializers.ChoiceField(choices=get_args(Strategy), source="recipe.recipe.strategy")
    known_share = serializers.FloatField(source="recipe.recipe.known_share")
    seed = serializers.IntegerField(source="recipe.recipe.seed")


class ComposeView(APIView):
    """The runs that make groups of a dataset's images."""

    @extend_schema(responses=CompositionSerializer(many=True))
    def get(self, request: Request, dataset: str) -> Response:
        """List runs, newest first."""
        _, found = _open(request, dataset)
        rows = Composition.objects.filter(dataset=found)
        return page_response(request, rows, order=("-created_at", "-id"), render=_render)

    @extend_schema(
        parameters=[LOCATION], request=ComposeRequest, responses={202: CompositionSerializer}
    )
    def post(self, request: Request, dataset: str) -> Response:
        """Put images into groups; a job does it."""
        user, found = _open(request, dataset)
        order = order_of(ComposeRequest.parse(request.data))
        made = composing.create_composition(user=user, dataset=found, order=order)
        headers = {"Location": f"/api/compositions/{made.pk}/"}
        return Response(_render(made), status=202, headers=headers)


class ComposePreviewView(APIView):
    """What groups would come of a recipe."""

    @extend_schema(request=ComposeRequest, responses=PreviewSerializer)
    def post(self, request: Request, dataset: str) -> Response:
        """Count, and make nothing."""
        _, found = _open(request, dataset)
        order = order_of(ComposeRequest.parse(request.data))
        return Response(PreviewSerializer(composing.preview(dataset=found, order=order)).data)


class CompositionView(APIView):
    """One run."""

    @extend_schema(responses=CompositionSerializer)
    def get(self, request: Request, composition: uuid.UUID) -> Response:
        """Show how far it is."""
        refuse_unknown_parameters(request, [])
        found = get_composition_for(user=user_of(request), composition_id=composition)
        return Response(_render(found))


class CancelCompositionView(APIView):
    """The end of a run."""

    @extend_schema(request=None, responses=CompositionSerializer)
    def post(self, request: Request, composition: uuid.UUID) -> Response:
        """Make no more groups; those that are there stay."""
        user = user_of(request)
        found = get_composition_for(user=user, composition_id=composition)
        return Response(_render(composing.cancel_composition(composition=found, actor=user)))


def order_of(body: dict[str, Any]) -> composing.Order:
    """Return the order in a request."""
    seed = secrets.randbelow(MOST_SEED) if body["seed"] is None else body["seed"]
    recipe = Recipe(
        size=body["size"],
        times=body["times"],
        strategy=body["strategy"],
        known_share=body["known_share"],
        seed=seed,
    )
    return composing.Order(recipe, images=body["images"], key=body["key"])


def _open(request: Request, dataset: str) -> tuple[User, Dataset]:
    user = user_of(request)
    found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.MANAGE)
    return user, found


def _render(row: Composition) -> dict[str, Any]:
    return dict(CompositionSerializer(row).data)
