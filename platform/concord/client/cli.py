"""`concord`: one command for the server's operator and, over HTTP, for everybody else."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import typer

from concord.client.verbs import annotating, looking, moving
from concord.client.verbs.upload import upload
from concord.detector.command import serve_model

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Image annotation for teams: many answers in, one agreed answer out.",
)


@cli.callback()
def concord() -> None:
    """Keep `concord VERB`, however few verbs there are."""


@cli.command()
def up() -> None:
    """Run the whole product in the foreground until Ctrl-C."""
    raise typer.Exit(_server("concord.services.supervisor:up")())


@cli.command()
def backup(
    folder: Annotated[str, typer.Argument(help="A new folder, or that of an earlier backup.")],
) -> None:
    """Write a backup of this instance into a folder, also while people work.

    Example: concord backup /var/backups/concord
    """
    _settle()
    raise typer.Exit(_server("concord.backups.making:backup")(folder))


@cli.command()
def restore(
    folder: Annotated[str, typer.Argument(help="The folder of a backup.")],
) -> None:
    """Make an empty instance the one that a backup is of.

    Example: CONCORD_DATA_DIR=/srv/concord concord restore /var/backups/concord
    """
    _settle()
    raise typer.Exit(_server("concord.backups.restoring:restore")(folder))


@cli.command()
def createuser(
    email: Annotated[str, typer.Argument(help="The address with which they log in.")],
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
    admin: Annotated[bool, typer.Option("--admin", help="Make them an instance admin.")] = False,
) -> None:
    """Create an account on the running instance.

    Example: printf %s "$PASSWORD" | concord createuser ada@example.org --password-stdin
    """
    if not password_stdin:
        _fail("Give the password on standard input and say --password-stdin.")
    _server("concord.services.environment:join_running_instance")()
    _settle()
    arguments = [email, "--password-stdin", *(["--admin"] if admin else [])]
    _server("django.core.management:execute_from_command_line")(
        ["concord", "createuser", *arguments]
    )


cli.command("image.manual")(annotating.image_manual)
cli.command()(annotating.mark)
cli.command()(annotating.choice)
cli.command("image-choice")(annotating.image_choice)
cli.command()(upload)
cli.command("db-in")(moving.db_in)
cli.command("db-out")(moving.db_out)
cli.command("db-merge")(moving.db_merge)
cli.command()(moving.export)
cli.command()(looking.stats)
cli.command()(looking.progress)
cli.command()(looking.datasets)
cli.command()(looking.archive)
cli.command()(looking.drop)
cli.command("serve-model")(serve_model)


File = Annotated[str, typer.Argument(help="A JSON file.", metavar="FILE")]
Output = Annotated[
    str | None, typer.Option(help="Write the result there, not to standard output.", metavar="OUT")
]


# A backslash keeps what follows a bracket in the help, where it would be taken for markup.
@cli.command()
def merge(file: File, output: Output = None) -> None:
    r"""Make one box of several annotators' boxes, image by image. Needs no server.

    Reads {"images": {ID: {"annotators": {NAME: [\[x, y, width, height, label?], ...]}}}}, where an
    empty list is an answer too.
    """
    _offline("merge", file, output)


@cli.command()
def vote(file: File, output: Output = None) -> None:
    r"""Make one label of several annotators' labels, item by item. Needs no server.

    Reads {"answers": [\[item, annotator, label], ...]}.
    """
    _offline("vote", file, output)


@cli.command()
def agreement(file: File, output: Output = None) -> None:
    """Tell how far annotators agree, on boxes or on labels. Needs no server.

    Reads what merge reads, or what vote reads.
    """
    _offline("agreement", file, output)


@cli.command()
def diff(
    before: Annotated[str, typer.Argument(help="A jsonl export of finals.", metavar="BEFORE")],
    after: Annotated[str, typer.Argument(help="A later one.", metavar="AFTER")],
    output: Output = None,
) -> None:
    """Tell what differs between the final answers of two jsonl exports. Needs no server.

    Example: concord diff monday.jsonl friday.jsonl.gz --output changes.json
    """
    refusal = _server("apps.exchange.offline.diffing:run")(before, after, output)
    if refusal is not None:
        _fail(refusal)


@cli.command()
def convert(
    source: Annotated[str, typer.Argument(help="A COCO export as a zip.", metavar="ZIP")],
    to: Annotated[str, typer.Option("--to", help="A format, by Datumaro's name for it.")],
    output: Annotated[str, typer.Option(help="A new folder.", metavar="FOLDER")],
) -> None:
    """Write a COCO export in a format that Concord does not write itself. Needs no server.

    Formats: datumaro, kitti, label_me, open_images; by Datumaro, which comes with
    pip install 'concord[formats]'.

    Example: concord convert street-signs.zip --to kitti --output street-signs
    """
    refusal = _server("apps.exchange.offline.converting:run")(source, to, output)
    if refusal is not None:
        _fail(refusal)


def _settle() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concord.settings")


def _offline(verb: str, file: str, output: str | None) -> None:
    refusal = _server("apps.exchange.offline.verbs:run")(verb, file, output)
    if refusal is not None:
        _fail(refusal)


def _server(name: str) -> Callable[..., Any]:
    """Return what a dotted name means where the server is installed."""
    module, _, attribute = name.partition(":")
    try:
        function: Callable[..., Any] = getattr(import_module(module), attribute)
    except ModuleNotFoundError as error:
        _fail(f"This needs the server: pip install 'concord[server]' ({error.name} is missing).")
    return function


def _fail(sentence: str) -> Any:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)


def main() -> None:
    """Run the command line; the entry point of the `concord` script."""
    sys.exit(cli())
