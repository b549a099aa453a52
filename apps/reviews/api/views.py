"""The reviewer's side of the API."""

from __future__ import annotations

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.policy import Capability
from apps.reviews import queries
from apps.reviews.actions import deciding, leasing, reopening
from apps.reviews.actions.claiming import count_waiting
from apps.reviews.actions.gold import make_gold
from apps.reviews.actions.naming import show_names
from apps.reviews.actions.picking import pick_review
from apps.reviews.api import serializers
from apps.reviews.api.payload import check_verdicts
from apps.reviews.api.render import render_final, render_review
from apps.reviews.second_looks import count_second_looks
from apps.tasks.access import get_task_for
from apps.tasks.actions.gold import retire_gold
from apps.tasks.api.serializers import LeaseReply, NoWorkSerializer, StandingSerializer
from apps.tasks.models import Task
from concord.http.conditional import if_match
from concord.http.schema import IF_MATCH


class ReviewNextView(APIView):
    """Give me something to decide."""

    @extend_schema(request=serializers.ReviewNextRequest, responses=serializers.ReviewNextReply)
    def post(self, request: Request, dataset: str) -> Response:
        """Return what I review and lease more up to `count`; never my own work."""
        body = serializers.ReviewNextRequest.parse(request.data)
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.REVIEW)
        tickets = leasing.lease_reviews(
            user=user, dataset=found, count=body["count"], order=body["sort"]
        )
        tasks = Task.objects.select_related("dataset").in_bulk([row.task_id for row in tickets])
        reason = None if tickets else queries.why_no_review(user=user, dataset=found)
        reply = {
            "tasks": [
                render_review(tasks[ticket.task_id], ticket)
                for ticket in tickets
                if ticket.task_id in tasks  # an image may have been taken down just now
            ],
            "reason": NoWorkSerializer(reason).data if reason else None,
            "left": count_waiting(user=user, dataset=found)
            + count_second_looks(user=user, datasets=[found.id]).get(found.id, 0),
        }
        return Response(reply)


class DecisionsView(APIView):
    """Decide conflicts."""

    @extend_schema(
        parameters=[IF_MATCH],
        request=serializers.DecisionsRequest,
        responses=serializers.DecisionsReply,
    )
    def post(self, request: Request, task: uuid.UUID) -> Response:
        """Record decisions under my lease; with `final` lock the task with its final answer."""
        version = if_match(request)
        user = user_of(request)
        found = get_task_for(user=user, task_id=task, capability=Capability.REVIEW)
        body = serializers.DecisionsRequest.parse(request.data)
        changed, decisions = deciding.decide(
            user=user,
            task=found,
            version=version,
            token=body["lease"],
            verdicts=check_verdicts(task=found, decisions=body["decisions"]),
            final=body["final"],
        )
        reply = {
            "task": StandingSerializer(changed).data,
            "decisions": [
                {"id": row.id, "conflict": row.conflict_id, "action": row.action}
                for row in decisions
            ],
            "final": render_final(changed) if changed.locked_at else None,
        }
        return Response(reply)


class GoldView(APIView):
    """A final answer that people are measured by."""

    @extend_schema(request=None, responses=serializers.GoldSerializer)
    def post(self, request: Request, task: uuid.UUID) -> Response:
        """Make gold of the final answer as it is now, or once more where it was gold before."""
        user = user_of(request)
        found = get_task_for(user=user, task_id=task, capability=Capability.REVIEW)
        return Response(serializers.GoldSerializer(make_gold(task=found, actor=user)).data)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, task: uuid.UUID) -> Response:
        """Measure nobody by it any more."""
        user = user_of(request)
        found = get_task_for(user=user, task_id=task, capability=Capability.REVIEW)
        retire_gold(task=found, actor=user)
        return Response(status=204)


class UnlockView(APIView):
    """Open a decided task again."""

    @extend_schema(request=serializers.UnlockRequest, responses=StandingSerializer)
    def post(self, request: Request, task: uuid.UUID) -> Response:
        """Unlock the task; who and why is recorded."""
        body = serializers.UnlockRequest.parse(request.data)
        user = user_of(request)
        found = get_task_for(user=user, task_id=task, capability=Capability.MANAGE)
        changed = reopening.unlock(user=user, task=found, reason=body["reason"])
        return Response(StandingSerializer(changed).data)


class NamesView(APIView):
    """Whose versions these are."""

    @extend_schema(request=None, responses=serializers.NamesSerializer)
    def post(self, request: Request, task: uuid.UUID) -> Response:
        """Return the names behind the letters; that I looked is recorded."""
        user = user_of(request)
        found = get_task_for(user=user, task_id=task, capability=Capability.REVIEW)
        return Response({"names": show_names(user=user, task=found)})


class TakeBackView(APIView):
    """Undo my own closing of a task, or my sending it back."""

    @extend_schema(request=None, responses=serializers.ReviewTaskSerializer)
    def post(self, request: Request, task: uuid.UUID) -> Response:
        """Give me again what I have closed or sent back; 409 once something came of that."""
        user = user_of(request)
        found = get_task_for(user=user, task_id=task, capability=Capability.REVIEW)
        ticket = reopening.take_back(user=user, task=found)
        again = Task.objects.select_related("dataset").get(pk=found.pk)
        return Response(render_review(again, ticket))


class ReviewLeaseView(APIView):
    """Ask for one task to review, keep it, or give it back."""

    @extend_schema(request=None, responses=serializers.ReviewTaskSerializer)
    def put(self, request: Request, task: uuid.UUID) -> Response:
        """Give me this task if it waits for me; 409 `not_waiting`, `leased`."""
        user = user_of(request)
        found = get_task_for(user=user, task_id=task, capability=Capability.REVIEW)
        ticket = pick_review(user=user, task=found)
        return Response(render_review(found, ticket))

    @extend_schema(request=serializers.ReviewLeaseRequest, responses=LeaseReply)
    def post(self, request: Request, task: uuid.UUID) -> Response:
        """Extend my lease to a full term from now; 409 `lease_lost` when another has the task."""
        body = serializers.ReviewLeaseRequest.parse(request.data)
        user = user_of(request)
        found = get_task_for(user=user, task_id=task, capability=Capability.REVIEW)
        end = leasing.keep_review(user=user, task=found, token=body["lease"])
        return Response(LeaseReply({"lease_expires_at": end}).data)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, task: uuid.UUID) -> Response:
        """Give the task back; what I decided so far stays."""
        user = user_of(request)
        found = get_task_for(user=user, task_id=task, capability=Capability.REVIEW)
        leasing.release_review(user=user, task=found)
        return Response(status=204)
