"""Measuring an answer on the known truth, behind a reply like any other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.datasets.config import DatasetConfig, Sample
from apps.datasets.domain.parsing import parse_shape
from apps.datasets.models import Interface
from apps.tasks.domain.gold import Asks, Said, score_answer
from apps.tasks.domain.identity import falls_in_share
from apps.tasks.models import Probe, Revision, Task, TaskImage, TaskState, Verdict
from apps.tasks.options import picks_several
from apps.tasks.spans import label_names, show_spans

Truth = dict[str, Any]


def judge(*, task: Task, revision: Revision) -> Truth | None:
    """Score an answer to a probe, whose row the caller holds; no other answer is touched.

    Returns what the person is told, if the dataset tells: `score`, `right` and the `truth`. From
    then on the score stays, for what comes next is no judgement of theirs.
    """
    probe = Probe.objects.select_related("gold").get(task=task)
    names = label_names(task.dataset)
    truth = _in_words_of(task, probe)
    score = score_answer(_said(truth, names), _said(vars(revision), names), asks=_asked(task))
    tells = DatasetConfig.of(task.dataset).gold.feedback
    if not probe.told:
        probe.score, probe.right, probe.told = score, score == 1, tells
        probe.save(update_fields=["score", "right", "told"])
    if not tells:
        return None
    shown = {**truth, "spans": show_spans(truth["spans"], names=names)}
    return {"score": score, "right": score == 1, "truth": shown}


def state_after(*, task: Task, revision: Revision) -> TaskState:
    """Return where a task like this would go with this answer as its first one.

    That is what settling does with one answer (`apps.reviews`), which a probe never comes to.
    """
    policy = DatasetConfig.of(task.dataset).review_policy
    if task.overlap > 1:
        return TaskState.OPEN
    if policy == "none":
        return TaskState.FINAL
    if revision.answer == Verdict.IGNORE:
        return TaskState.CONFLICTED
    if isinstance(policy, str):
        return TaskState.ANSWERED if policy == "all" else TaskState.FINAL
    share = policy.sample if isinstance(policy, Sample) else policy.audit
    return TaskState.ANSWERED if falls_in_share(task.input_hash, share) else TaskState.FINAL


def _asked(task: Task) -> Asks:
    interface = task.dataset.interface
    if interface == Interface.IMAGE_MANUAL:
        return "shapes"
    if interface in (Interface.CHOICE, Interface.IMAGE_CHOICE):
        return "several" if picks_several(task) else "one"
    return "verdict"


def _in_words_of(task: Task, probe: Probe) -> Truth:
    """The truth with the tiles of this copy, where people pick among images."""
    truth: Truth = probe.gold.truth
    tiles = {
        n: tile for n, tile in TaskImage.objects.filter(task=task).values_list("n", "tile") if tile
    }
    if not tiles:
        return truth
    originals = TaskImage.objects.filter(task=probe.gold_id).values_list("tile", "n")
    places = {str(tile): n for tile, n in originals}
    return {**truth, "accept": [str(tiles[places[tile]]) for tile in truth["accept"]]}


def _said(answer: Mapping[str, Any], names: Mapping[str, str]) -> Said:
    """An answer as it is compared: a label counts as the one that it was merged into."""
    return Said(
        answer=answer["answer"],
        accept=answer["accept"],
        shapes=[
            (names.get(span["label_id"], ""), parse_shape(span, index=index))
            for index, span in enumerate(answer["spans"])
        ],
    )
