"""Asking a server about everything that waits for answers, batch by batch."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from apps.annotators.models import User
from apps.assist.actions.checking import ASKED
from apps.assist.actions.predicting import Source, take_predictions
from apps.assist.asking import describe, predict, sent
from apps.assist.domain.adapting import adapted
from apps.assist.domain.protocols.words import Sent, Word
from apps.assist.models import ModelServer, PredictionRun
from apps.datasets.models import Blob, Dataset, Image, Interface
from apps.tasks.models import Answer, Task, TaskImage, TaskState
from apps.tasks.options import options_of
from apps.tasks.spans import label_ids
from concord.errors import Conflict, DomainError, Invalid
from concord.events.actions import record
from concord.jobs.actions import enqueue

KIND = "assist.predict"
PIECE_SECONDS = 20
MOST_REASONS = 5
BYTES_ELSEWHERE = "The bytes of this image are not kept here, so that none can be sent."

Beat = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Target:
    """What a server is asked about; `task` is None where people judge the boxes of an image."""

    id: uuid.UUID
    blob: Blob
    task: Task | None

    def named(self, word: Word) -> dict[str, Any]:
        """Return the prediction that a word is."""
        return {"image" if self.task is None else "task": str(self.id), **word}


@transaction.atomic
def start_run(
    *, actor: User, server: ModelServer, settings: Mapping[str, Any] | None = None
) -> PredictionRun:
    """Ask a server about all that nobody has answered, by its own `threshold`, `batch` and
    `version` where `settings` have no other. Raises Conflict `running`, Invalid `one_version`."""
    own = {name: getattr(server, name) for name in ("threshold", "batch", "version")}
    asked = {**own, **(settings or {})}
    if server.kind == ModelServer.Kind.CONCORD and asked["version"] != server.version:
        detail = "A server of this language has one version only: leave the version as it is."
        raise Invalid("one_version", detail, errors={"version": [detail]})
    try:
        with transaction.atomic():
            total = _waiting(server.dataset).count()
            run = PredictionRun.objects.create(
                dataset=server.dataset, server=server, user=actor, total=total, **asked
            )
    except IntegrityError as error:
        raise Conflict("running", "This server is being asked already.") from error
    record(
        kind="model_server.asked",
        actor=actor,
        dataset_id=server.dataset_id,
        subject=server,
        data={"name": server.name, "total": total},
    )
    enqueue(kind=KIND, args={"run": str(run.id)}, created_by=actor, dataset_id=server.dataset_id)
    return run


def cancel_run(*, run: PredictionRun) -> PredictionRun:
    """Stop asking; what was predicted stays."""
    end_run(run, PredictionRun.State.CANCELLED)
    run.refresh_from_db()
    return run


def end_run(
    run: PredictionRun, state: PredictionRun.State, error: DomainError | None = None
) -> None:
    """Note how a run ended, unless it has."""
    PredictionRun.objects.filter(pk=run.pk, state=PredictionRun.State.RUNNING).update(
        state=state,
        finished_at=timezone.now(),
        error_code=error.code if error else "",
        error_detail=error.detail if error else "",
    )


def note_trouble(run: PredictionRun, error: DomainError) -> None:
    """Say on the page why a run waits."""
    PredictionRun.objects.filter(pk=run.pk).update(error_code=error.code, error_detail=error.detail)


def ask_for_a_while(*, run: PredictionRun, beat: Beat) -> bool:
    """Go on from the run's place; True if something may be left when the time is up.

    The place moves in the transaction that keeps a batch, so whatever dies in between, nothing is
    lost and nothing counted twice. Raises ServerAway to be tried again, ServerRefused.
    """
    end, server = time.monotonic() + PIECE_SECONDS, run.server
    described = describe(server, version=run.version)
    while time.monotonic() < end:
        targets = _next(run, run.batch)
        if not targets:
            end_run(run, PredictionRun.State.DONE)
            return False
        shown = [(target, image) for target in targets if (image := sent(target.blob))]
        images = [image for _, image in shown]
        answered = predict(server, images, version=run.version) if shown else None
        words = answered.words if answered else []
        version = (answered and answered.version) or described.version
        source = Source(model=described.model, version=version)
        _keep(run, targets, _adapted(run, shown, words), source)
        if not _goes_on(run):
            return False
        beat(done=run.done, total=max(run.total, run.done))
    return True


def _goes_on(run: PredictionRun) -> bool:
    run.refresh_from_db()
    return run.state == PredictionRun.State.RUNNING


def _adapted(
    run: PredictionRun, shown: Sequence[tuple[Target, Sent]], words: Sequence[Word]
) -> list[dict[str, Any]]:
    labels = label_ids(run.dataset)
    return [
        target.named(
            adapted(
                word,
                asked=ASKED[run.dataset.interface],
                labels=labels,
                options=(target.task and options_of(target.task)) or [],
                threshold=run.threshold,
            )
        )
        for (target, _), word in zip(shown, words, strict=True)
    ]


@transaction.atomic
def _keep(
    run: PredictionRun,
    targets: Sequence[Target],
    predictions: list[dict[str, Any]],
    source: Source,
) -> None:
    """Take in what can be taken, note what cannot, and move on."""
    kept, reasons = _taken(run, predictions, source)
    missing = len(targets) - len(predictions)
    reasons += [BYTES_ELSEWHERE] * missing
    PredictionRun.objects.filter(pk=run.pk).update(
        place=targets[-1].id,
        done=F("done") + len(targets),
        predicted=F("predicted") + kept,
        left_out=F("left_out") + len(reasons),
        reasons=list(dict.fromkeys([*run.reasons, *reasons]))[:MOST_REASONS],
        error_code="",
        error_detail="",
    )


def _taken(
    run: PredictionRun, predictions: list[dict[str, Any]], source: Source
) -> tuple[int, list[str]]:
    """Send predictions in as a script does: those that are named as wrong are left out."""
    if not predictions:
        return 0, []

    def take(those: Sequence[dict[str, Any]]) -> None:
        take_predictions(actor=run.user, dataset=run.dataset, source=source, predictions=those)

    try:
        with transaction.atomic():
            take(predictions)
        return len(predictions), []
    except Invalid as error:
        errors = error.errors if isinstance(error.errors, Mapping) else {}
        wrong = errors.get("predictions")
        if not wrong:
            return 0, [error.detail] * len(predictions)
    right = [each for n, each in enumerate(predictions) if str(n) not in wrong]
    if right:
        take(right)
    return len(right), [each["detail"] for each in wrong.values()]


def _next(run: PredictionRun, count: int) -> list[Target]:
    rows = _waiting(run.dataset).order_by("pk")
    if run.place is not None:
        rows = rows.filter(pk__gt=run.place)
    if run.dataset.interface == Interface.IMAGE:
        return [Target(row.pk, row.blob, None) for row in rows.select_related("blob")[:count]]
    tasks = {task.pk: task for task in rows[:count]}
    images = TaskImage.objects.filter(task__in=tasks, n=0).select_related("image__blob")
    blobs = {row.task_id: row.image.blob for row in images}
    for task in tasks.values():
        task.dataset = run.dataset
    return [Target(pk, blobs[pk], task) for pk, task in tasks.items() if pk in blobs]


def _waiting(dataset: Dataset) -> QuerySet[Any]:
    """What nobody has answered yet; images without any box, where people judge boxes."""
    if dataset.interface == Interface.IMAGE:
        asked = TaskImage.objects.filter(image=OuterRef("pk"), task__probe_of=None)
        return Image.objects.filter(~Exists(asked), dataset=dataset)
    answered = Answer.objects.filter(task=OuterRef("pk"))
    return Task.objects.of(dataset).in_state(TaskState.OPEN).filter(~Exists(answered))
