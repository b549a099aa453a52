"""When a mail about what happened goes out."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

TOGETHER = timedelta(minutes=2)
"""What happens within so long comes in one mail, and no two mails come closer than that."""
MORNING = time(8)


def due_at(*, oldest: datetime, last: datetime | None, daily: bool, zone: ZoneInfo) -> datetime:
    """Return when to mail what waits since `oldest`; `last` is when the last mail went out.

    A daily one goes out at eight in the morning of `zone`, the next after something happened.
    """
    if not daily:
        soonest = oldest if last is None else max(oldest, last)
        return soonest + TOGETHER
    local = oldest.astimezone(zone)
    morning = datetime.combine(local.date(), MORNING, zone)
    if local > morning:
        morning = datetime.combine(local.date() + timedelta(days=1), MORNING, zone)
    return morning
