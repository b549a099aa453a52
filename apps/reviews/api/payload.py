"""From decisions as they arrive to decisions as they are kept: letters to people, names to ids."""

from __future__ import annotations

from typing import Any

from apps.reviews.actions.deciding import Verdict
from apps.reviews.queries import letters
from apps.reviews.stored import with_label_keys
from apps.tasks.models import Revision, Task, TaskImage
from apps.tasks.origins import with_origins
from apps.tasks.spans import label_ids, store_spans
from concord.errors import Invalid


def check_verdicts(*, task: Task, decisions: list[dict[str, Any]]) -> list[Verdict]:
    """Return the decisions in stored form; raises Invalid for what this task does not have."""
    revisions = Revision.objects.filter(task=task)
    people = {letter: person for person, letter in letters(list(revisions)).items()}
    labels = label_ids(task.dataset)
    return [_verdict(task, row, people, labels) for row in decisions]


def _verdict(
    task: Task, row: dict[str, Any], people: dict[str, str], labels: dict[str, str]
) -> Verdict:
    option = row["option"]
    if isinstance(option, bool) or not isinstance(option, int | str | None):
        raise Invalid("unknown_option", f"There is no option {option!r}.")
    return Verdict(
        action=row["action"],
        conflict=row["conflict"],
        version=_known(row["version"], people, "version"),
        label=_known(row["label"], labels, "label"),
        chosen=option,
        span=_span(task, row["span"], labels),
        reason=row["reason"],
    )


def _known(name: str | None, among: dict[str, str], what: str) -> str | None:
    if name is None:
        return None
    if name not in among:
        raise Invalid(f"unknown_{what}", f"There is no {what} {name!r} here.")
    return among[name]


def _span(task: Task, span: dict[str, Any] | None, labels: dict[str, str]) -> dict[str, Any] | None:
    if span is None:
        return None
    blob = TaskImage.objects.select_related("image__blob").get(task=task, n=0).image.blob
    stored = store_spans([span], labels=labels, width=blob.width, height=blob.height)
    return with_label_keys(with_origins(task, stored))[0]
