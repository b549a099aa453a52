"""Verbs that tell how datasets stand, and those that put one away."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from concord.client.dataset import Dataset
from concord.client.errors import ClientError, printable
from concord.client.instance import Client
from concord.client.terminal import Bar
from concord.client.verbs.running import AsJson, DatasetName, print_json, run


def stats(dataset: DatasetName, as_json: AsJson = False) -> None:
    """Count a dataset's tasks by where they stand, and its answers by what they say.

    Example: concord stats street-signs
    """

    def act(client: Client, _bar: Bar) -> None:
        found = client.dataset(dataset)
        told = found.stats()
        if as_json:
            print_json({"dataset": found.slug, "url": found.url, **told})
            return
        typer.echo(found.facts.name)
        typer.echo(f"Tasks: {_counts(told.get('tasks'))}")
        typer.echo(f"Answers: {_counts(told.get('answers'))}")
        typer.echo(found.url)

    run(act)


def progress(
    datasets: Annotated[
        list[str] | None, typer.Argument(help="Datasets; all that you see, if none is named.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell how far datasets are: how many of their tasks have a final answer.

    Example: concord progress
    """

    def act(client: Client, _bar: Bar) -> None:
        found = [client.dataset(name) for name in datasets or []] or client.datasets()
        rows = [_progress_of(each) for each in found]
        if as_json:
            print_json(rows)
            return
        for row in rows:
            share = f"{row['final'] / row['tasks']:.0%}" if row["tasks"] else "no tasks"
            counts = f"{row['final']:,} of {row['tasks']:,} final"
            typer.echo(f"{row['dataset']}: {counts} ({share})")

    run(act)


def datasets(as_json: AsJson = False) -> None:
    """List the datasets that you may see.

    Example: concord datasets
    """

    def act(client: Client, _bar: Bar) -> None:
        rows = [_row(each) for each in client.datasets()]
        if as_json:
            print_json(rows)
            return
        table = Table("dataset", "name", "interface", "", box=None)
        for row in rows:
            archived = "archived" if row["archived"] else ""
            table.add_row(row["dataset"], printable(row["name"]), row["interface"], archived)
        Console(markup=False, highlight=False).print(table)

    run(act)


def archive(
    dataset: DatasetName,
    undo: Annotated[bool, typer.Option("--undo", help="Take it out of the archive.")] = False,
) -> None:
    """Take a dataset out of everybody's work. Nothing is lost.

    Example: concord archive street-signs
    """

    def act(client: Client, _bar: Bar) -> None:
        found = client.dataset(dataset)
        found.archive(archived=not undo)
        typer.echo(f"{found.slug} is {'at work again' if undo else 'archived'}.")
        typer.echo(found.url)

    run(act)


def drop(
    dataset: DatasetName,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete a dataset with its images and answers. For 30 days it can be brought back.

    Example: concord drop street-signs
    """

    def act(client: Client, _bar: Bar) -> None:
        found = client.dataset(dataset)
        if not yes and _typed(found) != found.slug:
            raise ClientError("Nothing was deleted.")
        found.delete()
        typer.echo(f"{found.slug} is deleted. For 30 days it can be brought back.")

    run(act)


def _typed(found: Dataset) -> str:
    """What somebody types who is asked for the dataset's name."""
    count = found.stats()["tasks"]["total"]
    question = f"This deletes {found.slug} with {count:,} tasks. Type its name to go on: "
    typer.echo(question, err=True, nl=False)
    return sys.stdin.readline().strip()


def _row(found: Dataset) -> dict[str, Any]:
    return {
        "dataset": found.slug,
        "id": str(found.id),
        "name": found.facts.name,
        "interface": found.facts.interface,
        "archived": found.facts.archived,
        "url": found.url,
    }


def _progress_of(found: Dataset) -> dict[str, Any]:
    tasks = found.stats().get("tasks", {})
    return {"dataset": found.slug, "final": tasks.get("final", 0), "tasks": tasks.get("total", 0)}


def _counts(told: Any) -> str:
    pairs = told.items() if isinstance(told, dict) else []
    return ", ".join(f"{count:,} {name}" for name, count in pairs if isinstance(count, int))
