"""What a reviewer asks for, and how it is written down."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from apps.annotators.models import User
from apps.reviews.models import Bulk, Conflict, Decision
from apps.tasks.models import Task
from concord.errors import Invalid
from concord.events.actions import record


@dataclass(frozen=True, slots=True)
class Verdict:
    """One decision as asked for; versions are user ids, labels ids, spans as merged (by id).

    `fault` and `region` say what is wrong with an answer that goes back, and where; `why` a task is
    given back; `bulk` is what it was asked for with; `guideline` is the paragraph that the decision
    follows, by `version` and `paragraph`.
    """

    action: str
    conflict: uuid.UUID | None = None
    version: str | None = None
    label: str | None = None
    chosen: int | str | None = None
    span: dict[str, Any] | None = None
    reason: str = ""
    fault: str | None = None
    region: dict[str, float] | None = None
    bulk: Bulk | None = None
    why: str | None = None
    guideline: dict[str, int] | None = None


def record_verdict(*, user: User, task: Task, verdict: Verdict) -> Decision:
    """Write a decision down and mark its conflict; raises Invalid `unknown_conflict`."""
    conflict = None
    if verdict.conflict is not None:
        conflict = (
            Conflict.objects.filter(task=task, pk=verdict.conflict)
            .exclude(state=Conflict.State.SUPERSEDED)
            .first()
        )
        if conflict is None:
            raise Invalid("unknown_conflict", "This conflict is not of this task any more.")
        opens = verdict.action in {"reset", "escalate", "give_back", "send_back"}
        conflict.state = Conflict.State.OPEN if opens else Conflict.State.DECIDED
        conflict.save(update_fields=["state"])
    decision = decision_of(user=user, task=task, verdict=verdict, conflict=conflict)
    decision.save(force_insert=True)
    record(
        kind="decision.made",
        actor=user,
        dataset_id=task.dataset_id,
        subject=task,
        data={"decision": str(decision.id), "action": decision.action},
    )
    return decision


def decision_of(*, user: User, task: Task, verdict: Verdict, conflict: Conflict | None) -> Decision:
    """Return a verdict as a row that is not written yet."""
    return Decision(
        task=task,
        dataset_id=task.dataset_id,
        conflict=conflict,
        user=user,
        action=verdict.action,
        detail={
            "version": verdict.version,
            "label": verdict.label,
            "chosen": verdict.chosen,
            "span": verdict.span,
            "fault": verdict.fault,
            "region": verdict.region,
            "why": verdict.why,
            **({"guideline": verdict.guideline} if verdict.guideline else {}),
        },
        reason=verdict.reason,
        task_version=task.version,
        bulk=verdict.bulk,
    )
