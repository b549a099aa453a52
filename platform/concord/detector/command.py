"""`concord serve-model`: a small real detector, to see how a model server is asked."""

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


def serve_model(
    kind: Annotated[Kind, typer.Argument(help="What to look for.")] = Kind.PEOPLE,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen at.")] = 8500,
) -> None:
    r"""Serve a small detector of people or faces, for the page Models to ask, until Ctrl-C.

    Needs pip install 'concord\[detector]'. With CONCORD_MODEL_TOKEN in the environment it answers
    only to who sends that token.

    Example: concord serve-model faces --port 8501
    """
    try:
        from concord.detector.seeing import DETECTORS  # noqa: PLC0415 (the extra may be missing)
    except ImportError as error:
        missing = f"pip install 'concord[detector]' ({error.name} is missing)"
        raise _refusal(f"This needs the detector: {missing}.") from error
    token = os.environ.get("CONCORD_MODEL_TOKEN", "")
    try:
        server = server_of(DETECTORS[kind](), host=host, port=port, token=token)
    except OSError as error:
        reason = f"{host}:{port} cannot be listened at: {error.strerror}"
        raise _refusal(f"{reason}. Name another --port.") from error
    with server:
        bound, found = server.server_address[:2]
        typer.echo(f"Looking for {kind} at http://{bound!s}:{found}")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            raise typer.Exit from None


def _refusal(sentence: str) -> typer.Exit:
    typer.echo(sentence, err=True)
    return typer.Exit(2)
