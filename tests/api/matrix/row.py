"""A row of the table of who may do what, and what the names in an address stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

PEOPLE = ("anonymous", "outsider", "viewer", "annotator", "reviewer", "manager", "admin")

PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
OF_DATASET = {
    *("dataset", "member", "label", "image", "task", "tile", "flag", "thread", "comment"),
    *("composition", "bulk_id", "import_id", "export_id", "version", "ticket"),
    *("act", "view", "job", "snapshot_id", "diff_id", "webhook_id", "delivery_id"),
    *("server", "run"),
}
"""Names of parameters that stand for something in a dataset."""
OF_INSTANCE = {"token", "session", "user", "connection", "invitation", "secret", "mails"}
"""Names of those that do not."""
PERSONAL = {"token", "session", "comment", "bulk_id", "act", "view", "job"}
"""Names of those that stand for something which belongs to one person."""

OPEN = {
    "api/schema/": "the OpenAPI document is public, as the source code is",
    "api/docs/": "a page around it",
    "api/schemas/<str:name>.json": "the forms of files are public, too",
    "^api/.*$": "answers 404 to whoever asks for a route that is none",
}
"""Routes outside of the table, and why."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A body that is a form with one file in it."""

    field: str
    name: str


@dataclass(frozen=True, slots=True)
class Row:
    """One verb of one route: the status for each of PEOPLE, and the body that is sent.

    `mine` are the statuses where the thing belongs to the person who asks, `deleted` those where
    its dataset was deleted.
    """

    verb: str
    route: str
    expected: str
    body: Any = None
    mine: str = ""
    deleted: str = ""

    @property
    def statuses(self) -> dict[str, int]:
        """Status by person."""
        return by_person(self.expected)

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """Kind and name of what the address names."""
        return [(kind or "str", name) for kind, name in PARAMETER.findall(self.route)]

    @property
    def of_dataset(self) -> bool:
        """Whether the address names something of a dataset."""
        return any(name in OF_DATASET for _, name in self.parameters)


def by_person(statuses: str) -> dict[str, int]:
    """Status by person, from a row of the table."""
    return dict(zip(PEOPLE, map(int, statuses.split()), strict=True))


BOX = {"label": "stop", "type": "rect", "x": 1, "y": 1, "width": 5, "height": 5}
