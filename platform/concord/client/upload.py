"""`concord upload`: image files and folders go into a dataset."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from concord.client.errors import ClientError, printable
from concord.client.folders import Found, files_in
from concord.client.instance import Client
from concord.client.terminal import Line
from concord.client.uploading import Outcome, send, wait

NAMED = 10
"""So many files are named for a reason; the rest are counted."""

FAILED, REFUSED, STOPPED = 1, 2, 130


def upload(
    dataset: Annotated[str, typer.Argument(help="The dataset's short name or id.")],
    paths: Annotated[list[Path], typer.Argument(help="Image files, and folders of them.")],
    no_wait: Annotated[
        bool, typer.Option("--no-wait", help="Do not wait until the images are in.")
    ] = False,
) -> None:
    """Bring image files and folders into a dataset.

    It asks the instance at CONCORD_URL, with the token in CONCORD_TOKEN.

    Ends with 1 if an image could not be brought in, with 2 if nothing could be done.
    """
    line = Line()
    try:
        with Client.from_environment() as client:
            code = _upload(client, dataset, paths, wanted=not no_wait, line=line)
    except ClientError as error:
        line.clear()
        typer.echo(str(error), err=True)
        code = REFUSED
    except KeyboardInterrupt:
        line.clear()
        typer.echo("Stopped. Requests that were sent whole are brought in all the same.", err=True)
        code = STOPPED
    raise typer.Exit(code)


def _upload(client: Client, name: str, paths: list[Path], *, wanted: bool, line: Line) -> int:
    dataset, found = client.dataset(name), files_in(paths)
    imports = send(client, dataset, found, tell=line.show)
    sent = sum(made.counts["total"] for made in imports)
    if not sent:
        _tell_left(found)
        raise ClientError("There is no image to send.")
    if wanted:
        outcome = wait(client, imports, tell=line.show)
        line.clear()
        _tell_outcome(outcome)
    else:
        outcome = Outcome()
        line.clear()
        typer.echo(f"{_images(sent)} sent; they are being brought in.")
    _tell_left(found)
    typer.echo(client.page_of(dataset))
    missing = outcome.counts["failed"] or outcome.counts["cancelled"] or found.lost
    return FAILED if missing else 0


def _tell_outcome(outcome: Outcome) -> None:
    counts = outcome.counts
    if counts["duplicate"] == counts["total"]:
        typer.echo(f"Nothing new: {_images(counts['total'])} sent, all in the dataset already.")
        return
    told = {"new": counts["done"], "in the dataset already": counts["duplicate"]}
    told |= {state: counts[state] for state in ("failed", "cancelled")}
    parts = [f"{count:,} {what}" for what, count in told.items() if count]
    typer.echo(f"{_images(counts['total'])} sent: {', '.join(parts)}.")
    for code, failure in outcome.failures.items():
        _tell_names(
            f"{failure.count:,} failed: {failure.reason}",
            outcome.names.get(code, []),
            failure.count,
        )


def _tell_left(found: Found) -> None:
    for reason, names in found.left.items():
        _tell_names(f"{len(names):,} not sent: {reason}", names, len(names))


def _tell_names(what: str, names: Sequence[str], count: int) -> None:
    """What happened, and to which files, but for the end of a long list."""
    typer.echo(printable(what))
    for name in names[:NAMED]:
        typer.echo(f"  {printable(name)}")
    if count > NAMED:
        typer.echo(f"  and {count - NAMED:,} more")


def _images(count: int) -> str:
    return "1 image" if count == 1 else f"{count:,} images"
