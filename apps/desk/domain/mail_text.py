"""What a mail about what happened says: plain text, and nothing that people have answered or said.

Names of datasets are all that it holds of what people wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

REASONS = {
    "failed": "An import could not be read.",
    "paused": "Somebody paused your import.",
    "storage_full": "Your import waits: the disk is full.",
}
KINDS = {
    "invited": "when you are added to a dataset",
    "sent_back": "when an answer comes back to you",
    "mentioned": "when you are called into a thread",
    "resolved": "when what you flagged or asked is resolved",
    "import_done": "when an import is over",
    "import_stopped": "when an import fails or stops",
    "export_done": "when a file is ready",
    "webhook_stopped": "when a webhook is switched off",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that happened, in which dataset, and the address where it is dealt with."""

    kind: str
    dataset: str
    address: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail without its address."""

    subject: str
    text: str


def write(*, name: str, items: Iterable[Item], settings: str, stops: Mapping[str, str]) -> Mail:
    """Write the mail about `items`, which must be some.

    `settings` is where one chooses what to hear of; `stops` leads, by kind, to where mails of that
    kind end. What says the same in the same place is said once, with its number.
    """
    alike: dict[tuple[str, ...], list[Item]] = {}
    for item in items:
        said = (item.dataset, item.kind, item.address, item.data.get("what", ""))
        alike.setdefault((*said, item.data.get("why", "")), []).append(item)
    lines = list(alike.values())
    parts = [f"Hello {_one_line(name)},", *_paragraphs(lines), _foot(settings, stops)]
    return Mail(_subject(lines), "\n\n".join(parts) + "\n")


def _paragraphs(lines: Sequence[Sequence[Item]]) -> list[str]:
    by_dataset: dict[str, list[str]] = {}
    for line in lines:
        said = by_dataset.setdefault(line[0].dataset, [_one_line(line[0].dataset)])
        said.append(f"- {_sentence(line)}\n  {line[0].address}")
    return ["\n".join(said) for said in by_dataset.values()]


def _subject(lines: Sequence[Sequence[Item]]) -> str:
    datasets = {line[0].dataset for line in lines}
    where = _one_line(lines[0][0].dataset) if len(datasets) == 1 else f"{len(datasets)} datasets"
    if len(lines) == 1:
        return f"{where}: {_sentence(lines[0]).rstrip('.')}"
    return f"{where}: {len(lines)} things for you"


def _sentence(line: Sequence[Item]) -> str:
    kind, data, n = line[0].kind, line[0].data, len(line)
    said = {
        "invited": f"You were added as {data.get('role')}.",
        "sent_back": "An answer came back to you." if n == 1 else f"{n} answers came back to you.",
        "mentioned": "You were called into a thread.",
        "resolved": f"Your {data.get('what')} was resolved.",
        "import_stopped": REASONS.get(data.get("why", ""), ""),
        "export_done": f"Your {_format(data)} file is ready.",
        "webhook_stopped": "A webhook was switched off: for days nothing reached it.",
    }
    return _imported(data) if kind == "import_done" else said[kind]


def _format(data: Mapping[str, Any]) -> str:
    return str(data.get("format")).replace("_", " ").upper()


def _imported(data: Mapping[str, Any]) -> str:
    images = "1 new image" if data["done"] == 1 else f"{data['done']} new images"
    lines = "1 line" if data["failed"] == 1 else f"{data['failed']} lines"
    failed = f" {lines} could not be brought in." if data["failed"] else ""
    return f"An import is over: {images}.{failed}"


def _foot(settings: str, stops: Mapping[str, str]) -> str:
    lines = ["--", f"What you hear of, and how often: {settings}", "No more mails"]
    return "\n".join([*lines, *(f"  {KINDS[kind]}: {stop}" for kind, stop in stops.items())])


def _one_line(text: str) -> str:
    """A name may hold line breaks, which a subject must not."""
    return " ".join(text.split())
