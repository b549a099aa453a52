"""Threads: opening one, saying something in it, taking that back, and being done with it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from apps.annotators.models import User
from apps.tasks.models import Comment, Mention, Task, Thread
from concord.errors import Conflict, Forbidden
from concord.events.actions import record

Calls = Sequence[tuple[str, User]]
"""Whom a comment calls in, each with the word that it calls them by."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a thread is about: an image to pick from, a part of an image, or neither."""

    tile: uuid.UUID | None = None
    region: Mapping[str, float] | None = None


WHOLE_TASK = Place()


@transaction.atomic
def open_thread(
    *,
    user: User,
    task: Task,
    text: str,
    reviewing: bool,
    calls: Calls = (),
    place: Place = WHOLE_TASK,
) -> Thread:
    """Begin a thread on `task` with its first comment; about a probe it is its original's."""
    original = task.probe_of or task
    thread = Thread.objects.create(
        task=original,
        dataset_id=original.dataset_id,
        probe=task if task.probe_of_id else None,
        opened_by=user,
        tile=place.tile,
        region=place.region,
    )
    _tell("thread.opened", thread, actor=user)
    write_comment(user=user, thread=thread, text=text, reviewing=reviewing, calls=calls)
    return thread


@transaction.atomic
def write_comment(
    *, user: User, thread: Thread, text: str, reviewing: bool, calls: Calls = ()
) -> Comment:
    """Say something in a thread; one that was resolved is open again."""
    # Held, so that nobody resolves what they have not read.
    held = Thread.objects.select_for_update(no_key=True).get(pk=thread.pk)
    if held.resolved_at is not None:
        reopen_thread(thread=thread, user=user)
    comment = Comment.objects.create(thread=thread, author=user, reviewing=reviewing, text=text)
    _call(comment, calls)
    _tell("comment.written", thread, actor=user, comment=comment, calls=calls)
    return comment


@transaction.atomic
def edit_comment(*, comment: Comment, user: User, text: str, calls: Calls) -> Comment:
    """Change what one has said, and whom it calls; raises Forbidden `not_yours`, Conflict
    `deleted`."""
    held = _hold_own(comment, user)
    if held.deleted_at is not None:
        raise Conflict("deleted", "You have deleted this; bring it back before you change it.")
    Mention.objects.filter(comment=comment).delete()
    _call(comment, calls)
    Comment.objects.filter(pk=comment.pk).update(text=text, edited_at=Now())
    _tell("comment.edited", comment.thread, actor=user, comment=comment, calls=calls)
    comment.refresh_from_db()
    return comment


@transaction.atomic
def delete_comment(*, comment: Comment, user: User) -> None:
    """Take back what one has said: its trace stays, nobody is called by it any more. Safe to
    repeat; raises Forbidden `not_yours`."""
    if _hold_own(comment, user).deleted_at is None:
        Comment.objects.filter(pk=comment.pk).update(deleted_at=Now())
        _tell("comment.deleted", comment.thread, actor=user, comment=comment)


@transaction.atomic
def restore_comment(*, comment: Comment, user: User) -> None:
    """Say again what one took back. Safe to repeat; raises Forbidden `not_yours`."""
    if _hold_own(comment, user).deleted_at is not None:
        Comment.objects.filter(pk=comment.pk).update(deleted_at=None)
        _tell("comment.restored", comment.thread, actor=user, comment=comment)


@transaction.atomic
def resolve_thread(*, thread: Thread, user: User) -> None:
    """Be done with a thread; raises Conflict `already_resolved`."""
    unresolved = Thread.objects.filter(pk=thread.pk, resolved_at=None)
    if not unresolved.update(resolved_at=Now(), resolved_by=user):
        raise Conflict("already_resolved", "Somebody has resolved this already.")
    _tell("thread.resolved", thread, actor=user)


@transaction.atomic
def reopen_thread(*, thread: Thread, user: User) -> None:
    """Take a thread up again; raises Conflict `not_resolved`."""
    resolved = Thread.objects.filter(pk=thread.pk, resolved_at__isnull=False)
    if not resolved.update(resolved_at=None, resolved_by=None):
        raise Conflict("not_resolved", "This is open already.")
    _tell("thread.reopened", thread, actor=user)


def _hold_own(comment: Comment, user: User) -> Comment:
    if comment.author_id != user.pk:
        raise Forbidden("not_yours", "Only who wrote a comment changes it.")
    return Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)


def _call(comment: Comment, calls: Calls) -> None:
    Mention.objects.bulk_create(
        Mention(comment=comment, thread_id=comment.thread_id, user=user, word=word)
        for word, user in calls
    )


def _tell(
    kind: str, thread: Thread, *, actor: User, comment: Comment | None = None, calls: Calls = ()
) -> None:
    """The event stands with the task: it is part of its history, and of what people are told."""
    data: dict[str, Any] = {"thread": str(thread.pk)}
    if comment is not None:
        data |= {"comment": str(comment.pk), "called": [str(user.pk) for _, user in calls]}
    record(kind=kind, actor=actor, dataset_id=thread.dataset_id, subject=thread.task, data=data)
