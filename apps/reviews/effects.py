"""What a change of settings would do to what is there already; nothing is written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apps.datasets.actions.changing import FITTED_SETTINGS, settings_with
from apps.datasets.config import DatasetConfig
from apps.datasets.domain.blocks import Block, Option
from apps.datasets.models import Dataset
from apps.reviews.label_usage import GIVEN
from apps.tasks.fit_forecast import forecast_fit
from concord.rows import all_rows, first_row

# Those that count, and whose task has no options of its own where it is about options.
ANSWERS = """
  FROM tasks_answer a
  JOIN tasks_task t ON t.id = a.task_id AND t.withdrawn_at IS NULL
  JOIN tasks_revision r ON r.id = a.head_id
 WHERE a.dataset_id = %(dataset)s AND NOT a.probe
"""
FINALS = """
  FROM reviews_final f
  JOIN tasks_task t ON t.id = f.task_id AND t.withdrawn_at IS NULL AND t.state = 'final'
 WHERE f.dataset_id = %(dataset)s
"""
PICKED = f"""
SELECT (SELECT count(*) {ANSWERS} AND t.options IS NULL AND r.accept @> %(option)s::jsonb),
       (SELECT count(*) {FINALS} AND t.options IS NULL AND f.accept @> %(option)s::jsonb)
"""
SEVERAL = f"SELECT count(*) {ANSWERS} AND jsonb_array_length(r.accept) > 1"
SAID = f"SELECT count(*) {ANSWERS} AND r.attributes ? %(block)s"
UNSAID = f"SELECT count(*) {ANSWERS} AND r.answer = 'accept' AND NOT r.attributes ? %(block)s"
ACCEPTED = f"SELECT count(*) {ANSWERS} AND r.answer = 'accept'"
DRAWN = f"""
SELECT count(DISTINCT a.id) {GIVEN} AND span->>'type' = ANY(%(kinds)s)
"""
FINISHED = """
SELECT count(*) FROM tasks_task WHERE dataset_id = %(dataset)s AND state <> 'open'
   AND locked_at IS NULL AND probe_of_id IS NULL AND withdrawn_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that follows: its `code`, of how many tasks or answers, and of how many finals.

    `name` is what it is about, where that has one. `touches` says that it is about what people have
    done already, and not only about what they will do.
    """

    code: str
    count: int
    finals: int = 0
    name: str = ""
    touches: bool = False


def effects_of(*, dataset: Dataset, changes: Mapping[str, Any]) -> list[Effect]:
    """Return what would follow if these settings were changed so, nothing that is of nothing.

    Raises Invalid if the settings do not work.
    """
    before, wanted = DatasetConfig.of(dataset), settings_with(dataset, changes)
    found = [
        *_of_fitting(dataset, before, wanted),
        *_of_options(dataset, before, wanted),
        *_of_blocks(dataset, before, wanted),
        *_of_rules(dataset, before, wanted),
        *_of_policy(dataset, before, wanted),
    ]
    return [effect for effect in found if effect.count or effect.finals]


def _of_fitting(dataset: Dataset, before: DatasetConfig, wanted: DatasetConfig) -> Iterator[Effect]:
    was, now = before.as_json(), wanted.as_json()
    if all(was[name] == now[name] for name in FITTED_SETTINGS):
        return
    told = forecast_fit(dataset=dataset, wanted=wanted)
    yield Effect("opened_final", told.opened_final, touches=True)
    yield Effect("opened_waiting", told.opened_waiting, touches=True)
    yield Effect("asked_more", told.more, name=str(told.answers))
    yield Effect("asked_fewer", told.fewer)
    yield Effect("completed", told.completed)
    yield Effect("decided_stay", told.decided)


def _of_options(dataset: Dataset, before: DatasetConfig, wanted: DatasetConfig) -> Iterator[Effect]:
    now = {_key(option): option.text for option in wanted.options}
    for option in before.options:
        text = now.get(_key(option))
        if text == option.text:
            continue
        values = {"dataset": dataset.pk, "option": json.dumps([option.id])}
        answers, finals = first_row(PICKED, values) or (0, 0)
        code = "option_removed" if text is None else "option_renamed"
        yield Effect(code, answers, finals=finals, name=option.text, touches=True)
    if (before.choice_style, wanted.choice_style) == ("multiple", "single"):
        yield Effect("one_pick", _counted(SEVERAL, dataset), touches=True)


def _key(option: Option) -> tuple[type, Any]:
    return type(option.id), option.id


def _of_blocks(dataset: Dataset, before: DatasetConfig, wanted: DatasetConfig) -> Iterator[Effect]:
    was: dict[str, Block] = {block.id: block for block in before.blocks}
    now: dict[str, Block] = {block.id: block for block in wanted.blocks}
    for block in before.blocks:
        if block.id not in now:
            count = _counted(SAID, dataset, block=block.id)
            yield Effect("block_removed", count, name=block.title, touches=True)
    for block in wanted.blocks:
        old = was.get(block.id)
        if block.required and not (old and old.required):
            count = _counted(UNSAID, dataset, block=block.id)
            yield Effect("block_required", count, name=block.title)


def _of_rules(dataset: Dataset, before: DatasetConfig, wanted: DatasetConfig) -> Iterator[Effect]:
    if wanted.rules != before.rules:
        yield Effect("rules", _counted(ACCEPTED, dataset))
    if gone := sorted(set(before.drawing.shapes).difference(wanted.drawing.shapes)):
        yield Effect("shapes_barred", _counted(DRAWN, dataset, kinds=gone))


def _of_policy(dataset: Dataset, before: DatasetConfig, wanted: DatasetConfig) -> Iterator[Effect]:
    if wanted.review_policy != before.review_policy:
        yield Effect("policy", _counted(FINISHED, dataset))


def _counted(statement: str, dataset: Dataset, **values: Any) -> int:
    ((count,),) = all_rows(statement, {"dataset": dataset.pk, **values})
    return int(count)
