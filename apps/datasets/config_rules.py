"""Which settings a dataset accepts: every field by itself, then all of them together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, get_args

from apps.datasets.answer_rules import read_rules
from apps.datasets.block_rules import read_blocks
from apps.datasets.config import (
    MOST_ANSWERS,
    DatasetConfig,
    DisputedOverlap,
    SharedOverlap,
    SkipPolicy,
)
from apps.datasets.domain.drawing import Drawing
from apps.datasets.domain.orders import Order, Spread
from apps.datasets.drawing_rules import read_drawing
from apps.datasets.gold_rules import read_gold
from apps.datasets.models import Interface
from apps.datasets.review_rules import read_review_policy, read_tie_breaker
from apps.datasets.route_rules import read_routing
from apps.datasets.setting_values import (
    RuleError,
    read_flag,
    read_one_of,
    read_options,
    read_part,
    read_share,
    read_text,
)
from concord.errors import Invalid

PICKING = (Interface.CHOICE, Interface.IMAGE_CHOICE)
"""Where an answer is a selection."""


def check_config(raw: Mapping[str, Any], *, interface: Interface) -> DatasetConfig:
    """Return the settings that `raw` asks for; what it does not name has its default.

    Raises Invalid with one message for each field that is wrong, or that contradicts another.
    """
    errors: dict[str, Any] = {name: ["Unknown setting."] for name in raw.keys() - READERS}
    values: dict[str, Any] = {}
    for name in raw.keys() & READERS.keys():
        try:
            values[name] = READERS[name](raw[name])
        except RuleError as error:
            errors[name] = {error.at: [str(error)]} if error.at else [str(error)]
    if not errors:
        errors = _contradictions(DatasetConfig(**values), interface)
    if errors:
        raise Invalid("invalid_config", "These settings do not work.", errors=errors)
    return DatasetConfig(**values)


def _contradictions(config: DatasetConfig, interface: Interface) -> dict[str, Any]:
    found = {} if interface == Interface.IMAGE_MANUAL else _without_drawing(config)
    if interface not in PICKING and (
        config.rules.min_options or config.rules.max_options is not None
    ):
        found["rules"] = ["Only choosing has options to set rules for."]
    single = interface == Interface.CHOICE and config.choice_style == "single"
    if single and (config.rules.min_options or 0) > 1:
        found["rules"] = {"min_options": ["Only one option can be picked."]}
    if interface != Interface.CHOICE:
        if config.options:
            found["options"] = ["Only the choice interface offers options."]
        if config.choice_style != "single":
            found["choice_style"] = ["Only the choice interface has a choice style."]
        if config.auto_accept:
            found["auto_accept"] = ["Only the choice interface can answer with the first pick."]
    elif config.auto_accept and config.choice_style == "multiple":
        found["auto_accept"] = ["Several options can be picked, so the first pick is no answer."]
    return found | _against_blocks(config, interface)


def _without_drawing(config: DatasetConfig) -> dict[str, Any]:
    rules, found = config.rules, dict[str, Any]()
    if (
        rules.min_shapes
        or rules.max_shapes is not None
        or rules.required_labels
        or rules.max_overlap is not None
    ):
        found["rules"] = ["Only drawing has shapes to set rules for."]
    if config.drawing != Drawing():
        found["drawing"] = ["Nothing is drawn in this interface."]
    if config.shared_shift:
        found["shared_shift"] = ["Nothing is drawn in this interface."]
    return found


def _against_blocks(config: DatasetConfig, interface: Interface) -> dict[str, Any]:
    if config.blocks and interface == Interface.IMAGE_CHOICE:
        return {"blocks": ["Picking among images leaves no room for blocks."]}
    if config.blocks and config.auto_accept:
        return {"auto_accept": ["With blocks the first pick is not the whole answer."]}
    return {}


def _choice_style(value: Any) -> Literal["single", "multiple"]:
    if value not in ("single", "multiple"):
        raise RuleError("This must be single or multiple.")
    return "multiple" if value == "multiple" else "single"


def _overlap(value: Any) -> int | Literal["all"] | SharedOverlap | DisputedOverlap:
    if value == "all":
        return "all"
    if not isinstance(value, dict):
        return _answers(value)
    if value.keys() == {"base", "most"}:
        return _disputed_overlap(value)
    if value.keys() != {"base", "share", "to"}:
        raise RuleError(
            'This must be {"base", "share", "to"} for a share of the images,'
            ' or {"base", "most"} for those on which people differ.'
        )
    base, to = _answers(value["base"]), _answers(value["to"])
    if base >= to:
        raise RuleError("to must be more answers than base.")
    return SharedOverlap(base=base, share=read_share(value["share"]), to=to)


def _disputed_overlap(value: Mapping[str, Any]) -> DisputedOverlap:
    base, most = _answers(value["base"]), _answers(value["most"])
    if base < 2:  # nobody differs with a lone answer
        raise RuleError("People can only differ when base is at least 2.")
    if base >= most:
        raise RuleError("most must be more answers than base.")
    return DisputedOverlap(base=base, most=most)


def _answers(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_ANSWERS:
        return value
    raise RuleError(f'This must be a number from 1 to {MOST_ANSWERS}, "all", or a share.')


READERS: Mapping[str, Callable[[Any], Any]] = {
    "question": read_text,
    "options": read_options,
    "choice_style": _choice_style,
    "auto_accept": read_flag,
    "overlap": _overlap,
    "review_policy": read_review_policy,
    "shared_shift": read_flag,
    "tie_breaker": read_tie_breaker,
    "coverage": read_part,
    "second_look": read_part,
    "routing": read_routing,
    "order": read_one_of(*get_args(Order)),
    "random_share": read_part,
    "spread": read_one_of(*get_args(Spread)),
    "skip_policy": read_one_of(*get_args(SkipPolicy)),
    "rules": read_rules,
    "gold": read_gold,
    "blocks": read_blocks,
    "drawing": read_drawing,
}
