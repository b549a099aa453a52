"""What reviewers said of a task, as a file tells it: people by pseudonym, labels by name."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from apps.reviews.models import Decision, Final, SecondLook
from apps.reviews.returns import changes_after
from apps.reviews.second_looks import changes_to_second
from apps.tasks.models import Return
from apps.tasks.spans import show_spans

Json = dict[str, Any]

SAID = ("option", "fault", "region", "why", "guideline")
"""Of a decision, what travels as it is kept; an option is kept as `chosen`."""


class Reviewing:
    """Tells of the review of one dataset's tasks."""

    def __init__(
        self,
        *,
        names: Mapping[str, str],
        merged: Mapping[str, str],
        pseudonym: Callable[[uuid.UUID], str],
    ) -> None:
        self._names = names
        self._merged = merged
        self._pseudonym = pseudonym

    def decisions(self, rows: Iterable[Decision]) -> list[Json]:
        """All that reviewers said, also what holds no more, in the order in which they did."""
        return [self._decision(row) for row in rows]

    def _decision(self, row: Decision) -> Json:
        detail = {**row.detail, "option": row.detail["chosen"]}
        who = detail["version"]
        said = {
            "about": None if row.conflict is None else self._about(row.conflict),
            "action": row.action,
            "version": None if who is None else self._pseudonym(uuid.UUID(who)),
            "label": self._names.get(detail["label"] or ""),
            "span": None if detail["span"] is None else self._span(detail["span"]),
            **{key: detail.get(key) for key in SAID},
            "reason": row.reason or None,
        }
        kept = {key: value for key, value in said.items() if value is not None}
        return {**kept, "reviewer": self._pseudonym(row.user_id), "at": row.created_at.isoformat()}

    def _about(self, conflict: Any) -> Json:
        detail = conflict.detail
        about = {
            "kind": conflict.kind,
            "object": conflict.object_index,
            "option": detail.get("option"),
            "block": detail.get("block"),
        }
        return {key: value for key, value in about.items() if value is not None}

    def returns(self, rows: Sequence[Return]) -> list[Json]:
        """Every remark on an answer that went back, and what its author changed on that; the
        remarks are of one task."""
        return [self._return(row, changes) for row, changes in changes_after(rows, self._merged)]

    def _return(self, row: Return, changes: list[Any] | None) -> Json:
        return {
            "annotator": self._pseudonym(row.user_id),
            "fault": row.fault,
            "comment": row.comment,
            "region": row.region,
            "span": row.span or None,
            "reviewer": self._pseudonym(row.reviewer_id),
            "at": row.created_at.isoformat(),
            "changes": None
            if changes is None
            else [
                {
                    "kind": change.kind,
                    "before": self._value(change.before),
                    "after": self._value(change.after),
                }
                for change in changes
            ],
        }

    def second(self, look: SecondLook | None, final: Callable[[], Final]) -> Json | None:
        """What a second reviewer came to who did not see the first one's decisions."""
        if look is None or look.closed_at is None or look.user_id is None or look.outcome is None:
            return None
        changes = changes_to_second(final(), look, self._merged)
        told = {
            "reviewer": self._pseudonym(look.user_id),
            "at": look.closed_at.isoformat(),
            "same": changes == [],
            "sent_back": changes is None,
        }
        if changes is None:
            return told
        spans = [self._span(span) for span in look.outcome["spans"]]
        return {**told, **look.outcome, "spans": spans}

    def _value(self, value: Any) -> Any:
        """A shape as files tell it; whatever else was said as it is."""
        shape = isinstance(value, dict) and "points" in value
        return self._span(value) if shape else value

    def _span(self, span: Mapping[str, Any]) -> Json:
        """A span with the name of its label, which is kept under `label` here."""
        kept = {**span, "label_id": span.get("label")}
        (shown,) = show_spans([kept], names=self._names)
        return dict(shown)
