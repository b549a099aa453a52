"""Which review policies a dataset accepts."""

from __future__ import annotations

from typing import Any, Literal

from apps.annotators.models import normalise_email
from apps.datasets.config import Sample, TargetError
from apps.datasets.setting_values import RuleError, read_share, read_text

LEAST_TARGET, MOST_TARGET = 0.001, 0.5
LEAST_AUDIT = 0.01
"""Without an audit nobody would notice when the promise breaks."""

Policy = Literal["none", "conflicts", "all"] | Sample | TargetError


def read_review_policy(value: Any) -> Policy:
    """What goes to a reviewer."""
    if isinstance(value, dict) and value.keys() == {"sample"}:
        return Sample(sample=read_share(value["sample"]))
    if isinstance(value, dict) and value.keys() == {"target_error", "audit"}:
        return _target_error(value)
    if value == "none" or value == "conflicts" or value == "all":  # noqa: PLR1714 (narrows)
        policy: Literal["none", "conflicts", "all"] = value
        return policy
    raise RuleError(
        'This must be none, conflicts, all, {"sample": share}'
        ' or {"target_error": share, "audit": share}.'
    )


def read_tie_breaker(value: Any) -> str:
    """The address of who decides where people differ; empty for any reviewer."""
    address = normalise_email(read_text(value))
    if address and "@" not in address:
        raise RuleError(f"{address} is no e-mail address.")
    return address


def _target_error(value: dict[str, Any]) -> TargetError:
    target, audit = read_share(value["target_error"]), read_share(value["audit"])
    if not LEAST_TARGET <= target <= MOST_TARGET:
        raise RuleError(f"target_error must be from {LEAST_TARGET} to {MOST_TARGET}.")
    if audit < LEAST_AUDIT:
        raise RuleError(f"audit must be at least {LEAST_AUDIT}.")
    return TargetError(target_error=target, audit=audit)
