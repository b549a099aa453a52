"""Bringing what somebody names on the command line into a dataset, and saying what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from concord.client.dataset import Dataset
from concord.client.errors import ClientError
from concord.client.folders import Found, files_in
from concord.client.imports import Outcome
from concord.client.replies import Import
from concord.client.terminal import Bar
from concord.client.uploading import send
from concord.client.verbs.running import FAILED
from concord.client.verbs.telling import counted, tell, tell_left

STOPPED = "Stopped. Requests that were sent whole are brought in all the same."
ADDRESSES = ("http://", "https://", "s3://", "data:")
TASK_LISTS = (".json", ".jsonl", ".ndjson")
LISTS = (".txt", ".csv", ".tsv", *TASK_LISTS)

NoWait = Annotated[bool, typer.Option("--no-wait", help="Do not wait until the images are in.")]


@dataclass(slots=True)
class Sources:
    """What is to come in: addresses of images, files that list them, and files and folders of
    images. `options` are those of the imports of addresses and lists."""

    addresses: list[str] = field(default_factory=list)
    lists: list[Path] = field(default_factory=list)
    images: list[Path] = field(default_factory=list)
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def only_tasks(self) -> bool:
        """Whether all of it are files of tasks, which may name several images each."""
        tasks = [path for path in self.lists if _ends_in(path, TASK_LISTS)]
        return bool(tasks) and not self.addresses and not self.images and tasks == self.lists


@dataclass(frozen=True, slots=True)
class Ending:
    """Whether to wait until all is in, and in which form to say what came of it."""

    no_wait: bool
    as_json: bool
    what: str = "image"


def sources_in(arguments: Sequence[str], **options: str) -> Sources:
    """Tell addresses, lists and images by how they are written."""
    found = Sources(options=options)
    for argument in arguments:
        path = Path(argument)
        if argument.startswith(ADDRESSES):
            found.addresses.append(argument)
        elif _ends_in(path, LISTS) and not path.is_dir():
            found.lists.append(path)
        else:
            found.images.append(path)
    return found


def feed(dataset: Dataset, sources: Sources, ending: Ending, bar: Bar) -> int:
    """Bring it in, and say what came of it; returns the code to end with."""
    found = files_in(sources.images)
    imports = [*_listed(dataset, sources), *send(dataset, found, tell=bar.show)]
    if not imports:
        bar.clear()
        tell_left(found)
        raise ClientError("There is no image to send.")
    if ending.no_wait:
        return _leave(dataset, imports, found, ending, bar)
    outcome = dataset.wait(imports, tell=bar.show)
    bar.clear()
    return tell(dataset, outcome, found, as_json=ending.as_json, what=ending.what)


def _leave(
    dataset: Dataset, imports: Sequence[Import], found: Found, ending: Ending, bar: Bar
) -> int:
    bar.clear()
    if ending.as_json:
        return tell(dataset, Outcome(), found, as_json=True, what=ending.what)
    sent = sum(made.counts["total"] for made in imports)
    told = counted(sent, ending.what) if sent else "All"
    typer.echo(f"{told} sent; they are being brought in.")
    tell_left(found)
    typer.echo(dataset.url)
    return FAILED if found.lost else 0


def _listed(dataset: Dataset, sources: Sources) -> list[Import]:
    made = [dataset.import_list(path, fields=sources.options) for path in sources.lists]
    if sources.addresses:
        made.append(dataset.import_addresses(sources.addresses, **sources.options))
    return made


def _ends_in(path: Path, endings: Sequence[str]) -> bool:
    name = path.name.lower().removesuffix(".gz")
    return name.endswith(tuple(endings))
