"""Guidelines: written by managers version by version, read by everybody."""

from __future__ import annotations

from django.db import transaction

from apps.annotators.models import User
from apps.datasets.models import Dataset, Guideline, GuidelineReading
from concord.errors import Invalid, Stale
from concord.events.actions import record

LONGEST_TEXT = 30_000
MOST_LINES = 3_000
"""More would be slow to render and to compare."""


@transaction.atomic
def save_guideline(*, dataset: Dataset, actor: User, text: str, based_on: int) -> Guideline:
    """Save the text as the next version; `based_on` is the one that it changes, 0 for the first.

    Raises Stale with the current version if somebody was faster; Invalid for a text that is too
    long or that changes nothing.
    """
    check_text(text)
    Dataset.objects.select_for_update(no_key=True).get(pk=dataset.pk)
    current = dataset.guidelines.order_by("-version").first()
    version, before = (current.version, current.text) if current else (0, "")
    if based_on != version:
        raise Stale(
            current={"version": version, "text": before},
            diff={"version": {"was": based_on, "is": version}},
        )
    if text == before:
        raise Invalid("unchanged", "This is the text of the last version.")
    saved = Guideline.objects.create(
        dataset=dataset, version=version + 1, text=text, created_by=actor
    )
    mark_read(guideline=saved, user=actor)
    record(
        kind="guideline.saved",
        actor=actor,
        dataset_id=dataset.id,
        subject=dataset,
        data={"version": saved.version},
    )
    return saved


def check_text(text: str) -> None:
    """Raise Invalid for a guideline that nobody could read."""
    if len(text) > LONGEST_TEXT or text.count("\n") >= MOST_LINES:
        detail = f"At most {LONGEST_TEXT} characters and {MOST_LINES} lines."
        raise Invalid(errors={"text": [detail]})


def mark_read(*, guideline: Guideline, user: User) -> None:
    """Remember that `user` had this version before them; once is enough."""
    GuidelineReading.objects.bulk_create(
        [GuidelineReading(guideline=guideline, user=user)], ignore_conflicts=True
    )
