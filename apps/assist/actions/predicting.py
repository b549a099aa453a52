"""Taking in what a model predicts: a batch is kept as a whole, or refused with every fault."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction

from apps.annotators.models import User
from apps.assist.actions.checking import Checker
from apps.assist.actions.comparing import compare_tasks
from apps.assist.actions.turns import wait_for_others
from apps.assist.domain.predictions import Prediction, PredictionError, read_prediction
from apps.assist.targets import Targets
from apps.datasets.models import Dataset, Image, Interface
from apps.tasks.actions.boxes import suggest_boxes
from apps.tasks.actions.ranking import score_tasks
from apps.tasks.actions.suggesting import Said, Suggested, suggest
from apps.tasks.models import Task, TaskState
from concord.errors import Invalid
from concord.events.actions import record
from concord.rows import run

Item = TypeVar("Item")
Made = TypeVar("Made")

MOST_BOXES = 1000

OUTDATE = """
INSERT INTO assist_modelfigures (dataset_id, rows, stale) VALUES (%s, '[]', true)
    ON CONFLICT (dataset_id) DO UPDATE SET stale = true
"""


@dataclass(frozen=True, slots=True)
class Source:
    """Which model, and which version of it."""

    model: str
    version: str


@transaction.atomic
def take_predictions(
    *, actor: User, dataset: Dataset, source: Source, predictions: Sequence[Any]
) -> list[list[Suggested]]:
    """Keep what a model predicts, all or nothing; returns the suggestions of each prediction.

    The same predictions again change nothing. Raises Invalid `invalid_predictions`, with a code
    and a sentence under the index of each one that is wrong.
    """
    wait_for_others(dataset)
    read = _each(predictions, read_prediction)
    targets = Targets(dataset=dataset, targets=[each.target for each in read])
    keep = _keep_boxes if dataset.interface == Interface.IMAGE else _keep
    kept = keep(read, targets=targets, checker=Checker(dataset), source=source)
    new = [each.suggestion.task for those in kept for each in those if each.created]
    if new:
        score_tasks(dataset=dataset, scores=_scores(kept))
        _measure(dataset, new)
        _tell(actor=actor, dataset=dataset, source=source, created=len(new))
    return kept


def _scores(kept: Sequence[Sequence[Suggested]]) -> dict[uuid.UUID, float]:
    """How sure the model is of each task: of the whole, else of the shape that it doubts most."""
    scores = {}
    for each in (each for those in kept for each in those):
        row = each.suggestion
        own = [span["score"] for span in row.spans if span.get("score") is not None]
        score = min(own, key=_sureness, default=None) if row.score is None else row.score
        if each.created and score is not None:
            scores[row.task_id] = float(score)
    return scores


def _sureness(score: float) -> float:
    return abs(score - 0.5)


def _measure(dataset: Dataset, tasks: Sequence[Task]) -> None:
    """Hold what was said of finished tasks to their answers; the rest waits for its own."""
    finished = [task.id for task in tasks if task.state == TaskState.FINAL]
    if finished:
        compare_tasks(dataset=dataset, tasks=finished)
    run(OUTDATE, [dataset.id])


def _keep_boxes(
    read: Sequence[Prediction], *, targets: Targets, checker: Checker, source: Source
) -> list[list[Suggested]]:
    """Make a question of every box; several predictions may be about one image."""

    def check(prediction: Prediction) -> tuple[Image, Said]:
        image = targets.image(prediction.target)
        return image, checker.boxes(prediction, image=image)

    said = _each(read, check)
    if (boxes := sum(len(word.spans) for _, word in said)) > MOST_BOXES:
        detail = f"{boxes} boxes are too many for one batch; send at most {MOST_BOXES}."
        raise Invalid("too_many_boxes", detail)
    return suggest_boxes(
        dataset=checker.dataset, said=said, model=source.model, version=source.version
    )


def _keep(
    read: Sequence[Prediction], *, targets: Targets, checker: Checker, source: Source
) -> list[list[Suggested]]:
    """Suggest an answer to each task; no two predictions may be about one."""
    taken: set[Any] = set()

    def check(prediction: Prediction) -> tuple[Task, Said]:
        task, image = targets.task(prediction.target)
        if task.id in taken:
            raise PredictionError("twice", "This batch has a prediction for this task already.")
        taken.add(task.id)
        return task, checker.said(prediction, task=task, image=image)

    said = _each(read, check)
    return [[each] for each in suggest(said=said, model=source.model, version=source.version)]


def _each(items: Sequence[Item], make: Callable[[Item], Made]) -> list[Made]:
    """Make something of every item; raises Invalid with the faults of all that cannot be."""
    made: list[Made] = []
    errors: dict[str, Any] = {}
    for index, item in enumerate(items):
        try:
            made.append(make(item))
        except (PredictionError, Invalid) as error:
            errors[str(index)] = {"code": error.code, "detail": error.detail}
            if isinstance(error, Invalid) and error.errors:
                errors[str(index)]["errors"] = error.errors
    if errors:
        place, first = next(iter(errors.items()))
        raise Invalid(
            "invalid_predictions",
            f"Nothing was kept: {len(errors)} of {len(items)} predictions are wrong,"
            f" the first at index {place}. {first['detail']}",
            errors={"predictions": errors},
        )
    return made


def _tell(*, actor: User, dataset: Dataset, source: Source, created: int) -> None:
    record(
        kind="predictions.taken",
        actor=actor,
        dataset_id=dataset.id,
        data={"model": source.model, "version": source.version, "created": created},
    )
