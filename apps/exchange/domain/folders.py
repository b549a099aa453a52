"""Images in folders by what was said of them: for classification."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from apps.exchange.domain.choices import option_of
from apps.exchange.domain.formats import Unfit
from apps.exchange.domain.naming import FileNames
from apps.exchange.domain.records import Placed


class FolderTree:
    """Image files alone: a folder for each class, in a folder for each split; `whole` is the one
    for images in no split, if they need one.

    The class is the text of the option that was chosen, or `accept` or `reject`, where that was
    asked; `classes.json` tells which option is which folder.
    """

    def __init__(self, *, whole: str = "") -> None:
        self._whole = whole
        self._folders: dict[str, str] = {}
        self._names = FileNames()

    def image_path(self, placed: Placed) -> str:
        """Where an image belongs; empty where no option was chosen.

        Raises Unfit `one_class_each`.
        """
        folder = self._folder(placed)
        split = placed.split or self._whole
        return "/".join(filter(None, [split, folder, placed.name])) if folder else ""

    def files(self, placed: Placed) -> Iterator[tuple[str, bytes]]:  # noqa: ARG002 (the protocol's)
        """Nothing: the folder says all."""
        yield from ()

    def ending(self) -> Iterator[tuple[str, bytes]]:
        """The options behind the folders."""
        classes = [{"folder": folder, **json.loads(key)} for key, folder in self._folders.items()]
        text = json.dumps(classes, ensure_ascii=False, indent=1)
        yield "classes.json", f"{text}\n".encode()

    def _folder(self, placed: Placed) -> str:
        settled, asked = placed.entry.settled, placed.entry.asked
        assert settled is not None, "the format holds final answers alone"
        answer, accept = settled.response.answer, settled.response.accept
        if asked.interface != "choice":
            return self._named({"id": answer, "text": answer})
        if len(accept) > 1:
            detail = f"Several options were chosen of {asked.source.name}, and a folder is one."
            raise Unfit("one_class_each", f"{detail} Choose jsonl or csv.")
        return self._named(option_of(asked, accept[0])) if accept else ""

    def _named(self, option: dict[str, Any]) -> str:
        key = json.dumps(option, ensure_ascii=False)
        if key not in self._folders:
            wanted = option["text"] or str(option["id"])
            self._folders[key] = self._names.give(wanted, number=len(self._folders) + 1)
        return self._folders[key]
