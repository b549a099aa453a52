"""Threads over HTTP."""

from __future__ import annotations

import uuid

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.annotators.api.current import user_of
from apps.datasets.access import get_dataset_for
from apps.datasets.policy import Capability
from apps.tasks import talk
from apps.tasks.actions import talking
from apps.tasks.api import talking as forms
from apps.tasks.calling import candidates, resolve_keys
from concord.errors import Invalid
from concord.http.idempotency import idempotent
from concord.http.pagination import page_response
from concord.http.schema import IDEMPOTENCY_KEY


class TaskThreadsView(APIView):
    """What is said about a task."""

    @extend_schema(responses=forms.TaskThreadsSerializer)
    def get(self, request: Request, task: uuid.UUID) -> Response:
        """Return the threads that I see, oldest first, and whom I can call into one."""
        found, reader = talk.get_task_to_talk_about(user=user_of(request), task_id=task)
        seen = talk.threads_on(reader=reader, task=found)
        threads = forms.render_threads(seen, reader=reader, dataset=found.dataset)
        resolved = sum(thread["resolved_at"] is not None for thread in threads)
        people = candidates(reader=reader, task=found)
        reply = {
            "open": len(threads) - resolved,
            "resolved": resolved,
            "threads": threads,
            "people": forms.PersonSerializer(people, many=True).data,
        }
        return Response(reply)

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY],
        request=forms.ThreadRequest,
        responses={201: forms.ThreadSerializer},
    )
    @idempotent
    def post(self, request: Request, task: uuid.UUID) -> Response:
        """Open a thread, about a place in the image or about the task as a whole."""
        found, reader = talk.get_task_to_talk_about(user=user_of(request), task_id=task)
        body = forms.ThreadRequest.parse(request.data)
        thread = talking.open_thread(
            user=reader.user,
            task=found,
            text=body["text"],
            reviewing=talk.speaks_as_reviewer(reader=reader, task=found),
            calls=resolve_keys(body["mentions"], candidates(reader=reader, task=found)),
            place=forms.place_in(found, body),
        )
        return Response(forms.render_thread(thread, reader=reader), status=201)


class DatasetThreadsView(APIView):
    """What is said in a dataset."""

    @extend_schema(
        parameters=[OpenApiParameter("resolved", bool, description="the resolved ones instead")],
        responses=forms.ThreadSerializer(many=True),
    )
    def get(self, request: Request, dataset: str) -> Response:
        """List the unresolved threads that I see, or the resolved ones, oldest first."""
        user = user_of(request)
        found = get_dataset_for(user=user, id_or_slug=dataset, capability=Capability.LABEL)
        reader = talk.Reader.of(user=user, dataset=found)
        seen = talk.threads_seen(reader=reader, dataset=found)
        threads = seen.filter(resolved_at__isnull=not _resolved(request))
        tasks = threads.values_list("task_id", flat=True)
        return page_response(
            request,
            forms.with_comments(threads, reader=reader),
            order=("id",),
            render=forms.thread_renderer(reader=reader, dataset=found, tasks=tasks),
            filters=("resolved",),
        )


class ThreadView(APIView):
    """One thread."""

    @extend_schema(responses=forms.ThreadSerializer)
    def get(self, request: Request, thread: uuid.UUID) -> Response:
        """Return it with what is said in it."""
        found, reader = talk.get_thread_for(user=user_of(request), thread_id=thread)
        return Response(forms.render_thread(found, reader=reader))


class CommentsView(APIView):
    """What is said in a thread."""

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY],
        request=forms.CommentRequest,
        responses={201: forms.ThreadSerializer},
    )
    @idempotent
    def post(self, request: Request, thread: uuid.UUID) -> Response:
        """Say something; a thread that was resolved is open again."""
        found, reader = talk.get_thread_for(user=user_of(request), thread_id=thread)
        body = forms.CommentRequest.parse(request.data)
        people = candidates(reader=reader, task=found.task, thread=found)
        talking.write_comment(
            user=reader.user,
            thread=found,
            text=body["text"],
            reviewing=talk.speaks_as_reviewer(reader=reader, task=found.task),
            calls=resolve_keys(body["mentions"], people),
        )
        found.refresh_from_db(fields=["resolved_at", "resolved_by"])
        return Response(forms.render_thread(found, reader=reader), status=201)


class CommentView(APIView):
    """Something that I have said."""

    @extend_schema(request=forms.CommentRequest, responses=forms.ThreadSerializer)
    def patch(self, request: Request, comment: uuid.UUID) -> Response:
        """Say it otherwise; that I did is told."""
        found, reader = talk.get_comment_for(user=user_of(request), comment_id=comment)
        body = forms.CommentRequest.parse(request.data)
        people = candidates(reader=reader, task=found.thread.task, thread=found.thread)
        talking.edit_comment(
            comment=found,
            user=reader.user,
            text=body["text"],
            calls=resolve_keys(body["mentions"], people),
        )
        return Response(forms.render_thread(found.thread, reader=reader))

    @extend_schema(request=None, responses={200: forms.ThreadSerializer})
    def delete(self, request: Request, comment: uuid.UUID) -> Response:
        """Take it back: that something was said here stays to be seen."""
        found, reader = talk.get_comment_for(user=user_of(request), comment_id=comment)
        talking.delete_comment(comment=found, user=reader.user)
        return Response(forms.render_thread(found.thread, reader=reader))


class RestoreCommentView(APIView):
    """Something that I took back."""

    @extend_schema(request=None, responses=forms.ThreadSerializer)
    def post(self, request: Request, comment: uuid.UUID) -> Response:
        """Say it again."""
        found, reader = talk.get_comment_for(user=user_of(request), comment_id=comment)
        talking.restore_comment(comment=found, user=reader.user)
        return Response(forms.render_thread(found.thread, reader=reader))


class ResolveThreadView(APIView):
    """Be done with a thread."""

    @extend_schema(request=None, responses=forms.ThreadSerializer)
    def post(self, request: Request, thread: uuid.UUID) -> Response:
        """Resolve it; 409 `already_resolved` where somebody was faster."""
        found, reader = talk.get_thread_to_close(user=user_of(request), thread_id=thread)
        talking.resolve_thread(thread=found, user=reader.user)
        found.refresh_from_db(fields=["resolved_at", "resolved_by"])
        return Response(forms.render_thread(found, reader=reader))


class ReopenThreadView(APIView):
    """Take a thread up again."""

    @extend_schema(request=None, responses=forms.ThreadSerializer)
    def post(self, request: Request, thread: uuid.UUID) -> Response:
        """Open it; 409 `not_resolved` where it is open."""
        found, reader = talk.get_thread_to_close(user=user_of(request), thread_id=thread)
        talking.reopen_thread(thread=found, user=reader.user)
        found.refresh_from_db(fields=["resolved_at", "resolved_by"])
        return Response(forms.render_thread(found, reader=reader))


def _resolved(request: Request) -> bool:
    text = request.query_params.get("resolved", "false")
    if text not in ("true", "false"):
        raise Invalid("bad_resolved", "resolved must be true or false.")
    return text == "true"
