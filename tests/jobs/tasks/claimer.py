"""Annotators, each in a process of its own, claiming until nothing is left."""

import json
import os
import sys

import django


def main(slug: str, emails: list[str]) -> None:
    """Django starts once, which takes a second or two; they part before there is a connection."""
    django.setup()
    for email in emails:
        if os.fork() == 0:
            claim(email, slug)
            return
    if any(os.wait()[1] for _ in emails):
        sys.exit("not everybody came to the end")


def claim(email: str, slug: str) -> None:
    """Claim one task after another; print what was got and when "nothing left" was said."""
    from django.db import connection  # noqa: PLC0415 - Django must be set up first
    from django.db.models.functions import Now  # noqa: PLC0415

    from apps.annotators.models import User  # noqa: PLC0415
    from apps.datasets.models import Dataset  # noqa: PLC0415
    from apps.tasks.actions.claiming import lease_tasks  # noqa: PLC0415
    from apps.tasks.models import Slot, SlotState  # noqa: PLC0415

    user = User.objects.get(email=email)
    dataset = Dataset.objects.get(slug=slug)
    tell("ready")
    sys.stdin.read()  # until it is closed, for all at one moment
    held: list[str] = []
    while leases := lease_tasks(user=user, dataset=dataset, count=1):
        (lease,) = leases
        held.append(str(lease.task_id))
        # Answered at once, so that the next call is for new work.
        Slot.objects.filter(task_id=lease.task_id, user=user).update(
            state=SlotState.SUBMITTED, lease_token=None, lease_expires_at=None, submitted_at=Now()
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (empty_at,) = cursor.fetchone()
    tell(json.dumps({"held": held, "empty_at": empty_at.isoformat()}))


def tell(line: str) -> None:
    """At one go, since all write into one pipe: `print` may write the end of the line later."""
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "concord.settings"
    main(sys.argv[1], sys.argv[2:])
