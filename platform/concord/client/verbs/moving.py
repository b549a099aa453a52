"""Verbs that move answers: files in, files out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from concord.client.folders import Found
from concord.client.instance import Client
from concord.client.merging import merge
from concord.client.terminal import Bar
from concord.client.verbs.feeding import STOPPED, Ending, NoWait, Sources, feed
from concord.client.verbs.running import AsJson, DatasetName, print_json, run
from concord.client.verbs.telling import tell

Which = Annotated[
    str, typer.Option(help="The final answers (final), what each person said (answers), or both.")
]


Snapshot = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Those of a snapshot, by its name or id, not of now."),
]


def db_in(
    dataset: DatasetName,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Tasks: .jsonl, .json, .csv, .txt.")
    ],
    unknown_label: Annotated[
        str, typer.Option(help="What becomes of a line whose label is unknown: refuse or add.")
    ] = "refuse",
    brings: Annotated[
        str,
        typer.Option(
            "--as",
            help="Whether what a line says is where people start (suggestions), or is what"
            " somebody answered (answers).",
        ),
    ] = "suggestions",
    no_wait: NoWait = False,
    as_json: AsJson = False,
) -> None:
    """Bring tasks out of files into a dataset that is there.

    Example: concord db-in street-signs tasks.jsonl
    """
    sources = Sources(lists=files, options={"unknown_label": unknown_label, "as": brings})
    ending = Ending(no_wait, as_json, what="line")
    run(lambda client, bar: feed(client.dataset(dataset), sources, ending, bar), stopped=STOPPED)


def db_out(
    dataset: DatasetName,
    output: Annotated[
        Path | None, typer.Argument(help="Where to; standard output if nothing is said.")
    ] = None,
    which: Which = "final",
    snapshot: Snapshot = None,
) -> None:
    """Write a dataset's answers as JSON lines.

    Example: concord db-out street-signs > answers.jsonl
    """

    def act(client: Client, bar: Bar) -> None:
        target = output or sys.stdout.buffer
        client.dataset(dataset).export(target, which=which, snapshot=snapshot, tell=bar.show)
        bar.clear()

    run(act)


def db_merge(
    sources: Annotated[str, typer.Argument(metavar="A,B,...", help="The datasets to merge.")],
    into: Annotated[str, typer.Argument(metavar="INTO", help="The dataset that gets all of it.")],
    as_json: AsJson = False,
) -> None:
    """Bring what datasets agreed on into one, as tasks with these answers to start from.

    Makes the dataset if it is not there. To make one answer of several people's, without a server,
    there is merge.

    Example: concord db-merge street-2025,street-2026 street
    """

    def act(client: Client, bar: Bar) -> int:
        names = [name.strip() for name in sources.split(",") if name.strip()]
        target, outcome = merge(client, names, into, tell=bar.show)
        bar.clear()
        return tell(target, outcome, Found(), as_json=as_json, what="task")

    run(act, stopped=STOPPED)


def export(
    dataset: DatasetName,
    form: Annotated[
        str,
        typer.Option(
            "--format", help="jsonl, coco, yolo, voc, cvat, csv, label_studio, image_folder."
        ),
    ],
    output: Annotated[Path, typer.Option(help="The file to write.")],
    which: Which = "final",
    images: Annotated[
        bool, typer.Option("--images", help="With the images, as an archive.")
    ] = False,
    snapshot: Snapshot = None,
    as_json: AsJson = False,
) -> None:
    """Write a dataset's answers in a format that other tools read.

    Example: concord export street-signs --format coco --output street-signs.coco.json
    """

    def act(client: Client, bar: Bar) -> None:
        found = client.dataset(dataset)
        wanted: dict[str, Any] = {"format": form, "which": which, "images": images}
        found.export(output, snapshot=snapshot, tell=bar.show, **wanted)
        bar.clear()
        size = output.stat().st_size
        if as_json:
            print_json({"dataset": found.slug, "file": str(output), "size": size})
        else:
            typer.echo(f"{size:,} bytes in {output}.")

    run(act)
