"""What would follow from a change of settings, over HTTP."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.api.serializers import SETTINGS, ChangeDatasetRequest
from apps.datasets.policy import Capability
from apps.reviews.effects import effects_of

CODES = (
    *("opened_final", "opened_waiting", "asked_more", "asked_fewer", "completed", "decided_stay"),
    *("option_removed", "option_renamed", "one_pick", "block_removed", "block_required"),
    *("rules", "shapes_barred", "policy"),
)


class EffectSerializer(serializers.Serializer[Any]):
    """One thing that would follow, of `count` tasks or answers and of `finals`. What people have
    done is touched where it says so; `name` is the option's or the question's, or, of what is asked
    of more people, the number of answers."""

    code = serializers.ChoiceField(choices=CODES)
    count = serializers.IntegerField()
    finals = serializers.IntegerField()
    name = serializers.CharField()
    touches = serializers.BooleanField()


class EffectsReply(serializers.Serializer[Any]):
    """All that would follow; empty where nothing would."""

    effects = EffectSerializer(many=True)


class EffectsView(APIView):
    """A change of settings before it is made."""

    @extend_schema(request=ChangeDatasetRequest, responses=EffectsReply)
    def post(self, request: Request, dataset: str) -> Response:
        """Say what this change would do to tasks and answers that are there. Nothing is written."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.MANAGE)
        body = ChangeDatasetRequest.parse(request.data)
        changes = {name: body[name] for name in SETTINGS if name in body}
        told = effects_of(dataset=found, changes=changes)
        return Response(EffectsReply({"effects": told}).data)
