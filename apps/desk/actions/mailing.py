"""Mails about what happened: ordered when they are due, one at a time for each person."""

from __future__ import annotations

import uuid
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Max, Min
from django.db.models.functions import Now

from apps.annotators.models import Notification, NotificationSettings, User
from apps.desk.domain.mail_text import Item, write
from apps.desk.domain.mail_times import due_at
from apps.desk.queries.notices import notices_of, tell
from apps.desk.unsubscribing import stop_token
from concord.errors import RetryLater
from concord.events.actions import record
from concord.jobs.actions import enqueue
from concord.jobs.models import Job

KIND = "desk.mail"
ATTEMPTS = 10
"""Over three quarters of an hour: what is down for longer, an admin looks at."""

NOBODY = NotificationSettings()


def order_mails(*, now: datetime) -> int:
    """Queue a mail for everybody who is due one; returns for how many."""
    waiting = Notification.objects.filter(by_mail=True, mail=None, user__is_active=True)
    oldest = dict(waiting.order_by().values_list("user").annotate(at=Min("created_at")))
    # One at a time: what happens while a mail cannot be sent comes with the next.
    busy = Job.objects.filter(kind=KIND, state__in=[Job.State.QUEUED, Job.State.RUNNING])
    for person in busy.values_list("args__user", flat=True):
        oldest.pop(uuid.UUID(person), None)
    sent = Notification.objects.filter(user__in=oldest).order_by().values_list("user")
    last = dict(sent.annotate(at=Max("mailed_at")))
    wishes = NotificationSettings.objects.in_bulk(list(oldest))
    due = [
        person
        for person, at in oldest.items()
        if _due_at(at, last.get(person), wishes.get(person, NOBODY)) <= now
    ]
    for person in due:
        enqueue(kind=KIND, args={"user": str(person)})
    return len(due)


def _due_at(oldest: datetime, last: datetime | None, wishes: NotificationSettings) -> datetime:
    return due_at(oldest=oldest, last=last, daily=wishes.daily, zone=ZoneInfo(wishes.time_zone))


def send_mail(*, user: User, mail: uuid.UUID) -> bool:
    """Mail `user` all that waits for it, as far as they may still know of it; False for nothing.

    Safe to run twice: a second run sends the same things, or nothing if the first got through.
    Where it broke off between sending and writing that down, both mails have the same Message-ID.
    Raises whatever the mail server's refusal becomes.
    """
    _take(user, mail)
    rows = Notification.objects.filter(mail=mail, mailed_at=None)
    told = tell(notices_of(user).filter(pk__in=rows.values("pk")).order_by("id"))
    if not told or not user.is_active:
        return False
    items = [
        Item(each.kind, each.dataset.name, f"{settings.PUBLIC_URL}{each.link}", each.data)
        for each in told
        if each.dataset is not None
    ]
    _message(user, mail, items).send()
    rows.update(mailed_at=Now())
    return True


@transaction.atomic
def _take(user: User, mail: uuid.UUID) -> None:
    """Which things a mail carries is settled once, however often it is tried."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not Notification.objects.filter(user=user, mail=mail).exists():
        Notification.objects.filter(user=user, by_mail=True, mail=None).update(mail=mail)


def _message(user: User, mail: uuid.UUID, items: list[Item]) -> EmailMessage:
    kinds = list(dict.fromkeys(item.kind for item in items))
    pages = {
        kind: f"{settings.PUBLIC_URL}/unsubscribe/{stop_token(user=user, kinds=[kind])}"
        for kind in kinds
    }
    written = write(
        name=user.display_name,
        items=items,
        settings=f"{settings.PUBLIC_URL}/account#notifications",
        stops=pages,
    )
    stop = stop_token(user=user, kinds=kinds)
    return EmailMessage(
        subject=written.subject,
        body=written.text,
        to=[user.email],
        headers={
            "Message-ID": f"<{mail}@{urlsplit(settings.PUBLIC_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
            # RFC 8058: mail programs unsubscribe by a POST to this address.
            "List-Unsubscribe": f"<{settings.PUBLIC_URL}/api/notifications/unsubscribe/{stop}/>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def try_to_mail(*, user: User, mail: uuid.UUID, attempt: int) -> None:
    """Send a mail, or raise RetryLater; after the last attempt admins are told."""
    try:
        send_mail(user=user, mail=mail)
    except OSError as error:  # what SMTP and sockets raise
        if attempt >= ATTEMPTS:
            tell_of_failure(user=user)
        reason = type(error).__name__
        raise RetryLater("mail_refused", reason, retry_after=min(30 * 2**attempt, 600)) from error


@transaction.atomic
def tell_of_failure(*, user: User) -> None:
    """A mail was given up. What it was to tell stands on the page of notifications."""
    record(kind="mail.failed", actor=None, subject=user)
