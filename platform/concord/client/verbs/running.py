"""How every verb ends: with a code, and one line on standard error if it could not be done."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any

import typer

from concord.client.errors import ClientError
from concord.client.instance import Client
from concord.client.terminal import Bar

FAILED, REFUSED, STOPPED = 1, 2, 130

DatasetName = Annotated[
    str, typer.Argument(help="The dataset's short name, as in its address, or its id.")
]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print one JSON object, for programs to read.")
]


def run(act: Callable[[Client, Bar], int | None], *, stopped: str = "Stopped.") -> None:
    """Do what a verb says, and end with the code that `act` returns: 1 where not all was done.

    2 where nothing could be done, and 130 where somebody pressed Ctrl-C; then `stopped` says what
    becomes of the rest.
    """
    bar = Bar()
    try:
        with Client() as client:
            code = act(client, bar) or 0
    except ClientError as error:
        bar.clear()
        typer.echo(str(error), err=True)
        code = REFUSED
    except KeyboardInterrupt:
        bar.clear()
        typer.echo(stopped, err=True)
        code = STOPPED
    raise typer.Exit(code)


def print_json(value: Any) -> None:
    """Print a value on one line."""
    typer.echo(json.dumps(value, ensure_ascii=False))
