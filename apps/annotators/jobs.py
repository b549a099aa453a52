"""The doorways of background work: an address in, one letter out."""

from __future__ import annotations

from apps.annotators.actions.tries import forget
from apps.annotators.mail import send_invitation, send_password_reset
from apps.annotators.queries import find_user, open_invitations
from apps.annotators.sessions import SessionStore
from concord.celery import app
from concord.jobs.context import JobContext
from concord.jobs.registry import job


@app.task(name="annotators.forget")
def forget_old() -> None:
    """Remove old tries and sessions that ran out; called by the scheduler."""
    forget()
    SessionStore.clear_expired()


@job("annotators.password_reset")
def password_reset(context: JobContext) -> None:
    """Send the link for a new password, if the address is of somebody who logs in with one."""
    user = find_user(context.args["email"])
    if user is not None and user.is_active and user.has_usable_password():
        send_password_reset(user=user)


@job("annotators.invitation")
def invitation(context: JobContext) -> None:
    """Send the link of an invitation, if it still opens something."""
    found = open_invitations().filter(pk=context.args["invitation"]).first()
    if found is not None:
        send_invitation(invitation=found, place=context.args["place"])
