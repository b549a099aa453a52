"""Who takes part in the threads of a task, which of them somebody sees, and by which names.

Reviewers and managers see all threads of a dataset. An annotator sees those that they opened and
those that a comment calls them into, on tasks that they were handed; of other annotators' comments
nothing until the task is closed, and never a name: nobody learns from a thread what others said.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Coalesce

from apps.annotators.models import User
from apps.datasets.access import require
from apps.datasets.models import Dataset, Membership, Role
from apps.datasets.policy import RANK, Capability, allows
from apps.tasks.access import get_task_for
from apps.tasks.models import Answer, Comment, Mention, Pass, Slot, SlotState, Task, Thread
from concord.errors import Forbidden, NotFound

REVIEWING = [role for role in Role if RANK[role] >= RANK[Role.REVIEWER]]
NEVER = Value(uuid.UUID(int=0), output_field=UUIDField())
"""Before all comments: their ids rise with time."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody before the threads of a dataset: all of them where they `review`."""

    user: User
    reviews: bool

    @classmethod
    def of(cls, *, user: User, dataset: Dataset) -> Reader:
        """Return `user` as a reader; raises as `require` does for those who neither label nor
        review."""
        role = require(user=user, dataset=dataset, capability=Capability.LABEL)
        return cls(user=user, reviews=allows(role, Capability.REVIEW))


def get_thread_for(*, user: User, thread_id: uuid.UUID) -> tuple[Thread, Reader]:
    """Return a thread with its task and dataset, and `user` as its reader; raises NotFound for who
    does not see it, Forbidden for members who neither label nor review."""
    found = Thread.objects.select_related("task", "dataset").filter(pk=thread_id).first()
    if found is None:
        raise NotFound
    reader = Reader.of(user=user, dataset=found.dataset)
    if not threads_seen(reader=reader, dataset=found.dataset).filter(pk=found.pk).exists():
        raise NotFound
    found.task.dataset = found.dataset
    return found, reader


def get_thread_to_close(*, user: User, thread_id: uuid.UUID) -> tuple[Thread, Reader]:
    """Do as `get_thread_for`; raises Forbidden `not_yours` where closing is left to others."""
    thread, reader = get_thread_for(user=user, thread_id=thread_id)
    if not may_close(reader=reader, thread=thread):
        raise Forbidden("not_yours", "Who opened a thread closes it, or a reviewer.")
    return thread, reader


def may_close(*, reader: Reader, thread: Thread) -> bool:
    """Whether the reader may resolve the thread and take it up again."""
    return reader.reviews or thread.opened_by_id == reader.user.pk


def get_comment_for(*, user: User, comment_id: uuid.UUID) -> tuple[Comment, Reader]:
    """Return a comment that `user` sees, with its thread; raises as `get_thread_for`."""
    comment = Comment.objects.filter(pk=comment_id).first()
    if comment is None:
        raise NotFound
    comment.thread, reader = get_thread_for(user=user, thread_id=comment.thread_id)
    if not Comment.objects.filter(comments_heard(reader=reader), pk=comment.pk).exists():
        raise NotFound
    return comment, reader


def get_task_to_talk_about(*, user: User, task_id: uuid.UUID) -> tuple[Task, Reader]:
    """Return a task on which `user` may open threads; raises Forbidden `not_handed` for annotators
    who were not handed it."""
    task = get_task_for(user=user, task_id=task_id, capability=Capability.LABEL)
    reader = Reader.of(user=user, dataset=task.dataset)
    if not takes_part(reader=reader, task=task):
        raise Forbidden("not_handed", "You were not handed this task.")
    return task, reader


def threads_on(*, reader: Reader, task: Task) -> QuerySet[Thread]:
    """Return the threads on `task` that the reader sees, as they were opened."""
    of_task = {"probe": task} if task.probe_of_id else {"task": task}
    seen = threads_seen(reader=reader, dataset=task.dataset)
    if not reader.reviews and task.probe_of_id is None:
        # Under its own name the original is none of theirs: they were asked about it in another.
        seen = seen.filter(probe=None)
    return seen.filter(**of_task).order_by("id")


def threads_seen(*, reader: Reader, dataset: Dataset) -> QuerySet[Thread]:
    """Return the threads of `dataset` that the reader sees."""
    threads = Thread.objects.filter(dataset=dataset, task__withdrawn_at=None)
    return threads if reader.reviews else _own(threads, reader.user)


def _own(threads: QuerySet[Thread], user: User) -> QuerySet[Thread]:
    called = Mention.objects.filter(thread=OuterRef("pk"), user=user, comment__deleted_at=None)
    handed = Q(probe__isnull=False, opened_by=user) | _handed(user, "task")
    return threads.filter(handed, Q(opened_by=user) | Exists(called))


def _handed(user: User, task: str) -> Q:
    """Whether `user` has answered the task in that field, has it before them, or gave it back."""
    answered = Answer.everything.filter(user=user, task=OuterRef(task))
    given = Slot.objects.exclude(state=SlotState.FREE).filter(user=user, task=OuterRef(task))
    passed = Pass.objects.filter(user=user, task=OuterRef(task))
    return Q(Exists(answered)) | Q(Exists(given)) | Q(Exists(passed))


def takes_part(*, reader: Reader, task: Task) -> bool:
    """Whether the reader may open a thread on `task`; a probe is reached by its person alone."""
    if reader.reviews or task.probe_of_id is not None:
        return True
    return Task.everything.filter(_handed(reader.user, "pk"), pk=task.pk).exists()


def speaks_as_reviewer(*, reader: Reader, task: Task) -> bool:
    """Whether what the reader says of `task` is a reviewer's word: not where they answered it."""
    return reader.reviews and not Answer.objects.filter(task=task, user=reader.user).exists()


def comments_heard(*, reader: Reader) -> Q:
    """Return the condition on comments that the reader sees."""
    if reader.reviews:
        return Q()
    is_closed = Q(thread__task__locked_at__isnull=False)
    return Q(reviewing=True) | Q(author=reader.user) | is_closed


def threads_of(user: User) -> QuerySet[Thread]:
    """Return the threads, in all datasets, that `user` sees."""
    threads = Thread.objects.filter(dataset__deleted_at=None, task__withdrawn_at=None)
    if user.is_admin:
        return threads
    theirs = _own(threads.filter(dataset__in=_where(user, [Role.ANNOTATOR])), user)
    return threads.filter(Q(dataset__in=_where(user, REVIEWING)) | Q(pk__in=theirs.values("pk")))


def _where(user: User, roles: list[Role]) -> QuerySet[Membership, uuid.UUID]:
    return Membership.objects.filter(user=user, role__in=roles).values_list("dataset", flat=True)


def waiting_threads(user: User) -> QuerySet[Thread]:
    """Return the unresolved threads, in all datasets, in which somebody waits for `user`: they
    opened it, wrote in it or are called into it, and somebody else has spoken since."""
    seen = threads_of(user).filter(resolved_at=None)
    said = Comment.objects.filter(thread=OuterRef("pk"), deleted_at=None)
    last = Coalesce(Subquery(said.filter(author=user).order_by("-id").values("pk")[:1]), NEVER)
    called = Mention.objects.filter(thread=OuterRef("pk"), user=user, comment__deleted_at=None)
    newer = said.exclude(author=user).filter(_heard_by(user), id__gt=OuterRef("last"))
    concerned = seen.filter(Q(opened_by=user) | Exists(said.filter(author=user)) | Exists(called))
    return concerned.annotate(last=last).filter(Exists(newer))


def _heard_by(user: User) -> Q:
    """Return the condition on comments, in all datasets, that `user` hears."""
    if user.is_admin:
        return Q()
    annotator = Reader(user=user, reviews=False)
    return Q(thread__dataset__in=_where(user, REVIEWING)) | comments_heard(reader=annotator)
