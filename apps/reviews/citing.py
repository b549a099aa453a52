"""Paragraphs of the guideline that decisions cite, and which of them caused the most disputes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef

from apps.datasets.guideline_paragraphs import Paragraph, paragraphs_of
from apps.datasets.models import Dataset, Guideline
from apps.reviews.models import Decision
from concord.errors import Invalid

MOST_TASKS = 50


@dataclass(frozen=True, slots=True)
class Cited:
    """A paragraph as it stood in the version that a decision cites."""

    version: int
    paragraph: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """A paragraph, under its number in the newest version that was cited, how many decisions cite
    it, and on which tasks, the newest first."""

    cited: Cited
    decisions: int
    tasks: list[uuid.UUID]


class Citations:
    """Looks up what decisions of one dataset cite; reads the versions once, if at all."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset

    @cached_property
    def texts(self) -> dict[int, str]:
        """The text of every version."""
        rows = Guideline.objects.filter(dataset=self.dataset)
        return dict(rows.values_list("version", "text"))

    def find(self, detail: Mapping[str, Any] | None) -> Cited | None:
        """Return the paragraph that `{version, paragraph}` names, None for none."""
        if not detail:
            return None
        version, number = detail["version"], detail["paragraph"]
        paragraphs = paragraphs_of(self.texts.get(version, ""))
        if not 1 <= number <= len(paragraphs):
            return None
        found: Paragraph = paragraphs[number - 1]
        return Cited(version, number, found.heading, found.text)


def check_citation(dataset: Dataset, detail: dict[str, int] | None) -> dict[str, int] | None:
    """Return a citation that names a paragraph there is; raises Invalid `unknown_paragraph`."""
    if detail is not None and Citations(dataset).find(detail) is None:
        raise Invalid("unknown_paragraph", "The guideline has no such paragraph in that version.")
    return detail


def cited_by(decisions: Iterable[Decision]) -> list[dict[str, int]]:
    """Return what decisions cite, each paragraph once, in their order."""
    cited = (row.detail.get("guideline") for row in decisions)
    named = {(each["version"], each["paragraph"]) for each in cited if each}
    return [{"version": version, "paragraph": number} for version, number in sorted(named)]


def disputes_of(dataset: Dataset) -> list[Dispute]:
    """Return the paragraphs that decisions cite, those with the most decisions first.

    A paragraph whose words did not change from version to version is one. Of a conflict that was
    decided anew only the last decision counts, and none that was taken back.
    """
    citations = Citations(dataset)
    later = Decision.objects.filter(conflict=OuterRef("conflict"), id__gt=OuterRef("id"))
    rows = Decision.objects.filter(~Exists(later), dataset=dataset, detail__has_key="guideline")
    found: dict[tuple[str, str], list[tuple[Cited, uuid.UUID]]] = {}
    for row in rows.order_by("-id").only("task_id", "detail").iterator():
        cited = citations.find(row.detail["guideline"])
        if cited is not None:
            found.setdefault((cited.heading, cited.text), []).append((cited, row.task_id))
    disputes = [
        Dispute(
            cited=max((cited for cited, _ in each), key=lambda cited: cited.version),
            decisions=len(each),
            tasks=list(dict.fromkeys(task for _, task in each))[:MOST_TASKS],
        )
        for each in found.values()
    ]
    return sorted(disputes, key=lambda row: (-row.decisions, row.cited.paragraph))
