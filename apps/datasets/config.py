"""What a dataset asks of its people: the schema of `Dataset.config`."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from apps.datasets.models import Dataset

MOST_ANSWERS = 64


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose. 1 and "1" are two ids."""

    id: int | str
    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class SharedOverlap:
    """`to` answers for a fixed `share` (0 to 1) of the tasks, `base` for the others."""

    base: int
    share: float
    to: int


@dataclass(frozen=True, slots=True)
class Sample:
    """A fixed `sample` (0 to 1) of what people agree on goes to a reviewer all the same."""

    sample: float


@dataclass(frozen=True, slots=True)
class DatasetConfig:
    """The settings in force."""

    question: str = ""
    options: tuple[Option, ...] = ()
    choice_style: Literal["single", "multiple"] = "single"
    auto_accept: bool = False
    overlap: int | Literal["all"] | SharedOverlap = 1
    review_policy: Literal["none", "conflicts", "all"] | Sample = "conflicts"

    @classmethod
    def of(cls, dataset: Dataset) -> DatasetConfig:
        """Read the settings of a dataset; what it does not name has its default."""
        raw: dict[str, Any] = dict(dataset.config)
        options = tuple(Option(**option) for option in raw.pop("options", ()))
        overlap = raw.pop("overlap", 1)
        policy = raw.pop("review_policy", "conflicts")
        return cls(
            options=options,
            overlap=SharedOverlap(**overlap) if isinstance(overlap, dict) else overlap,
            review_policy=Sample(**policy) if isinstance(policy, dict) else policy,
            **raw,
        )

    def as_json(self) -> dict[str, Any]:
        """Return the settings as the row keeps them and the API shows them."""
        return {**asdict(self), "options": [asdict(option) for option in self.options]}

    def options_as_json(self) -> list[dict[str, Any]] | None:
        """Return the options as the API shows them, None where none are offered."""
        return [asdict(option) for option in self.options] or None
