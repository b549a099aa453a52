"""The doorways of background work: an id in, one action."""

from __future__ import annotations

from apps.desk.actions import telling
from concord.celery import app


@app.task(name="desk.tell_people")
def tell_people() -> None:
    """Make notifications of what happened; called by the scheduler, and when something did."""
    telling.tell_people()
