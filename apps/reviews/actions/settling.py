"""Merging the answers of a task, in the transaction that completed it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from apps.annotators.models import User
from apps.datasets.actions.changing import hold_labels
from apps.datasets.config import DatasetConfig
from apps.reviews.domain.consolidation import consolidate
from apps.reviews.domain.resolution import Resolution
from apps.reviews.domain.results import Consolidation
from apps.reviews.domain.sizes import sizes_of
from apps.reviews.learnt import known_of
from apps.reviews.models import Conflict, Final, Merge, TaskFacts
from apps.reviews.policy import confidence_in, propose, state_of
from apps.reviews.queries import REVIEWABLE
from apps.reviews.stored import NONE_MERGED, answers_of, heads_of, question_of, with_label_ids
from apps.tasks.actions.planning import Plan
from apps.tasks.models import Return, Revision, Task, TaskState, Verdict
from apps.tasks.ports import Outcome
from concord.ids import uuid7
from concord.rows import insert, put, run, together

SUPERSEDE = """
UPDATE reviews_conflict SET state = 'superseded', superseded_version = %s
 WHERE task_id = %s AND state <> 'superseded'
"""

NOT_SETTLED = ("tags", "width", "height", "withdrawn", "order_key", "score", "made_at")
"""What of a task's facts does not follow from its answers; the database keeps it true."""


def settle(task: Task, *, newest: Revision | None = None) -> Outcome:
    """Merge the answers of `task`, write what follows from it, and say where the task goes.

    The caller holds the task's row locked and is about to write `newest`, if it is given; the
    sources stay as they are, and settling again gives the same result. While answers are missing
    the task is open and has no final.
    """
    revisions, question = heads_of(task, newest=newest), question_of(task)
    skills, known = known_of(task.dataset_id)
    draws = any(revision.spans for revision in revisions)
    merged = hold_labels(dataset_id=task.dataset_id) if draws else NONE_MERGED
    consolidation = consolidate(question, answers_of(revisions, merged), known)
    policy = DatasetConfig.of(task.dataset).review_policy
    confidence = confidence_in(question, consolidation, known, policy)
    merge = _merge(task=task, revisions=revisions, consolidation=consolidation)
    merge.skills_id, merge.calibrated = skills, confidence.chance
    proposal = propose(question, merge.result, revisions)
    state = state_of(task, policy, consolidation, proposal, confidence)
    asked = _asked_for(task)
    if asked and policy != "none" and state == TaskState.FINAL:
        state = TaskState.ANSWERED
    people = [revision.user_id for revision in revisions]
    doubtful = not (asked or consolidation.agreed or confidence.is_enough)
    outcome = _outcome(task, state=state, doubtful=doubtful, people=people)
    with together():
        put(merge)
        _store_conflicts(task=task, consolidation=consolidation)
        _store_result(merge, outcome, proposal=proposal, people=people, agreed=consolidation.agreed)
    return outcome


def _asked_for(task: Task) -> bool:
    """Whether a reviewer sent answers back and has not decided since: they want to see the new."""
    waits = task.sent_back or task.state in REVIEWABLE
    return waits and Return.objects.filter(task=task).exists()


def _outcome(task: Task, *, state: TaskState, doubtful: bool, people: list[uuid.UUID]) -> Outcome:
    """Return `state` if nobody else is to answer."""
    if len(people) < task.overlap:
        return Outcome(TaskState.OPEN)
    if doubtful and Plan(task.dataset).asks_another(task, answered=people):
        return Outcome(TaskState.OPEN, extra_slots=1)
    return Outcome(state)


def _store_result(
    merge: Merge,
    outcome: Outcome,
    *,
    proposal: Resolution | None,
    people: list[uuid.UUID],
    agreed: bool,
) -> None:
    """Write the final answer, or remove it, and the task's facts."""
    task, final = merge.task, None
    if outcome.state == TaskState.FINAL and proposal is not None:
        origin = _origin(answers=len(people), agreed=agreed)
        final = store_final(task=task, merge=merge, origin=origin, resolution=proposal)
    else:
        run("DELETE FROM reviews_final WHERE task_id = %s", [task.pk])
    kinds = {conflict["kind"] for conflict in merge.result["conflicts"]}
    _put_facts(
        task,
        merge=merge,
        final=final,
        state=outcome.state,
        annotators=people,
        open_kinds=kinds,
    )


def _merge(*, task: Task, revisions: list[Revision], consolidation: Consolidation) -> Merge:
    result = consolidation.as_dict()
    for entry in result["objects"]:
        # An object is known by an id of its own, not by one of its members'.
        entry["span"]["id"] = str(uuid7())
    return Merge(
        task=task,
        dataset_id=task.dataset_id,
        task_version=task.version,
        algorithm=consolidation.algorithm,
        revisions=[revision.id for revision in revisions],
        result=result,
        confidence=consolidation.confidence,
    )


def _store_conflicts(*, task: Task, consolidation: Consolidation) -> None:
    run(SUPERSEDE, [task.version, task.pk])
    for position, conflict in enumerate(consolidation.conflicts):
        insert(
            Conflict(
                task=task,
                dataset_id=task.dataset_id,
                position=position,
                kind=conflict.kind,
                object_index=conflict.object,
                detail=conflict.as_dict(),
                task_version=task.version,
            )
        )


def _origin(*, answers: int, agreed: bool) -> str:
    if answers == 1:
        return Final.Origin.SINGLE
    return Final.Origin.AGREED if agreed else Final.Origin.MERGED


def store_final(
    *,
    task: Task,
    merge: Merge,
    origin: str,
    resolution: Resolution,
    decided_by: User | None = None,
    cited: Sequence[dict[str, int]] = (),
) -> Final:
    """Write the final answer of a task over the one it may have had, with its provenance and the
    paragraphs of the guideline that its decisions cite."""
    final = Final(
        task=task,
        dataset_id=task.dataset_id,
        origin=origin,
        answer=resolution.answer,
        spans=_final_spans(task, resolution),
        accept=list(resolution.accept),
        attributes=dict(resolution.attributes),
        provenance={
            "objects": [dict(entry) for entry in resolution.objects],
            "revisions": [str(revision) for revision in merge.revisions],
            "algorithm": merge.algorithm,
            **({"guideline": list(cited)} if cited else {}),
        },
        decided_by=decided_by,
    )
    put(final)
    return final


def _final_spans(task: Task, resolution: Resolution) -> list[dict[str, Any]]:
    """What is on the image in the end: what people drew, or the box that they found right."""
    if task.spans:
        return list(task.spans) if resolution.answer == Verdict.ACCEPT else []
    return with_label_ids(resolution.spans)


def store_facts(*, task: Task, state: TaskState) -> None:
    """Write the one row that browser, filters and exports read of a task."""
    merge = Merge.objects.get(task=task)
    annotators = Revision.objects.filter(id__in=merge.revisions).values_list("user_id", flat=True)
    still_open = Conflict.objects.filter(task=task, state=Conflict.State.OPEN)
    _put_facts(
        task,
        merge=merge,
        final=Final.objects.filter(task=task).first(),
        state=state,
        annotators=annotators,
        open_kinds=still_open.values_list("kind", flat=True),
    )


def _put_facts(
    task: Task,
    *,
    merge: Merge,
    final: Final | None,
    state: TaskState,
    annotators: Iterable[uuid.UUID],
    open_kinds: Iterable[str],
) -> None:
    found = final.spans if final else with_label_ids(e["span"] for e in merge.result["objects"])
    spans = task.spans or found
    facts = TaskFacts(
        task_id=merge.task_id,
        dataset_id=merge.dataset_id,
        state=state,
        labels=sorted({span["label_id"] for span in spans if span.get("label_id")}),
        conflict_kinds=sorted(set(open_kinds)),
        annotators=sorted(annotators),
        answers=len(merge.revisions),
        confidence=merge.chance,
        verdict=final.answer if final else "",
        shapes=len(spans),
        sizes=sizes_of(spans),
        order_key=task.order_key,
        score=task.score,
        made_at=task.created_at,
    )
    put(facts, keep=NOT_SETTLED)
