"""From decisions as they arrive to decisions as they are kept: letters to people, names to ids."""

from __future__ import annotations

from typing import Any

from apps.reviews.actions.verdicts import Verdict
from apps.reviews.citing import check_citation
from apps.reviews.stored import with_label_keys
from apps.tasks.api.regions import check_region
from apps.tasks.letters import letters_of
from apps.tasks.models import Task
from apps.tasks.origins import with_origins
from apps.tasks.queries import size_of
from apps.tasks.spans import label_ids, store_spans
from concord.errors import Invalid


def check_verdicts(*, task: Task, decisions: list[dict[str, Any]]) -> list[Verdict]:
    """Return the decisions in stored form; raises Invalid for what this task does not have."""
    people = {letter: person for person, letter in letters_of(task).items()}
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
        fault=row["fault"],
        region=_region(task, row["region"]),
        why=row["why"],
        guideline=check_citation(task.dataset, row["guideline"]),
    )


def _known(name: str | None, among: dict[str, str], what: str) -> str | None:
    if name is None:
        return None
    if name not in among:
        raise Invalid(f"unknown_{what}", f"There is no {what} {name!r} here.")
    return among[name]


def _region(task: Task, region: dict[str, float] | None) -> dict[str, float] | None:
    if region is None:
        return None
    width, height = size_of(task)
    return check_region(region, width=width, height=height)


def _span(task: Task, span: dict[str, Any] | None, labels: dict[str, str]) -> dict[str, Any] | None:
    if span is None:
        return None
    width, height = size_of(task)
    stored = store_spans([span], labels=labels, width=width, height=height)
    return with_label_keys(with_origins(task, stored))[0]
