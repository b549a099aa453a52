"""Tasks as the browser and a task's own page show them: labels by name, people as far as seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from itertools import pairwise
from typing import Any

from apps.annotators.models import User
from apps.datasets.config import DatasetConfig
from apps.datasets.models import Dataset
from apps.datasets.queries import merged_labels
from apps.desk.access import Reach
from apps.desk.api.serializers import TaskRowSerializer
from apps.desk.api.story_serializers import TaskStorySerializer
from apps.desk.queries.browser import spans_of
from apps.desk.queries.task_page import TaskStory
from apps.exchange.models import Export
from apps.imports.models import ImportRow
from apps.reviews.api.render import ReviewRenderer
from apps.reviews.citing import Citations
from apps.reviews.domain.sentences import english
from apps.reviews.models import Conflict, Decision, Final, SecondLook
from apps.reviews.second_looks import changes_to_second
from apps.reviews.stored import with_label_keys
from apps.reviews.words import names_for
from apps.tasks.api.serializers import render_images
from apps.tasks.domain.changes import Change, changes_between
from apps.tasks.letters import letters_of
from apps.tasks.models import Answer, Return, Revision, Slot, Task
from apps.tasks.options import options_of
from apps.tasks.origins import without_origin
from apps.tasks.pages import why_now
from apps.tasks.spans import label_names, show_spans
from concord.events.models import Event


def row_renderer(dataset: Dataset, *, reach: Reach) -> Callable[[Task], dict[str, Any]]:
    """Return what renders a row of the browser of `dataset`, as far as `reach` goes."""
    names = label_names(dataset)
    # One for all rows: to make its fields takes longer than to fill them.
    form = TaskRowSerializer()

    def render(task: Task) -> dict[str, Any]:
        task.dataset = dataset
        spans = show_spans(spans_of(task), names=names)
        data = {
            **{name: getattr(task, name) for name in ("id", "state", "sent_back", "score")},
            **{name: getattr(task, name) for name in ("created_at", "updated_at")},
            **_facts(task, reach=reach),
            "image": _thumbnail(task),
            "labels": sorted({span["label"] for span in spans if span["label"]}),
            "locked": task.locked_at is not None,
            "spans": spans,
        }
        return form.to_representation(data)

    return render


def _facts(task: Task, *, reach: Reach) -> dict[str, Any]:
    """What a row says beside the task's own columns; `rows_of` has found it."""
    row: Any = task
    return {
        "conflict_kinds": row.facts.conflict_kinds,
        "confidence": row.facts.confidence,
        "verdict": row.facts.verdict or None,
        "tags": row.facts.tags if reach.answers else [],
        "answers": row.given,
        "flags": row.open_flags if reach.answers else 0,
        "people": [{"id": pk, "name": name} for pk, name in row.people],
    }


def _thumbnail(task: Task) -> dict[str, Any] | None:
    rows = task.first_images  # type: ignore[attr-defined]  # prefetched by find_tasks
    for shown in render_images(task, rows):
        source = "" if shown["tile"] else rows[0].image.source_url
        return {**shown, "source_url": source}
    return None


class StoryRenderer:
    """Renders one task's page; knows by which names its reader may call people."""

    def __init__(self, story: TaskStory) -> None:
        self.story = story
        self.labels = label_names(story.task.dataset)
        self.letters = letters_of(story.task)
        self.citations = Citations(story.task.dataset)
        self.review = None if story.review is None else ReviewRenderer(story.review)
        self.names = names_for(
            story.task, self.letters, labels=self.labels, images=self.story.images
        )

    def page(self) -> dict[str, Any]:
        """Return the whole page."""
        story, task = self.story, self.story.task
        config = DatasetConfig.of(task.dataset)
        data = {
            **{name: getattr(task, name) for name in ("id", "dataset", "state", "version")},
            **{name: getattr(task, name) for name in ("reopened", "sent_back", "overlap")},
            **{name: getattr(task, name) for name in ("created_at", "updated_at", "label", "meta")},
            "locked": task.locked_at is not None,
            "images": render_images(task, story.images),
            "originals": self._originals(),
            "assigned": self._assigned(),
            "why": why_now(task, config),
            "question": task.label or config.question,
            "spans": show_spans(task.spans, names=self.labels),
            "options": options_of(task, images=story.images),
            "final": self._final(story.final) if story.final else None,
            "answers": [self._answer(row) for row in story.answers],
            "merge": self.review.merge() if self.review else None,
            "merged_at": story.review.merge.merged_at if story.review else None,
            "disputes": [self._dispute(row) for row in story.disputes],
            "conflicts": self._conflicts(),
            "decisions": [self._decision(row) for row in story.decisions],
            "history": [self._happening(row) for row in story.history],
            "gold": story.gold,
            "returns": [self._return(row, changes) for row, changes in story.returns],
            "second_look": self._second(story.second) if story.second else None,
            "origin": self._origin(story.origin) if story.origin else None,
            "held": [{"by": self._holder(row), "at": row.leased_at} for row in story.held],
            "exports": [self._export(row) for row in story.exports],
        }
        return dict(TaskStorySerializer(data).data)

    def _assigned(self) -> list[dict[str, Any]] | None:
        people = self.story.assigned
        return None if people is None else [self._person(user) for user in people]

    def _person(self, user: User) -> dict[str, Any]:
        """Return a person by name, an annotator by letter where names are hidden."""
        letter = self.letters.get(str(user.id))
        if letter is not None and not self.story.sight.names:
            return {"id": None, "name": letter}
        return {"id": user.id, "name": user.display_name}

    def _originals(self) -> list[dict[str, Any]]:
        images = [row.image for row in self.story.images if self.story.sight.originals]
        return [{"id": image.id, "name": image.name} for image in images]

    def _answer(self, row: Answer) -> dict[str, Any]:
        return {
            "version": self.letters[str(row.user_id)],
            "user": self._person(row.user) if self.story.sight.names else None,
            "head": row.head.seq if row.head else None,
            "revisions": self._revisions(list(row.revisions.all())),
        }

    def _revisions(self, rows: list[Revision]) -> list[dict[str, Any]]:
        """Each but the first says what it changed in the one before."""
        changes: list[list[Change] | None] = [None]
        changes += [changes_between(_body(a), _body(b)) for a, b in pairwise(rows)]
        return [self._revision(row, changed) for row, changed in zip(rows, changes, strict=False)]

    def _revision(self, row: Revision, changed: list[Change] | None) -> dict[str, Any]:
        return {
            "revision": row.seq,
            "answer": row.answer,
            "spans": show_spans(row.spans, names=self.labels),
            "accept": row.accept,
            "attributes": row.attributes,
            "late": row.late,
            "created_at": row.created_at,
            "changed": None if changed is None else [self._told(asdict(each)) for each in changed],
        }

    def _conflicts(self) -> list[dict[str, Any]]:
        if self.review is None:
            return []
        return [self.review.conflict(row) for row in self.review.page.conflicts]

    def _decision(self, row: Decision) -> dict[str, Any]:
        assert self.review is not None, "only merged tasks are decided"
        return {
            **self.review.decision(row),
            "about": self._sentence(row.conflict) if row.conflict else None,
            "reason": row.reason,
            "guideline": self.citations.find(row.detail.get("guideline")),
            "by": self._person(row.user),
            "at": row.created_at,
        }

    def _sentence(self, row: Conflict) -> str:
        return english(row.detail["code"], row.detail["params"], self.names)

    def _dispute(self, row: Conflict) -> dict[str, Any]:
        return {
            **{name: getattr(row, name) for name in ("id", "kind", "state")},
            "text": self._sentence(row),
            "at": row.created_at,
        }

    def _origin(self, row: ImportRow) -> dict[str, Any]:
        return {
            "import": row.of_import_id,
            "name": row.of_import.name,
            "line": row.line,
            "by": self._person(row.of_import.created_by),
        }

    def _holder(self, row: Slot) -> dict[str, Any] | None:
        """Who has it in hand has no letter yet, so only those who see names are told who it is."""
        return self._person(row.user) if row.user and self.story.sight.names else None

    def _export(self, row: Export) -> dict[str, Any]:
        shown = {name: getattr(row, name) for name in ("id", "format", "which")}
        return {**shown, "by": self._person(row.created_by), "at": row.created_at}

    def _return(self, row: Return, changes: list[Change] | None) -> dict[str, Any]:
        return {
            **{name: getattr(row, name) for name in ("id", "fault", "comment", "region", "span")},
            "version": self.letters[str(row.user_id)],
            "by": self._person(row.reviewer),
            "at": row.created_at,
            "seen_at": row.seen_at,
            "changed": None if changes is None else self._changes(changes),
        }

    def _second(self, row: SecondLook) -> dict[str, Any]:
        assert row.user is not None, "somebody closed it"
        assert self.story.final is not None, "a second look is at what is final"
        changes = changes_to_second(self.story.final, row, merged_labels(row.dataset_id))
        return {
            "by": self._person(row.user),
            "at": row.closed_at,
            "same": changes == [],
            "sent_back": changes is None,
            "changes": self._changes(changes or []),
        }

    def _changes(self, changes: list[Change]) -> list[dict[str, Any]]:
        assert self.review is not None, "only merged tasks are reviewed"
        return [self.review.change(change) for change in changes]

    def _final(self, row: Final) -> dict[str, Any]:
        seen = self.story.sight.answers
        return {
            "origin": row.origin,
            "answer": row.answer,
            "spans": show_spans(row.spans, names=self.labels),
            "accept": row.accept,
            "attributes": row.attributes,
            "at": row.created_at,
            "decided_by": self._person(row.decided_by) if row.decided_by and seen else None,
            "objects": [self._object(entry) for entry in row.provenance["objects"] if seen],
        }

    def _object(self, entry: dict[str, Any]) -> dict[str, Any]:
        members = [
            {"version": self.letters.get(member["annotator"]), "span_id": member["span"]}
            for member in entry["members"]
        ]
        return {**entry, "members": members}

    def _happening(self, event: Event) -> dict[str, Any]:
        return {
            "at": event.at,
            "actor": self._person(event.actor) if event.actor else None,
            "kind": event.kind,
            "data": self._told(event.data),
        }

    def _told(self, value: Any) -> Any:
        """Put letters where something names annotators by id, and names where it does labels."""
        if isinstance(value, dict):
            return {key: self._told(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self._told(item) for item in value]
        if isinstance(value, str):
            return self.letters.get(value) or self.labels.get(value) or value
        return value


def _body(row: Revision) -> dict[str, Any]:
    """Return a revision as answers are compared, labels by id."""
    body = {name: getattr(row, name) for name in ("answer", "accept", "attributes")}
    return {**body, "spans": with_label_keys([without_origin(span) for span in row.spans])}
