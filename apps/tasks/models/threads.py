"""What people say to one another about a task."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.datasets.models import Dataset
from apps.tasks.models.tasks import Task
from concord.ids import uuid7

USER = settings.AUTH_USER_MODEL


class Thread(models.Model):
    """A conversation about a task, or a place in it, until somebody resolves it.

    `region` is `{x, y, width, height}` in pixels of the image, None for the whole; `tile` names the
    image where people pick among several. One about a `probe` is kept with its original, so that
    those who know of gold find it there; its annotator knows the probe alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="threads")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    probe = models.ForeignKey(Task, null=True, on_delete=models.CASCADE, related_name="+")
    opened_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    tile = models.UUIDField(null=True)
    region = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                F("dataset"), F("id"), condition=Q(resolved_at=None), name="thread_unresolved"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="thread_resolved_by_somebody",
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"thread on {self.task_id}"


class Comment(models.Model):
    """One thing said in a thread, plain text. A deleted one leaves its trace and can come back.

    `reviewing` says in which part its author spoke: as one who judges answers, or as one who gives
    them. It is written down because parts change, and others may not see what annotators say.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    reviewing = models.BooleanField()
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(F("author"), name="comment_by_author")]

    def __str__(self) -> str:
        return f"comment in {self.thread_id}"


class Mention(models.Model):
    """Somebody is called into a thread by a comment; `word` is what the text calls them after `@`.

    An annotator sees a thread that another opened only while a comment in it names them.
    """

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="mentions")
    word = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "user"], name="mention_once"),
        ]

    def __str__(self) -> str:
        return f"@{self.word}"
