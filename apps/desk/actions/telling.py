"""Telling people what happened: events become notifications."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction

from apps.annotators.actions.notifying import Notice, notify
from apps.annotators.models import Notification, User
from apps.datasets.models import Membership, Role
from apps.exchange.models import Export
from apps.imports.models import Import, RowState
from apps.tasks.models import Flag, Thread
from concord.events.following import follow
from concord.events.models import Event

READER = "notifications"
TOLD_OF_ROWS = (RowState.DONE, RowState.DUPLICATE, RowState.FAILED)
Kind = Notification.Kind

log = structlog.get_logger(__name__)


def tell_people() -> None:
    """Make notifications of the events that nobody was told of yet; safe to run twice."""
    follow(reader=READER, kinds=list(TELLERS), deal=_deal)


def _deal(events: Sequence[Event]) -> None:
    ids = [event.id for event in events]
    known = set(
        Notification.objects.filter(event_id__in=ids).values_list("event_id", flat=True).distinct()
    )
    for event in events:
        # One by one: what is told of a comment depends on what was told of it before.
        if event.id not in known:
            notify(_notices(event))


def _notices(event: Event) -> list[Notice]:
    """An event that nobody can make sense of must not keep people from all that follows."""
    try:
        with transaction.atomic():
            return list(TELLERS[event.kind](event))
    except Exception:
        log.exception("notifications.not_told", about=event.id, kind=event.kind)
        return []


def _of_member(event: Event) -> Iterator[Notice]:
    """Who came in by an invitation knows: they added themselves."""
    user = UUID(event.data["user"])
    if user != event.actor_id:
        yield _notice(event, user, Kind.INVITED, {"role": event.data["role"]})


def _of_return(event: Event) -> Iterator[Notice]:
    """By whom is not said, nor what was wrong: one event is about several people's answers."""
    for user in event.data["to"]:
        yield _notice(event, UUID(user), Kind.SENT_BACK, of=UUID(event.object_id))


def _of_comment(event: Event) -> Iterator[Notice]:
    """Each is called once by a comment, however often it is changed."""
    comment = UUID(event.data["comment"])
    called = {UUID(user) for user in event.data["called"]} - {event.actor_id}
    where = {"thread": event.data["thread"]}
    told = Notification.objects.filter(kind=Kind.MENTIONED, object_id=comment, user__in=called)
    for user in sorted(called - set(told.values_list("user_id", flat=True))):
        yield _notice(event, user, Kind.MENTIONED, where, of=comment)


def _of_flag(event: Event) -> Iterator[Notice]:
    """A skip is no question, so who skipped awaits no answer."""
    flags = Flag.objects.exclude(kind=Flag.Kind.SKIPPED).exclude(user=event.actor_id)
    for flag in flags.filter(pk=event.data["flag"]):
        where = {"thread": str(flag.thread_id)} if flag.thread_id else {}
        yield _notice(event, flag.user_id, Kind.RESOLVED, {"what": "flag", **where})


def _of_thread(event: Event) -> Iterator[Notice]:
    """What ends with a flag is told as the flag."""
    threads = Thread.objects.exclude(opened_by=event.actor_id)
    ended = Flag.objects.filter(thread=event.data["thread"], resolved_at__isnull=False)
    for thread in threads.filter(pk=event.data["thread"]).exclude(pk__in=ended.values("thread")):
        data = {"what": "thread", "thread": str(thread.pk)}
        yield _notice(event, thread.opened_by_id, Kind.RESOLVED, data)


def _of_import(event: Event) -> Iterator[Notice]:
    """Replacing one image is not worth a word, nor is what somebody did to their own import."""
    imports = Import.objects.with_counts().exclude(created_by=event.actor_id)
    for found in imports.filter(pk=event.object_id, replacement=None):
        done = event.kind == "import.done"
        kind = Kind.IMPORT_DONE if done else Kind.IMPORT_STOPPED
        data: dict[str, Any] = {"name": found.name}
        if done:
            data |= {state.value: found.counts[state] for state in TOLD_OF_ROWS}
        else:
            data["why"] = event.kind.removeprefix("import.")
        yield _notice(event, found.created_by_id, kind, data, of=found.pk)


def _of_export(event: Event) -> Iterator[Notice]:
    for export in Export.objects.filter(pk=event.object_id):
        data = {"format": export.format}
        yield _notice(event, export.created_by_id, Kind.EXPORT_DONE, data, of=export.pk)


def _of_webhook(event: Event) -> Iterator[Notice]:
    """Everybody who can do something about it; what it was called is for its page to tell."""
    leading = Membership.objects.filter(dataset=event.dataset_id, role=Role.MANAGER)
    for user in leading.values_list("user", flat=True):
        yield _notice(event, user, Kind.WEBHOOK_STOPPED, of=UUID(event.object_id))


def _of_mail(event: Event) -> Iterator[Notice]:
    for admin in User.objects.filter(is_admin=True):
        yield _notice(event, admin.pk, Kind.MAIL_FAILED, of=UUID(event.object_id))


TELLERS: dict[str, Callable[[Event], Iterator[Notice]]] = {
    "member.added": _of_member,
    "task.sent_back": _of_return,
    "comment.written": _of_comment,
    "comment.edited": _of_comment,
    "flag.resolved": _of_flag,
    "thread.resolved": _of_thread,
    "import.done": _of_import,
    "import.failed": _of_import,
    "import.paused": _of_import,
    "import.storage_full": _of_import,
    "export.finished": _of_export,
    "webhook.stopped": _of_webhook,
    "mail.failed": _of_mail,
}
"""What is told of which kind of event. Each looks at what cannot change any more, or would tell
another person when it is asked again."""


def _notice(
    event: Event,
    user: UUID,
    kind: Notification.Kind,
    data: Mapping[str, Any] = MappingProxyType({}),
    *,
    of: UUID | None = None,
) -> Notice:
    return Notice(user, kind, event.id, event.dataset_id, of, data)
