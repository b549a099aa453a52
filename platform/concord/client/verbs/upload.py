"""`concord upload`: image files and folders go into a dataset."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from concord.client.verbs.feeding import STOPPED, Ending, NoWait, Sources, feed
from concord.client.verbs.running import AsJson, DatasetName, run


def upload(
    dataset: DatasetName,
    paths: Annotated[list[Path], typer.Argument(help="Image files, and folders of them.")],
    no_wait: NoWait = False,
    as_json: AsJson = False,
) -> None:
    """Bring image files and folders into a dataset.

    It asks the instance at CONCORD_URL, with the token in CONCORD_TOKEN.

    Ends with 1 if an image could not be brought in, with 2 if nothing could be done.

    Example: concord upload street-signs photos/ more/1.jpg
    """
    sources, ending = Sources(images=paths), Ending(no_wait, as_json)
    run(lambda client, bar: feed(client.dataset(dataset), sources, ending, bar), stopped=STOPPED)
