"""The fitting of tasks to their dataset's settings, over HTTP."""

from __future__ import annotations

from typing import Any, get_args

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.policy import Capability
from apps.tasks.actions.fitting import retry_fit
from apps.tasks.fit_status import State, fit_status


class FittingSerializer(serializers.Serializer[Any]):
    """How far tasks follow the settings; `for_nobody` of them are routed to no member."""

    state = serializers.ChoiceField(choices=get_args(State))
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    for_nobody = serializers.IntegerField()
    strangers = serializers.ListField(child=serializers.CharField())


class FittingView(APIView):
    """What follows from a change of overlap, routes or members."""

    @extend_schema(responses=FittingSerializer)
    def get(self, request: Request, dataset: str) -> Response:
        """Say how many tasks are fitted, and which addresses tasks are sent to in vain."""
        found = get_dataset_for(
            user=user_of(request), id_or_slug=dataset, capability=Capability.MANAGE
        )
        return Response(FittingSerializer(fit_status(found)).data)

    @extend_schema(request=None, responses={202: FittingSerializer})
    def post(self, request: Request, dataset: str) -> Response:
        """Start a failed job anew."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.MANAGE)
        retry_fit(dataset=found, actor=user)
        return Response(FittingSerializer(fit_status(found)).data, status=202)
