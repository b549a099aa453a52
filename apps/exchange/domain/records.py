"""What a file is made of: tasks, answers and finals without database or HTTP.

Labels are names, people pseudonyms, coordinates pixels of the upright image.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """The image of a task. `address` is where it came from, without keys; its name if uploaded.

    `rendition` is the hash of the bytes that members see, of the type `media_type`; empty where
    they are not kept here.
    """

    address: str
    name: str
    sha256: str
    width: int
    height: int
    rendition: str = ""
    media_type: str = "image/jpeg"


@dataclass(frozen=True, slots=True)
class Tile:
    """An image to pick from. `id` is that of the imported line's option, else the image's; `said`
    is all that the line said of it."""

    id: int | str
    source: Source
    said: Json


@dataclass(frozen=True, slots=True)
class Asked:
    """A task as it was asked; `number` is its place among all tasks of the dataset, from 1, and
    `order_key` what it is ordered by, which it keeps when others come and go.

    `options` is None where none are offered. `tiles` are the images to pick from, where that is
    the question, `spans` the shapes, where people judge one. `image` is the number of the first
    task about the image: the same for all that ask about it. `extra` holds the keys of an imported
    line that we do not know.
    """

    id: str
    number: int
    interface: str
    source: Source
    label: str
    options: Sequence[Json] | None
    meta: Json
    extra: Json
    input_hash: str
    image: int
    tiles: Sequence[Tile] = ()
    spans: Sequence[Json] = ()
    order_key: int = 0

    @property
    def sources(self) -> Sequence[Source]:
        """All images of the task."""
        return [tile.source for tile in self.tiles] or [self.source]


@dataclass(frozen=True, slots=True)
class Response:
    """What was said: by one annotator, or in the end."""

    answer: str
    spans: Sequence[Json]
    accept: Sequence[int | str]
    attributes: Json


@dataclass(frozen=True, slots=True)
class Given:
    """One annotator's answer in force."""

    response: Response
    annotator: str
    revision: str
    timestamp: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a final answer came about.

    `votes` is who said what of the task as a whole; `objects` tells of every shape that was
    drawn, dropped ones too, who drew it and whether a reviewer ruled on it. `reviewer` is None
    where nobody had to decide. `decisions` are all that reviewers said, in order; `returns` their
    remarks on answers that went back, with what was changed on that; `second` what a second
    reviewer came to without knowing the first one's decisions.
    """

    origin: str
    decided: bool
    votes: Json
    members: Sequence[str]
    objects: Sequence[Json]
    confidence: float | None
    algorithm: str
    reviewer: str | None
    at: str
    decisions: Sequence[Json] = ()
    returns: Sequence[Json] = ()
    second: Json | None = None


UNTOLD = Provenance("", False, {}, [], [], None, "", None, "")
"""Where a file does not tell how a final answer came about."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A final answer."""

    response: Response
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Entry:
    """One task with all that is to be said of it."""

    asked: Asked
    settled: Settled | None
    given: Sequence[Given]

    @property
    def accepted(self) -> Settled | None:
        """The final answer, if that is accept: what training code learns from."""
        settled = self.settled
        return settled if settled is not None and settled.response.answer == "accept" else None


@dataclass(frozen=True, slots=True)
class Placed:
    """A task that is in a file, the names that its images have there and the split that they are
    in, empty without splits. `first` is false where a task before it was about the same image."""

    entry: Entry
    names: Sequence[str]
    split: str = ""
    first: bool = True

    @property
    def name(self) -> str:
        """The name of the image, where a task has one."""
        return self.names[0]

    @property
    def stem(self) -> str:
        """The name without its ending: that of the files that go with the image."""
        return PurePosixPath(self.name).stem


@dataclass(frozen=True, slots=True)
class Category:
    """A label; `id` is its place among all labels that the dataset ever had, from 1, `attributes`
    are the names of what is asked of each of its shapes."""

    id: int
    name: str
    retired: bool
    attributes: Sequence[str] = ()
