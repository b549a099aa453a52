"""`python -m concord.detector`: serve a small real detector until Ctrl-C."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import Annotated

import typer

from concord.detector.serving import server_of


class Kind(StrEnum):
    """What to look for."""

    PEOPLE = "people"
    FACES = "faces"


def serve(
    kind: Annotated[Kind, typer.Argument(help="What to look for.")] = Kind.PEOPLE,
    host: str = "127.0.0.1",
    port: int = 8500,
) -> None:
    """Serve a detector; with CONCORD_MODEL_TOKEN in the environment only to who sends that."""
    try:
        from concord.detector.seeing import DETECTORS  # noqa: PLC0415 (the extra may be missing)
    except ImportError as error:
        typer.echo("This needs the extra: pip install 'concord[detector]'.", err=True)
        raise typer.Exit(2) from error
    token = os.environ.get("CONCORD_MODEL_TOKEN", "")
    with server_of(DETECTORS[kind](), host=host, port=port, token=token) as server:
        bound, found = server.server_address[:2]
        typer.echo(f"Looking for {kind} at http://{bound!s}:{found}")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            raise typer.Exit from None


if __name__ == "__main__":
    typer.run(serve)
