"""Letters to people: plain text, from templates whose first line is the subject."""

from __future__ import annotations

import re

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from apps.annotators.models import Invitation, User
from apps.annotators.secrets import digest_of, invitation_secret

NOT_TEXT = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+|://")


def one_line(text: str) -> str:
    """What somebody called themselves or something, unable to pose as a line or link of ours."""
    return NOT_TEXT.sub(" ", text).strip()


def send_letter(name: str, *, to: str, **words: object) -> None:
    """Send one letter now, from `templates/letters/`. Only a job calls this: it waits for a server.

    The words are put in as they are: nothing in a letter is markup.
    """
    text = render_to_string(f"letters/{name}.txt", {"site": settings.PUBLIC_URL, **words})
    subject, _, body = text.strip().partition("\n")
    EmailMessage(subject.strip(), body.strip() + "\n", to=[to]).send()


def send_password_reset(*, user: User) -> None:
    """Send the link by which `user` sets a new password. It dies with its use, with any other
    change of password or address, with the next log-in, and after `PASSWORD_RESET_TIMEOUT`."""
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    send_letter("password_reset", to=user.email, url=f"{settings.PUBLIC_URL}/password-reset/{key}")


def send_invitation(*, invitation: Invitation, place: str) -> None:
    """Send the link of an open invitation; nothing where this instance has another key by now, so
    that it could not make that link."""
    secret = invitation_secret(invitation.id)
    if digest_of(secret) != invitation.digest:
        return
    by = invitation.invited_by
    send_letter(
        "invitation",
        to=invitation.email,
        by=one_line("" if by is None else by.display_name),
        place=one_line(place),
        until=invitation.expires_at,
        url=f"{settings.PUBLIC_URL}/invitations/{secret}",
    )
