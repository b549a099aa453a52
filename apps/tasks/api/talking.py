"""The forms in which threads travel; people in them are called as their reader knows them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet
from rest_framework import serializers

from apps.datasets.models import Dataset
from apps.tasks.actions.talking import Place
from apps.tasks.api.regions import RegionRequest, check_region
from apps.tasks.api.serializers import RegionSerializer
from apps.tasks.calling import Names, text_before
from apps.tasks.models import Comment, Mention, Task, TaskImage, Thread
from apps.tasks.talk import Reader, comments_heard, may_close
from concord.errors import Invalid
from concord.http.serializers import StrictSerializer

LONGEST_TEXT = 4000
MOST_CALLED = 20


class CommentRequest(StrictSerializer):
    """What is said, as plain text, and whom it calls in: keys of `people`."""

    text = serializers.CharField(max_length=LONGEST_TEXT)
    mentions = serializers.ListField(
        child=serializers.CharField(max_length=50), default=list, max_length=MOST_CALLED
    )


class ThreadRequest(CommentRequest):
    """A thread with its first comment. `tile` is the image that it is about, where people pick
    among several; `region` the place in the image."""

    tile = serializers.UUIDField(default=None, allow_null=True)
    region = RegionRequest(default=None, allow_null=True)


class CalledSerializer(serializers.Serializer[Any]):
    """A person in a thread. `name` is empty where the reader may not know it, a letter where they
    judge versions."""

    side = serializers.ChoiceField(choices=["reviewer", "annotator"])
    name = serializers.CharField()
    me = serializers.BooleanField()


class MentionSerializer(serializers.Serializer[Any]):
    """Somebody whom the text calls, by the word after the `@`."""

    word = serializers.CharField()
    me = serializers.BooleanField()


class CommentSerializer(serializers.Serializer[Any]):
    """Something said in a thread; `text` is null where it was taken back."""

    id = serializers.UUIDField()
    by = CalledSerializer()
    text = serializers.CharField(allow_null=True)
    mentions = MentionSerializer(many=True)
    created_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)


class ThreadSerializer(serializers.Serializer[Any]):
    """A conversation about a task."""

    id = serializers.UUIDField()
    task = serializers.UUIDField()
    dataset = serializers.CharField()
    tile = serializers.UUIDField(allow_null=True)
    region = RegionSerializer(allow_null=True)
    by = CalledSerializer()
    created_at = serializers.DateTimeField()
    resolved_at = serializers.DateTimeField(allow_null=True)
    resolved_by = CalledSerializer(allow_null=True)
    may_resolve = serializers.BooleanField()
    comments = CommentSerializer(many=True)


class PersonSerializer(serializers.Serializer[Any]):
    """Somebody who can be called in: by which key, and under which word after the `@`."""

    key = serializers.CharField()
    word = serializers.CharField()
    side = serializers.ChoiceField(choices=["reviewer", "annotator"])

    class Meta:
        ref_name = "PersonToCall"


class TaskThreadsSerializer(serializers.Serializer[Any]):
    """The threads on a task, and how many are open and resolved."""

    open = serializers.IntegerField()
    resolved = serializers.IntegerField()
    threads = ThreadSerializer(many=True)
    people = PersonSerializer(many=True)


def render_thread(thread: Thread, *, reader: Reader) -> dict[str, Any]:
    """Return a thread as it is now before `reader`."""
    threads = Thread.objects.filter(pk=thread.pk)
    return render_threads(threads, reader=reader, dataset=thread.dataset)[0]


def render_threads(
    threads: QuerySet[Thread], *, reader: Reader, dataset: Dataset
) -> list[dict[str, Any]]:
    """Return threads of one dataset as `reader` sees them, in a fixed number of queries."""
    told = list(with_comments(threads, reader=reader))
    render = thread_renderer(
        reader=reader, dataset=dataset, tasks=[thread.task_id for thread in told]
    )
    return [render(thread) for thread in told]


def with_comments(threads: QuerySet[Thread], *, reader: Reader) -> QuerySet[Thread]:
    """Bring what `thread_renderer` shows of threads along with them."""
    mentions = Prefetch("mentions", Mention.objects.select_related("user").order_by("id"))
    comments = Comment.objects.filter(comments_heard(reader=reader)).order_by("id")
    heard = comments.select_related("author").prefetch_related(mentions)
    return threads.select_related("task", "opened_by", "resolved_by").prefetch_related(
        Prefetch("comments", heard, to_attr="heard")
    )


def thread_renderer(
    *, reader: Reader, dataset: Dataset, tasks: Iterable[uuid.UUID]
) -> Callable[[Thread], dict[str, Any]]:
    """Return what renders threads on `tasks` of `dataset` that came `with_comments`."""
    names = Names(reader=reader, dataset=dataset, tasks=tasks)

    def render(thread: Thread) -> dict[str, Any]:
        heard = thread.heard  # type: ignore[attr-defined]  # prefetched by with_comments
        return _thread(thread, heard, names=names, dataset=dataset)

    return render


def _thread(
    thread: Thread, comments: list[Comment], *, names: Names, dataset: Dataset
) -> dict[str, Any]:
    task, reader = thread.task, names.reader
    # Its annotator knows a probe by its own name alone.
    shown = thread.task_id if reader.reviews or thread.probe_id is None else thread.probe_id
    data = {
        "id": thread.id,
        "task": shown,
        "dataset": dataset.slug,
        "tile": thread.tile,
        "region": thread.region,
        "by": names.of(thread.opened_by, task=task),
        "created_at": thread.created_at,
        "resolved_at": thread.resolved_at,
        "resolved_by": names.of(thread.resolved_by, task=task) if thread.resolved_by else None,
        "may_resolve": may_close(reader=reader, thread=thread),
        "comments": [_comment(row, names=names, task=task) for row in comments],
    }
    return dict(ThreadSerializer(data).data)


def _comment(comment: Comment, *, names: Names, task: Task) -> dict[str, Any]:
    is_there = comment.deleted_at is None
    mine = names.reader.user.pk
    called: dict[str, bool] = {}
    for row in comment.mentions.all() if is_there else []:
        word = names.word(row, task=task)
        called[word] = called.get(word, False) or row.user_id == mine
    return {
        "id": comment.id,
        "by": names.of(comment.author, task=task, reviewing=comment.reviewing),
        "text": text_before(comment, names=names, task=task) if is_there else None,
        "mentions": [{"word": word, "me": me} for word, me in called.items()],
        "created_at": comment.created_at,
        "edited_at": comment.edited_at,
    }


def place_in(task: Task, body: dict[str, Any]) -> Place:
    """Return what a thread is about; raises Invalid `unknown_tile`, `invalid_region`."""
    tile, region = body["tile"], body["region"]
    images = TaskImage.objects.filter(task=task).select_related("image__blob").order_by("n")
    shown = images.first() if tile is None else images.filter(tile=tile).first()
    if shown is None:
        raise Invalid("unknown_tile", "There is no such image in this task.")
    blob = shown.image.blob
    return Place(tile=tile, region=check_region(region, width=blob.width, height=blob.height))
