"""How the work on a dataset goes on, over HTTP."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for, require
from apps.datasets.models import Role
from apps.datasets.policy import Capability
from apps.desk.api.serializers import NamedSerializer, StatesSerializer
from apps.desk.queries.team_progress import REASONS, TeamMember, team_progress
from apps.tasks.api.pool import ShareSerializer, render_share
from apps.tasks.domain.knowing import Share
from concord.http.pagination import refuse_unknown_parameters


class DayEndSerializer(serializers.Serializer[Any]):
    """How tasks stood at the end of a day, today as they stand now. `rebuilt` days were put
    together later, from when each task came to be as it is now."""

    day = serializers.DateField()
    tasks = StatesSerializer(source="states")
    rebuilt = serializers.BooleanField()


class TimeLeftSerializer(serializers.Serializer[Any]):
    """When all tasks have their answers if the last `active` days with work go on: `soonest` and
    `latest` with 80 % certainty; `latest` is null where it is out of sight."""

    active = serializers.IntegerField()
    per_day = serializers.FloatField()
    until = serializers.DateField()
    soonest = serializers.DateField()
    latest = serializers.DateField(allow_null=True)


class IdleSerializer(serializers.Serializer[Any]):
    """Why somebody would get no task now, and until when, if that is known."""

    why = serializers.ChoiceField(choices=[*dict.fromkeys(REASONS.values()), "lent"])
    until = serializers.DateTimeField(allow_null=True)


class TeamMemberSerializer(serializers.Serializer[Any]):
    """One person's part: `answers` on each of the days. `role` is null of who left, `no_work` of
    who would get some, `idle_days` of who does not leave it lying. `seconds_median` and `returned`
    are for themselves and for managers, null before they were measured."""

    user = NamedSerializer()
    role = serializers.ChoiceField(choices=Role.choices, allow_null=True)
    answers = serializers.ListField(child=serializers.IntegerField())
    seen_at = serializers.DateTimeField(allow_null=True)
    idle_days = serializers.IntegerField(allow_null=True)
    no_work = IdleSerializer(allow_null=True)
    seconds_median = serializers.FloatField(allow_null=True)
    returned = ShareSerializer(allow_null=True)


class TeamProgressSerializer(serializers.Serializer[Any]):
    """How a dataset gets on. `days` are those of its time zone, the last one today; `ends` begin
    where the first was counted. `people` is me alone, and `left` null, unless I may see others'
    answers; `left` is null, too, where nobody can tell."""

    time_zone = serializers.CharField()
    days = serializers.ListField(child=serializers.DateField())
    tasks = StatesSerializer(source="states")
    ends = DayEndSerializer(many=True)
    people = TeamMemberSerializer(many=True)
    left = TimeLeftSerializer(allow_null=True)
    measured_at = serializers.DateTimeField(allow_null=True)


class TeamProgressView(APIView):
    """How a dataset gets on."""

    @extend_schema(responses=TeamProgressSerializer)
    def get(self, request: Request, dataset: str) -> Response:
        """Return it day by day and person by person; who may not see others' answers finds their
        own part."""
        refuse_unknown_parameters(request, [])
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.LABEL)
        role = require(user=user, dataset=found, capability=Capability.LABEL)
        progress = team_progress(user=user, role=role, dataset=found, now=timezone.now())
        people = [_render(row) for row in progress.people]
        shown = {
            **{name: getattr(progress, name) for name in ("time_zone", "days", "states", "ends")},
            **{name: getattr(progress, name) for name in ("left", "measured_at")},
            "people": people,
        }
        return Response(TeamProgressSerializer(shown).data)


def _render(row: TeamMember) -> dict[str, Any]:
    return {
        "user": {"id": row.user.pk, "name": row.user.display_name},
        **{name: getattr(row, name) for name in ("role", "answers", "seen_at", "idle_days")},
        **{name: getattr(row, name) for name in ("no_work", "seconds_median")},
        "returned": render_share(Share(*row.returned)) if row.returned else None,
    }
