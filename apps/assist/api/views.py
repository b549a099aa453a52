"""Predictions over HTTP."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.assist import queries
from apps.assist.actions.predicting import Source, take_predictions
from apps.assist.api import serializers
from apps.assist.models import ModelFigures
from apps.assist.queries import BoxState
from apps.datasets.access import get_dataset_for
from apps.datasets.policy import Capability
from apps.tasks.spans import label_names
from concord.errors import Invalid
from concord.http.idempotency import idempotent_with_key
from concord.http.pagination import page_response, refuse_unknown_parameters
from concord.http.schema import OPTIONAL_IDEMPOTENCY_KEY


class PredictionsView(APIView):
    """What models say."""

    @extend_schema(responses=serializers.PredictorsReply)
    def get(self, request: Request, dataset: str) -> Response:
        """Return how the boxes of each version of each model stand; 400 `not_for_interface`."""
        refuse_unknown_parameters(request, [])
        found = get_dataset_for(
            user=user_of(request), id_or_slug=dataset, capability=Capability.SEE_ANSWERS
        )
        queries.check_judges(found)
        reply = {"models": queries.models_of(found)}
        return Response(serializers.PredictorsReply(reply).data)

    @extend_schema(
        parameters=[OPTIONAL_IDEMPOTENCY_KEY],
        request=serializers.PredictionsRequest,
        responses=serializers.PredictionsReply,
    )
    @idempotent_with_key
    def post(self, request: Request, dataset: str) -> Response:
        """Keep a batch of predictions, all or nothing; sending it again changes nothing.

        400 `invalid_predictions` has a code and a sentence for each one that is wrong, under its
        index in `errors.predictions`.
        """
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.IMPORT)
        body = serializers.PredictionsRequest.parse(request.data)
        kept = take_predictions(
            actor=user,
            dataset=found,
            source=Source(model=body["model"], version=body["version"]),
            predictions=body["predictions"],
        )
        return Response(serializers.render_kept(kept))


class ModelsView(APIView):
    """What models are worth."""

    @extend_schema(responses=serializers.ModelsReply)
    def get(self, request: Request, dataset: str) -> Response:
        """Return how each version of each model does against the final answers."""
        refuse_unknown_parameters(request, [])
        found = get_dataset_for(
            user=user_of(request), id_or_slug=dataset, capability=Capability.SEE_ANSWERS
        )
        figures = ModelFigures.objects.filter(dataset=found).first()
        return Response(serializers.render_models(figures))


class BoxesView(APIView):
    """Suggested boxes, image by image."""

    @extend_schema(
        parameters=[
            OpenApiParameter("state", str, enum=list(BoxState), description="of one of its boxes")
        ],
        responses=serializers.BoxedImageSerializer(many=True),
    )
    def get(self, request: Request, dataset: str) -> Response:
        """List images with how their boxes stand, oldest first; 400 `not_for_interface`."""
        found = get_dataset_for(
            user=user_of(request), id_or_slug=dataset, capability=Capability.SEE_ANSWERS
        )
        queries.check_judges(found)
        labels = label_names(found)
        return page_response(
            request,
            queries.images_with_boxes(found, state=_state(request)),
            order=("id",),
            render=lambda image: serializers.render_boxed_image(image, labels=labels),
            filters=["state"],
        )


def _state(request: Request) -> BoxState | None:
    text = request.query_params.get("state")
    if text is not None and text not in list(BoxState):
        raise Invalid("bad_state", f"state must be one of {', '.join(BoxState)}.")
    return None if text is None else BoxState(text)
