"""What people, or programs, are told of images and tasks that were brought in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import typer

from concord.client.dataset import Dataset
from concord.client.errors import printable
from concord.client.folders import Found
from concord.client.imports import Outcome
from concord.client.verbs.running import FAILED, print_json

NAMED = 10
"""So many files are named for a reason; the rest are counted."""


def tell(dataset: Dataset, outcome: Outcome, found: Found, *, as_json: bool, what: str) -> int:
    """Say what became of what was sent, and where it is; returns the code to end with."""
    if as_json:
        print_json(_as_json(dataset, outcome, found))
    else:
        tell_outcome(outcome, what=what)
        tell_left(found)
        typer.echo(dataset.url)
    return FAILED if outcome.incomplete or found.lost else 0


def tell_outcome(outcome: Outcome, *, what: str) -> None:
    """Say how many are new, were there already or failed, and why."""
    counts = outcome.counts
    if counts["duplicate"] == counts["total"]:
        sent = counted(counts["total"], what)
        typer.echo(f"Nothing new: {sent} sent, all in the dataset already.")
        return
    told = {"new": counts["done"], "in the dataset already": counts["duplicate"]}
    told |= {state: counts[state] for state in ("failed", "cancelled")}
    parts = [f"{count:,} {state}" for state, count in told.items() if count]
    typer.echo(f"{counted(counts['total'], what)} sent: {', '.join(parts)}.")
    for code, failure in outcome.failures.items():
        names = outcome.names.get(code, [])
        _tell_names(f"{failure.count:,} failed: {failure.reason}", names, failure.count)


def tell_left(found: Found) -> None:
    """Name what was not sent, and why."""
    for reason, names in found.left.items():
        _tell_names(f"{len(names):,} not sent: {reason}", names, len(names))


def counted(count: int, what: str) -> str:
    """`1 image`, `2 images`."""
    return f"1 {what}" if count == 1 else f"{count:,} {what}s"


def _as_json(dataset: Dataset, outcome: Outcome, found: Found) -> dict[str, Any]:
    return {
        "dataset": dataset.slug,
        "id": str(dataset.id),
        "url": dataset.url,
        "counts": dict(outcome.counts),
        "failures": [
            {
                "code": failure.code,
                "count": failure.count,
                "reason": failure.reason,
                "names": outcome.names.get(code, []),
            }
            for code, failure in outcome.failures.items()
        ],
        "not_sent": found.left,
    }


def _tell_names(what: str, names: Sequence[str], count: int) -> None:
    """What happened, and to which files, but for the end of a long list."""
    typer.echo(printable(what))
    for name in names[:NAMED]:
        typer.echo(f"  {printable(name)}")
    if count > NAMED:
        typer.echo(f"  and {count - NAMED:,} more")
