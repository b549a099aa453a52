"""The annotator's side of the API."""

from __future__ import annotations

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.policy import Capability
from apps.tasks.access import get_task_for
from apps.tasks.actions import answering, claiming, counting, drafting, leasing
from apps.tasks.actions.sending_back import note_seen
from apps.tasks.api import serializers
from apps.tasks.checking import check_response
from apps.tasks.no_work import why_no_work
from apps.tasks.pages import task_pages
from concord.failpoints import reach
from concord.http.idempotency import fingerprint_of, key_of
from concord.http.schema import IDEMPOTENCY_KEY


class NextView(APIView):
    """Give me work."""

    @extend_schema(request=serializers.NextRequest, responses=serializers.NextReply)
    def post(self, request: Request, dataset: str) -> Response:
        """Return what I hold and lease more up to `count`; say why when there is nothing."""
        body = serializers.NextRequest.parse(request.data)
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.LABEL)
        leases = {
            lease.task_id: lease
            for lease in claiming.lease_tasks(user=user, dataset=found, count=body["count"])
        }
        pages = task_pages(user=user, dataset=found, task_ids=list(leases))
        note_seen([remark for page in pages for remark in page.returns])
        reason = None if pages else why_no_work(user=user, dataset=found)
        reply = {
            "tasks": [
                serializers.render_task(page, user=user, lease=leases[page.task.id])
                for page in pages
            ],
            "reason": serializers.NoWorkSerializer(reason).data if reason else None,
            "left": counting.count_left(user=user, dataset=found),
        }
        return Response(reply)


class LeaseView(APIView):
    """Keep a task, or give it back."""

    @extend_schema(request=serializers.LeaseRequest, responses=serializers.LeaseReply)
    def post(self, request: Request, task: uuid.UUID) -> Response:
        """Extend my lease to a full term from now."""
        body = serializers.LeaseRequest.parse(request.data)
        user = user_of(request)
        found = get_task_for(user=user, task_id=task, capability=Capability.LABEL)
        token = leasing.read_lease(text=body["lease"], task=found, user=user)
        end = leasing.extend_lease(user=user, task=found, token=token)
        return Response(serializers.LeaseReply({"lease_expires_at": end}).data)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, task: uuid.UUID) -> Response:
        """Give my slot back; the draft is kept."""
        user = user_of(request)
        found = get_task_for(user=user, task_id=task, capability=Capability.LABEL)
        leasing.release_leases(user=user, dataset=found.dataset, tasks=[found])
        return Response(status=204)


class DraftView(APIView):
    """What I have begun."""

    @extend_schema(request=serializers.DraftRequest, responses=serializers.DraftReply)
    def put(self, request: Request, task: uuid.UUID) -> Response:
        """Save my draft of this task; 412 with the current one when another page saved since."""
        body = serializers.DraftRequest.parse(request.data)
        user = user_of(request)
        found = get_task_for(user=user, task_id=task, capability=Capability.LABEL)
        draft = drafting.save_draft(user=user, task=found, **body)
        return Response(serializers.DraftReply(draft).data)


class AnswerView(APIView):
    """Answer a task."""

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY],
        request=serializers.AnswerRequest,
        responses=serializers.AnswerReply,
    )
    def post(self, request: Request, task: uuid.UUID) -> Response:
        """Save my answer as a new revision; without a lease this edits my earlier one."""
        key = key_of(request)
        user = user_of(request)
        found = get_task_for(user=user, task_id=task, capability=Capability.LABEL)
        body = serializers.AnswerRequest.parse(request.data)
        submission = answering.Submission(
            key=key,
            request_hash=fingerprint_of(request).hex(),
            lease=leasing.read_lease(text=body["lease"], task=found, user=user)
            if body["lease"]
            else None,
            base=body["base"],
        )
        # A replay is answered before the checks: labels may have changed since the first time.
        reply = answering.first_reply(user=user, submission=submission)
        if reply is None:
            reply = answering.submit_answer(
                user=user,
                task=found,
                response=check_response(task=found, data=body),
                submission=submission,
            )
            reach("answer.committed")
        return Response(reply)


class SkipView(APIView):
    """Give a task back with a reason."""

    @extend_schema(request=serializers.SkipRequest, responses={204: None})
    def post(self, request: Request, task: uuid.UUID) -> Response:
        """Release my slot; the task goes to others, and to me again later."""
        body = serializers.SkipRequest.parse(request.data)
        user = user_of(request)
        found = get_task_for(user=user, task_id=task, capability=Capability.LABEL)
        drafting.skip_task(user=user, task=found, reason=body["reason"], comment=body["comment"])
        return Response(status=204)
