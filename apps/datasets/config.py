"""What a dataset asks of its people: the schema of `Dataset.config`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from apps.datasets.domain.blocks import Block, Option
from apps.datasets.domain.drawing import Drawing
from apps.datasets.domain.orders import Order, Spread
from apps.datasets.domain.routing import Route
from apps.datasets.domain.rules import Rules
from apps.datasets.models import Dataset

MOST_ANSWERS = 64

SkipPolicy = Literal["me_later", "others", "manager"]


@dataclass(frozen=True, slots=True)
class SharedOverlap:
    """`to` answers for a fixed `share` (0 to 1) of the tasks, `base` for the others."""

    base: int
    share: float
    to: int


@dataclass(frozen=True, slots=True)
class DisputedOverlap:
    """`base` answers, and one more at a time, up to `most`, while people differ."""

    base: int
    most: int


@dataclass(frozen=True, slots=True)
class Sample:
    """A fixed `sample` (0 to 1) of what people agree on goes to a reviewer all the same."""

    sample: float


@dataclass(frozen=True, slots=True)
class TargetError:
    """What is surely right becomes final by itself, as long as it can be shown that at most the
    share `target_error` of it is wrong. A fixed share `audit` of it goes to a reviewer as well."""

    target_error: float
    audit: float


@dataclass(frozen=True, slots=True)
class GoldPolicy:
    """A share `rate` of what annotators get is gold, at most `per_day` to each of them in a day.

    With `feedback` they are told how they did once they have answered.
    """

    rate: float = 0.0
    per_day: int = 20
    feedback: bool = False


@dataclass(frozen=True, slots=True)
class DatasetConfig:
    """The settings in force.

    With `shared_shift` merged boxes are moved by what reviewers move them as a rule. Where people
    differ, the reviewer with the address `tie_breaker` decides, if there is one. Reviewers look at
    the whole image where somebody was alone with a shape, and at a fixed share `coverage` of the
    others. A fixed share `second_look` of what one reviewer decides goes to a second one as well.
    Where the order follows scores, a fixed `random_share` of the tasks comes at random.
    """

    question: str = ""
    options: tuple[Option, ...] = ()
    choice_style: Literal["single", "multiple"] = "single"
    auto_accept: bool = False
    overlap: int | Literal["all"] | SharedOverlap | DisputedOverlap = 1
    review_policy: Literal["none", "conflicts", "all"] | Sample | TargetError = "conflicts"
    shared_shift: bool = False
    tie_breaker: str = ""
    coverage: float = 0.1
    second_look: float = 0.0
    routing: tuple[Route, ...] = ()
    order: Order = "as_imported"
    random_share: float = 0.1
    spread: Spread = "finish_first"
    skip_policy: SkipPolicy = "me_later"
    rules: Rules = field(default_factory=Rules)
    gold: GoldPolicy = field(default_factory=GoldPolicy)
    blocks: tuple[Block, ...] = ()
    drawing: Drawing = field(default_factory=Drawing)

    @classmethod
    def of(cls, dataset: Dataset) -> DatasetConfig:
        """Read the settings of a dataset; what it does not name has its default."""
        raw: dict[str, Any] = dict(dataset.config)
        for name, read in _NESTED.items():
            if name in raw:
                raw[name] = read(raw[name])
        return cls(**raw)

    def as_json(self) -> dict[str, Any]:
        """Return the settings as the row keeps them and the API shows them."""
        return dict(_plain(asdict(self)))

    def options_as_json(self) -> list[dict[str, Any]] | None:
        """Return the options as the API shows them, None where none are offered."""
        return [asdict(option) for option in self.options] or None


def _plain(value: Any) -> Any:
    """Lists for tuples, as JSON has them, all the way down."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _options(raw: Any) -> tuple[Option, ...]:
    return tuple(Option(**option) for option in raw)


def _blocks(raw: Any) -> tuple[Block, ...]:
    return tuple(Block(**{**block, "options": _options(block.get("options", ()))}) for block in raw)


def _overlap(raw: Any) -> Any:
    if not isinstance(raw, dict):
        return raw
    return DisputedOverlap(**raw) if "most" in raw else SharedOverlap(**raw)


def _review_policy(raw: Any) -> Any:
    if not isinstance(raw, dict):
        return raw
    return Sample(**raw) if "sample" in raw else TargetError(**raw)


def _route(raw: dict[str, Any]) -> Route:
    to = raw["to"]
    return Route(**{**raw, "to": to if isinstance(to, str) else tuple(to)})


_NESTED: dict[str, Callable[[Any], Any]] = {
    "options": _options,
    "blocks": _blocks,
    "overlap": _overlap,
    "review_policy": _review_policy,
    "routing": lambda raw: tuple(_route(route) for route in raw),
    "drawing": lambda raw: Drawing(**{**raw, "shapes": tuple(raw["shapes"])}),
    "gold": lambda raw: GoldPolicy(**raw),
    "rules": lambda raw: Rules(**{**raw, "required_labels": tuple(raw.get("required_labels", ()))}),
}
