"""Verbs that ask people a question about images: each makes the dataset if it is not there, and
brings images in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from concord.client.dataset import Dataset
from concord.client.terminal import Bar
from concord.client.verbs.feeding import STOPPED, Ending, NoWait, Sources, feed, sources_in
from concord.client.verbs.running import AsJson, DatasetName, run

SourceArguments = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="Folders and files of images, a list (.txt, .csv, .tsv, .json, .jsonl), or"
        " addresses: https://..., s3://bucket/folder/.",
        show_default=False,
    ),
]
Overlap = Annotated[
    str | None,
    typer.Option(help="How many people answer each image, or 'all'. For a new dataset."),
]
Review = Annotated[
    str | None,
    typer.Option(help="What a reviewer sees: none, conflicts or all. For a new dataset."),
]
Reference = Annotated[
    bool,
    typer.Option(
        "--no-fetch", help="Leave images at addresses where they are; each look fetches them."
    ),
]

# JavaScript knows larger ones only nearly.
WHOLE_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}")


@dataclass(frozen=True, slots=True)
class Question:
    """What a dataset asks, as `Client.dataset` takes it."""

    interface: str
    labels: Sequence[str] = ()
    options: Sequence[dict[str, Any]] = ()
    settings: dict[str, Any] | None = None


def image_manual(
    dataset: DatasetName,
    source: SourceArguments,
    label: Annotated[
        list[str],
        typer.Option(help="Labels: A,B or a .txt file with one a line. May be given again."),
    ] = [],  # noqa: B006 (typer's way to say that there may be none)
    overlap: Overlap = None,
    review: Review = None,
    no_fetch: Reference = False,
    no_wait: NoWait = False,
    as_json: AsJson = False,
) -> None:
    """Have boxes, polygons and outlines drawn on images.

    Makes the dataset if it is not there; else adds labels that it lacks, and the images.

    Example: concord image.manual street-signs photos/ --label STOP,YIELD --overlap 2
    """
    question = Question("image_manual", _labels(label), settings=_settings(overlap, review))
    _ask(dataset, question, _sources(source, no_fetch), Ending(no_wait, as_json))


def mark(
    dataset: DatasetName,
    source: SourceArguments,
    label: Annotated[str | None, typer.Option(help="What is asked of each image.")] = None,
    overlap: Overlap = None,
    review: Review = None,
    no_fetch: Reference = False,
    no_wait: NoWait = False,
    as_json: AsJson = False,
) -> None:
    """Have one question answered of each image: accept, reject or ignore.

    Example: concord mark parks s3://bucket/parks/ --label "Is there a bench?"
    """
    labels = [label] if label else []
    question = Question("classification", labels, settings=_settings(overlap, review))
    _ask(dataset, question, _sources(source, no_fetch), Ending(no_wait, as_json))


def choice(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    dataset: DatasetName,
    source: SourceArguments,
    option: Annotated[
        list[str],
        typer.Option(
            help="An option, as id:text (1:One has the number 1) or a text alone. Give it once for"
            " each."
        ),
    ],
    multiple: Annotated[bool, typer.Option("--multiple", help="Several may be chosen.")] = False,
    overlap: Overlap = None,
    review: Review = None,
    no_fetch: Reference = False,
    no_wait: NoWait = False,
    as_json: AsJson = False,
) -> None:
    """Have options chosen for each image.

    Example: concord choice shades list.csv --option ray:Aviator --option cat:"Cat eye" --multiple
    """
    style = "multiple" if multiple else "single"
    settings = {**_settings(overlap, review), "choice_style": style}
    question = Question("choice", options=_options(option), settings=settings)
    _ask(dataset, question, _sources(source, no_fetch), Ending(no_wait, as_json))


def image_choice(
    dataset: DatasetName,
    source: SourceArguments,
    label: Annotated[str, typer.Option(help="What to pick, as a question.")],
    size: Annotated[
        int | None,
        typer.Option(
            "--group",
            help="So many images at once, 2 to 12. By default 9; a list of tasks"
            " has groups of its own.",
        ),
    ] = None,
    overlap: Overlap = None,
    review: Review = None,
    no_fetch: Reference = False,
    as_json: AsJson = False,
) -> None:
    """Have images picked out of groups.

    Example: concord image-choice cats photos/ --label "Which ones show a cat?" --group 6
    """
    sources, settings = _sources(source, no_fetch), _settings(overlap, review)
    question = Question("image_choice", settings={**settings, "question": label})
    group = None if size is None and sources.only_tasks else size or 9

    def then(made: Dataset, bar: Bar) -> None:
        if group is not None:
            made.compose(size=group, tell=bar.show)

    _ask(dataset, question, sources, Ending(False, as_json), then=then)


def _ask(
    name: str,
    question: Question,
    sources: Sources,
    ending: Ending,
    *,
    then: Callable[[Dataset, Bar], None] = lambda _made, _bar: None,
) -> None:
    def act(client: Any, bar: Bar) -> int:
        made = client.dataset(
            name,
            interface=question.interface,
            labels=question.labels,
            options=question.options,
            **(question.settings or {}),
        )
        code = feed(made, sources, ending, bar)
        then(made, bar)
        bar.clear()
        return code

    run(act, stopped=STOPPED)


def _sources(arguments: list[str], no_fetch: bool) -> Sources:
    return sources_in(arguments, **({"fetch": "reference"} if no_fetch else {}))


def _settings(overlap: str | None, review: str | None) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    if overlap is not None:
        settings["overlap"] = int(overlap) if overlap.isdecimal() else overlap
    if review is not None:
        settings["review_policy"] = review
    return settings


def _labels(given: Sequence[str]) -> list[str]:
    """Labels in their order, each once, out of comma lists and files."""
    names = [name.strip() for text in given for name in _names_in(text)]
    return list(dict.fromkeys(name for name in names if name))


def _names_in(text: str) -> list[str]:
    path = Path(text)
    if not text.endswith(".txt"):
        return text.split(",")
    try:
        return path.read_text().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{path} cannot be read.") from error


def _options(given: Sequence[str]) -> list[dict[str, Any]]:
    parts = [text.partition(":") for text in given]
    return [
        {"id": _option_id(key.strip()) if colon else key.strip(), "text": (text or key).strip()}
        for key, colon, text in parts
    ]


def _option_id(text: str) -> int | str:
    """An id as `accept` is to have it: a whole number, where it is written as one."""
    return int(text) if WHOLE_NUMBER.fullmatch(text) else text
