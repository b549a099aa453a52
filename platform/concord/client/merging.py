"""Putting what several datasets agreed on into one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from concord.client.dataset import Dataset
from concord.client.errors import ClientError
from concord.client.imports import Outcome, Tell
from concord.client.instance import Client
from concord.client.pictures import as_data_address
from concord.client.tasks import Task

SAID = {"answer", "attributes", "width", "height"}
"""Keys of an answer that are nothing to ask."""
ADDRESSES = ("http://", "https://", "s3://", "data:")


def merge(
    client: Client, sources: Sequence[str], into: str, *, tell: Tell
) -> tuple[Dataset, Outcome]:
    """Bring the final answers of datasets into one, which is made if it is not there.

    Each is a task there, with the shapes and options of its answer to start from. An image that
    two of them have comes once.
    """
    found = [client.dataset(name) for name in sources]
    interfaces = sorted({each.facts.interface for each in found})
    if len(interfaces) != 1:
        raise ClientError(f"These ask different things: {', '.join(interfaces)}.")
    target = client.dataset(into, interface=interfaces[0], **_offered(found))
    tasks = (task_of(answer) for each in found for answer in each.answers())
    return target, target.push(tasks, tell=tell)


def task_of(answer: Task) -> dict[str, Any]:
    """The task that an answer was given to, with the answer to start from. An image that was
    uploaded has no address, and goes along."""
    kept = {key: answer[key] for key in answer if key not in SAID and not key.startswith("_")}
    if "image" in kept and not kept["image"].startswith(ADDRESSES):
        kept["image"] = as_data_address(answer.image_bytes())
    return kept


def _offered(found: Sequence[Dataset]) -> dict[str, list[Any]]:
    options = list(_once(option for each in found for option in each.facts.options))
    labels = list(dict.fromkeys(label for each in found for label in each.facts.labels))
    return {"labels": labels, "options": options}


def _once(options: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Options of which each id comes once; 1 and "1" are two."""
    seen = set()
    for option in options:
        key = (type(option.get("id")), option.get("id"))
        if key not in seen:
            seen.add(key)
            yield option
