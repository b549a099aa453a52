"""The link in a mail that ends mails of its kind: signed, for whoever holds it, without a log-in.

It opens nothing else and does not run out, since mails are kept. A new secret key ends all of them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.core import signing

from apps.annotators.models import Notification, User
from concord.errors import NotFound

SALT = "concord.no-more-mails"


@dataclass(frozen=True, slots=True)
class Stop:
    """Whom to mail no more, and about what."""

    user: User
    kinds: list[str]


def stop_token(*, user: User, kinds: Collection[str]) -> str:
    """Return the secret of the link that ends mails of these kinds to `user`."""
    return signing.dumps([str(user.pk), *kinds], salt=SALT)


def read_stop(token: str) -> Stop:
    """Return what a link stands for; raises NotFound for one that we did not make."""
    try:
        person, *kinds = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise NotFound from error
    known = [kind for kind in kinds if kind in Notification.Kind.values]
    user = User.objects.filter(pk=person).first()
    if user is None or not known:
        raise NotFound
    return Stop(user, known)
