"""A review as the page shows it: people as letters, labels by name, conflicts in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.datasets.config import DatasetConfig
from apps.datasets.domain.blocks import ballot
from apps.reviews.actions.tickets import ReviewTicket
from apps.reviews.api.serializers import ReviewTaskSerializer
from apps.reviews.coverage import asks_for_missed
from apps.reviews.domain.rulings import is_among
from apps.reviews.domain.sentences import english
from apps.reviews.models import Conflict, Decision, Final
from apps.reviews.queries import ReviewPage, review_page
from apps.reviews.returns import Reworked
from apps.reviews.second_looks import without_the_first
from apps.reviews.words import names_for
from apps.tasks.api.serializers import render_images
from apps.tasks.domain.changes import Change
from apps.tasks.models import Revision, Task, Verdict
from apps.tasks.options import options_of
from apps.tasks.spans import label_names, show_spans

DID = {
    Decision.Action.ESCALATE: "left it to another reviewer",
    Decision.Action.GIVE_BACK: "gave it back",
    Decision.Action.RESET: "unlocked it",
}
WHY = {
    "broken_image": "the image is broken",
    "unclear": "it is unclear",
    "not_my_job": "not theirs",
}
WORDS = {"accept": "accepted", "reject": "rejected", "ignore": "unsure"}


class ReviewRenderer:
    """Renders one task; knows the letters of its annotators and the names of its labels."""

    def __init__(self, page: ReviewPage) -> None:
        self.page = page
        self.letters = page.letters
        config = DatasetConfig.of(page.task.dataset)
        self.question = page.task.label or config.question
        self.options = options_of(page.task, images=page.images)
        self.names = names_for(page.task, page.letters)
        self.labels = self.names.labels

    def task(self, ticket: ReviewTicket) -> dict[str, Any]:
        """Return the whole review under a lease."""
        task = self.page.task
        data = {
            "id": task.id,
            "version": task.version,
            "state": task.state,
            "interface": task.dataset.interface,
            "lease": ticket.token,
            "lease_expires_at": ticket.expires_at,
            "images": render_images(task, self.page.images),
            "options": self.options,
            "spans": show_spans(task.spans, names=self.labels),
            "question": self.question,
            "label": task.label,
            "meta": task.meta,
            "why": self._why(),
            "asks_for_missed": asks_for_missed(self.page),
            "merge": self.merge(),
            "versions": [self.version(row) for row in (*self.page.revisions, *self.page.late)],
            "conflicts": [self.conflict(row) for row in self.page.conflicts],
            "decisions": [self.decision(row) for row in self.page.decisions],
            "reworked": [self._reworked(row, ticket) for row in self.page.reworked],
        }
        return dict(ReviewTaskSerializer(data).data)

    def _why(self) -> dict[str, str]:
        """Say what brought the task here: the conflicts, or the policy, and what reviewers did."""
        sentences = [self._said(row) for row in self.page.calls]
        if any(row.answered for row in self.page.reworked):
            sentences.append("An answer that went back was given anew.")
        if not self.page.conflicts:
            code, first = "policy", "The dataset asks for a look at this one."
            return {"code": code, "text": " ".join(sentences or [first])}
        points = sorted({self._point(conflict) for conflict in self.page.conflicts})
        sentences.append("People disagree: " + ", ".join(points) + ".")
        if (sure := self.page.merge.chance) is not None:
            calibrated = self.page.merge.calibrated is not None
            note = "" if calibrated else ", which no reviews confirm yet"
            sentences.append(f"The merge is {sure:.0%} sure{note}.")
        return {"code": "conflicts", "text": " ".join(sentences)}

    def _said(self, row: Decision) -> str:
        """What another reviewer left it with."""
        what = f"{row.user.display_name} {DID[Decision.Action(row.action)]}"
        why = WHY.get(row.detail.get("why") or "", "")
        said = ". ".join(filter(None, (why, row.reason)))
        return f"{what}: {said}" if row.reason else f"{what}: {said}." if said else f"{what}."

    def _point(self, conflict: Conflict) -> str:
        """What people disagree about; a question beside the image has a title."""
        block = conflict.detail.get("block")
        return conflict.kind if block is None else self.names.within(block)[0]

    def merge(self) -> dict[str, Any]:
        """Return the proposal with every object's provenance."""
        result = self.page.merge.result
        return {
            "algorithm": self.page.merge.algorithm,
            "answer": result["answer"],
            "accept": result["accept"],
            "attributes": {name: vote["value"] for name, vote in result.get("blocks", {}).items()},
            "confidence": self.page.merge.chance,
            "objects": [self._object(place, row) for place, row in enumerate(result["objects"])],
        }

    def _object(self, place: int, row: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "index": place,
            "span": {**row["span"], "label": self.labels.get(row["span"].get("label") or "")},
            "label": self.labels.get(row["label"] or ""),
            "votes": row["votes"],
            "of": row["of"],
            "confidence": row["confidence"],
            "state": row["state"],
            "edge_sd": row["edge_sd"],
            "members": [self._member(member) for member in row["members"]],
        }

    def _member(self, member: Mapping[str, Any]) -> dict[str, Any]:
        return {"version": self.letters.get(member["annotator"]), "span_id": member["span"]}

    def version(self, row: Revision) -> dict[str, Any]:
        """Return one annotator's answer under its letter."""
        return {
            "key": self.letters[str(row.user_id)],
            "answer": row.answer,
            "spans": show_spans(row.spans, names=self.labels),
            "accept": row.accept,
            "attributes": row.attributes,
            "late": row.late,
        }

    def _reworked(self, row: Reworked, ticket: ReviewTicket) -> dict[str, Any]:
        """Return what was said of an answer that went back, and what changed in it."""
        return {
            "version": self.letters[str(row.user_id)],
            "mine": row.remarks[-1].reviewer_id == ticket.user_id,
            "remarks": row.remarks,
            "answered": row.answered,
            "changes": [self.change(change) for change in row.changes],
        }

    def change(self, change: Change) -> dict[str, Any]:
        """Return one difference between two answers, labels by name."""
        return {
            "kind": change.kind,
            "before": self._blind(change.before),
            "after": self._blind(change.after),
        }

    def conflict(self, row: Conflict) -> dict[str, Any]:
        """Return one conflict with its sentence and what the digits stand for."""
        detail = row.detail
        return {
            "id": row.id,
            "kind": row.kind,
            "code": detail["code"],
            "params": self._blind(detail["params"]),
            "text": english(detail["code"], detail["params"], self.names),
            "object": row.object_index,
            "option": detail["option"],
            "block": detail.get("block"),
            "members": [self._member(member) for member in detail["members"]],
            "choices": self._numbered(self._choices(row)),
            "state": row.state,
        }

    def _blind(self, value: Any) -> Any:
        """Put letters for people and names for labels wherever their keys stand."""
        if isinstance(value, str):
            return self.letters.get(value) or self.labels.get(value) or value
        if isinstance(value, list):
            return [self._blind(item) for item in value]
        if isinstance(value, dict):
            return {key: self._blind(item) for key, item in value.items()}
        return value

    def _numbered(self, choices: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{"n": n, **choice} for n, choice in enumerate(choices, start=1)]

    def _choices(self, row: Conflict) -> list[dict[str, Any]]:
        if row.kind == "label" and row.object_index is not None:
            return self._label_choices(row.object_index)
        if row.kind == "label" and row.detail["option"] is None:
            return self._option_choices()
        if row.kind == "block" and row.detail["option"] is None:
            return self._block_choices(row.detail["block"])
        if row.kind in {"answer", "unsure"}:
            return [self._version_choice(rev, WORDS[rev.answer]) for rev in self._one_per_answer()]
        return [self._version_choice(rev, self._stance(row, rev)) for rev in self.page.revisions]

    def _label_choices(self, place: int) -> list[dict[str, Any]]:
        votes = self.page.merge.result["objects"][place]["label_votes"]
        return [
            {"kind": "label", "label": self.labels[key], "text": f"{self.labels[key]} · {count}"}
            for key, count in votes
            if key in self.labels
        ]

    def _option_choices(self) -> list[dict[str, Any]]:
        return [
            {
                "kind": "option",
                "option": key,
                "text": f"{self.names.options.get(key, key)} · {count}",
            }
            for key, count in self.page.merge.result["option_votes"]
            if count
        ]

    def _block_choices(self, block: str) -> list[dict[str, Any]]:
        """One version for each thing that was said; nothing is one of them."""
        _, names = self.names.within(block)
        said = {
            ballot(revision.attributes.get(block)): revision
            for revision in reversed(self.page.revisions)
            if revision.answer == Verdict.ACCEPT
        }
        return [
            self._version_choice(
                revision, ", ".join(names.option(each) for each in picked) or "no answer"
            )
            for picked, revision in reversed(said.items())
        ]

    def _one_per_answer(self) -> list[Revision]:
        return list({revision.answer: revision for revision in self.page.revisions}.values())

    def _version_choice(self, revision: Revision, text: str) -> dict[str, Any]:
        letter = self.letters[str(revision.user_id)]
        return {"kind": "version", "version": letter, "text": f"{letter} · {text}"}

    def _stance(self, row: Conflict, revision: Revision) -> str:
        """Say in a word what a version makes of a disputed object or option."""
        drawn = {member["annotator"] for member in row.detail["members"]}
        if row.detail["option"] is not None:
            block = row.detail.get("block")
            said = revision.accept if block is None else ballot(revision.attributes.get(block))
            return "chosen" if is_among(row.detail["option"], said) else "not chosen"
        if row.kind == "extent":
            return "as drawn"
        if row.kind == "group":
            return "one box" if str(revision.user_id) in drawn else "apart"
        return "drawn" if str(revision.user_id) in drawn else "nothing there"

    def decision(self, row: Decision) -> dict[str, Any]:
        """Return a decision in force."""
        return {
            "id": row.id,
            "conflict": row.conflict_id,
            "action": row.action,
            "version": self.letters.get(row.detail["version"] or ""),
            "label": self.labels.get(row.detail["label"] or ""),
            "option": row.detail["chosen"],
            "span": self._blind(row.detail["span"]),
        }


def render_review(task: Task, ticket: ReviewTicket) -> dict[str, Any]:
    """Return a task as the reviewer who has the ticket may see it."""
    page = review_page(task)
    if ticket.again:
        page = without_the_first(page, user_id=ticket.user_id)
    return ReviewRenderer(page).task(ticket)


def render_final(task: Task) -> dict[str, Any] | None:
    """Return the final answer of a task with its labels by name, None while there is none."""
    final = Final.objects.filter(task=task).first()
    if final is None:
        return None
    return {
        "origin": final.origin,
        "answer": final.answer,
        "spans": show_spans(final.spans, names=label_names(task.dataset)),
        "accept": final.accept,
        "attributes": final.attributes,
        "provenance": final.provenance,
    }
