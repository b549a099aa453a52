"""Which rules for answers a dataset accepts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet

from apps.datasets.domain.rules import Rules
from apps.datasets.models import Label
from apps.datasets.setting_values import RuleError, read_each, read_share, read_text, read_whole
from concord.errors import Invalid

MOST_COUNTED = 10_000


def read_rules(value: Any) -> Rules:
    """What accepting answers must keep to."""
    found = Rules(**read_each(READERS, value))
    for what, least, most in (
        ("shapes", found.min_shapes, found.max_shapes),
        ("options", found.min_options, found.max_options),
    ):
        if least is not None and most is not None and least > most:
            raise RuleError("The most cannot be less than the least.", at=f"max_{what}")
    return found


def check_required_labels(rules: Rules, *, labels: QuerySet[Label]) -> None:
    """Raise Invalid where an answer would need a label that nobody can give any more."""
    if not rules.required_labels:
        return
    unknown = set(rules.required_labels).difference(labels.values_list("name", flat=True))
    if unknown:
        detail = f"There is no label {min(unknown)!r} in use."
        raise Invalid("invalid_config", detail, errors={"rules": {"required_labels": [detail]}})


def _count(value: Any) -> int | None:
    return None if value is None else read_whole(value, least=0, most=MOST_COUNTED)


def _share(value: Any) -> float | None:
    return None if value is None else read_share(value)


def _labels(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise RuleError("This must be a list of labels.")
    return tuple(dict.fromkeys(read_text(label) for label in value))


READERS: Mapping[str, Callable[[Any], Any]] = {
    "min_shapes": _count,
    "max_shapes": _count,
    "required_labels": _labels,
    "max_overlap": _share,
    "min_options": _count,
    "max_options": _count,
}
