"""Imports under way: waiting until they are over, and what became of their lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from concord.client import replies
from concord.client.api import Api
from concord.client.errors import ClientError
from concord.client.replies import Failure, Import

FIRST_LOOK, LAST_LOOK = 0.2, 2.0  # seconds between looks at a job, growing

Tell = Callable[[str, int, int], None]
"""Hears what is being done, and how many of how many are done."""


def untold(_what: str, _done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class Outcome:
    """What became of the lines that were sent."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: dict[str, Failure] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)

    @property
    def incomplete(self) -> bool:
        """Whether something that was sent did not come in."""
        return bool(self.counts["failed"] or self.counts["cancelled"])

    def add(self, api: Api, found: Import) -> None:
        """Add an import that is over."""
        self.counts.update(found.counts)
        if not found.counts["failed"]:
            return
        for each in api.get(f"imports/{found.id}/failures/", replies.failures_in):
            before = self.failures.get(each.code)
            count = each.count + (before.count if before else 0)
            self.failures[each.code] = Failure(each.code, count, each.reason)
        path = f"imports/{found.id}/rows/?state=failed&limit=500"
        for row in api.get(path, replies.failed_rows_in):
            self.names.setdefault(row.code, []).append(row.name)


def wait(api: Api, imports: Iterable[Import], *, tell: Tell = untold) -> Outcome:
    """Wait until imports are over. Raises ClientError for one that does not go on."""
    outcome = Outcome()
    for made in imports:
        outcome.add(api, _end_of(api, made, tell=tell))
    return outcome


def _end_of(api: Api, made: Import, *, tell: Tell) -> Import:
    pause = FIRST_LOOK
    while not made.is_over:
        if made.state == "paused":
            raise ClientError("The import was paused. Its page has the rest.")
        tell("Bringing in", made.through, made.counts["total"])
        api.pause(pause)
        pause = min(pause * 1.5, LAST_LOOK)
        made = api.get(f"imports/{made.id}/", replies.import_in)
    if made.state == "failed":
        raise ClientError(f"The import failed: {made.error}")
    return made
