"""The forms in which tasks and answers travel."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.annotators.models import User
from apps.tasks.actions.leasing import Lease, sign_lease
from apps.tasks.models import Pass, TaskImage, Verdict
from apps.tasks.queries import TaskPage
from concord.http.serializers import StrictSerializer


class NextRequest(StrictSerializer):
    """How many tasks the page wants to hold."""

    count = serializers.IntegerField(min_value=1, max_value=10, default=1)


class AnswerRequest(StrictSerializer):
    """One answer. `spans` and `accept` are checked against the dataset afterwards."""

    answer = serializers.ChoiceField(choices=Verdict.choices)
    spans = serializers.ListField(child=serializers.DictField(), default=list)
    accept = serializers.ListField(child=serializers.JSONField(), default=list, max_length=1000)
    attributes = serializers.DictField(default=dict)
    lease = serializers.CharField(max_length=100, default=None, allow_null=True)
    seconds = serializers.FloatField(min_value=0, max_value=86400, default=None, allow_null=True)


class LeaseRequest(StrictSerializer):
    """The lease to keep."""

    lease = serializers.CharField(max_length=100)


class DraftRequest(StrictSerializer):
    """What the page has so far; kept as it is and given back as it is."""

    body = serializers.DictField()


class SkipRequest(StrictSerializer):
    """Why a task is given back."""

    reason = serializers.ChoiceField(choices=Pass.Reason.choices)
    comment = serializers.CharField(max_length=2000, default="", allow_blank=True)


class ImageSerializer(serializers.Serializer[Any]):
    """An image of a task: pixels of the upright rendition."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    name = serializers.CharField()


class ReasonSerializer(serializers.Serializer[Any]):
    """Why something is as it is."""

    code = serializers.CharField()
    text = serializers.CharField()


class TaskSerializer(serializers.Serializer[Any]):
    """A task as the labelling page gets it."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    state = serializers.CharField()
    lease = serializers.CharField(allow_null=True)
    lease_expires_at = serializers.DateTimeField(allow_null=True)
    images = ImageSerializer(many=True)
    spans = serializers.ListField(child=serializers.DictField())
    suggestions = serializers.ListField(child=serializers.DictField())
    options = serializers.ListField(child=serializers.DictField(), allow_null=True)
    question = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    meta = serializers.DictField()
    why = ReasonSerializer()
    draft = serializers.DictField(allow_null=True)


class NoWorkSerializer(serializers.Serializer[Any]):
    """Why there is no task."""

    code = serializers.ChoiceField(choices=["done", "all_leased", "not_allowed", "importing"])
    detail = serializers.CharField()
    until = serializers.DateTimeField(allow_null=True)


class NextReply(serializers.Serializer[Any]):
    """What I hold, or why I hold nothing."""

    tasks = TaskSerializer(many=True)
    reason = NoWorkSerializer(allow_null=True)
    left = serializers.IntegerField()


class TaskStateSerializer(serializers.Serializer[Any]):
    """Where a task stands after a change."""

    id = serializers.UUIDField()
    state = serializers.CharField()
    version = serializers.IntegerField()


class AnswerReply(serializers.Serializer[Any]):
    """What became of an answer; `late` when its slot was gone and it is kept aside."""

    id = serializers.UUIDField()
    revision = serializers.IntegerField()
    late = serializers.BooleanField()
    task = TaskStateSerializer()


class LeaseReply(serializers.Serializer[Any]):
    """Until when the task is mine."""

    lease_expires_at = serializers.DateTimeField()


class MyAnswerSerializer(serializers.Serializer[Any]):
    """One of my own answers."""

    task = serializers.UUIDField(source="task_id")
    answer = serializers.CharField(source="head.answer")
    accept = serializers.JSONField(source="head.accept")
    shapes = serializers.SerializerMethodField()
    revision = serializers.IntegerField(source="head.seq")
    updated_at = serializers.DateTimeField()
    editable = serializers.SerializerMethodField()
    image = serializers.UUIDField()

    def get_shapes(self, answer: Any) -> int:
        """How many shapes were drawn."""
        return len(answer.head.spans)

    def get_editable(self, answer: Any) -> bool:
        """Whether no reviewer has decided the task yet."""
        return answer.task.locked_at is None


def render_image(row: TaskImage) -> dict[str, Any]:
    """Return an image of a task with the address of its bytes."""
    return {
        "id": row.image_id,
        "url": f"/api/images/{row.image_id}/file/",
        "width": row.image.blob.width,
        "height": row.image.blob.height,
        "name": row.image.name,
    }


def render_task(page: TaskPage, *, user: User, lease: Lease | None) -> dict[str, Any]:
    """Return a task for the labelling page; shapes to start from are the best suggestion's."""
    best = page.suggestions[-1] if page.suggestions else None
    data = {
        "id": page.task.id,
        "version": page.task.version,
        "state": page.task.state,
        "lease": sign_lease(lease=lease, user=user) if lease else None,
        "lease_expires_at": lease.expires_at if lease else None,
        "images": [render_image(row) for row in page.images],
        "spans": best["spans"] if best else [],
        "suggestions": page.suggestions,
        "options": page.options,
        "question": page.question,
        "label": page.task.label,
        "meta": page.task.meta,
        "why": page.why,
        "draft": page.draft,
    }
    return dict(TaskSerializer(data).data)
