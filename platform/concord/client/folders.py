"""Which files there are in what somebody named, in the order in which people read their names."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from concord.client.errors import ClientError
from concord.client.forms import FileToSend
from concord.client.pictures import NoImage, media_type

HEAD = 1024
LONGEST_NAME = 1000
UNREADABLE = "It cannot be read."
CHANGED = "It changed while it was sent."


@dataclass(slots=True)
class Found:
    """The files to send, and the names of what is left out by why."""

    files: list[FileToSend] = field(default_factory=list)
    left: dict[str, list[str]] = field(default_factory=dict)

    @property
    def lost(self) -> bool:
        """Whether something should have been sent and could not be."""
        return not self.left.keys().isdisjoint({UNREADABLE, CHANGED})

    def leave(self, name: str, reason: str) -> None:
        """Note that something is not sent."""
        self.left.setdefault(reason, []).append(name)


def files_in(paths: Sequence[Path]) -> Found:
    """Everything in files and folders, folders within them too, but for what is hidden.

    Names within a folder begin with its own. Raises ClientError for a path that is not there.
    """
    found = Found()
    for path in paths:
        try:
            kind = path.stat().st_mode
        except (OSError, ValueError) as error:
            raise ClientError(f"Not there, or not to be read: {path}") from error
        if stat.S_ISDIR(kind):
            _walk(path, _own_name(path), found)
        else:
            _take(path, path.name, found)
    return found


def reason_to_leave(file: FileToSend) -> str | None:
    """Why a file is not sent, judged by its first bytes as the server does; None for an image."""
    try:
        with file.path.open("rb") as opened:
            head = opened.read(HEAD)
    except OSError:
        return UNREADABLE
    try:
        media_type(head)
    except NoImage as error:
        return str(error)
    return None


def natural(name: str) -> tuple[list[str | int], str]:
    """What to sort by, so that `2.jpg` comes before `10.jpg`, and `b` after `A`."""
    parts: list[str | int] = list(re.split(r"([0-9]+)", name.casefold()))
    parts[1::2] = map(int, parts[1::2])
    return parts, name


def _own_name(folder: Path) -> str:
    return folder.name if folder.name not in {"", ".."} else folder.resolve().name


def _walk(folder: Path, name: str, found: Found) -> None:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: natural(entry.name))
    except OSError:
        found.leave(_shown(name), UNREADABLE)
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        inner = f"{name}/{entry.name}" if name else entry.name
        if entry.is_dir(follow_symlinks=False):
            _walk(Path(entry.path), inner, found)
        else:
            _take(Path(entry.path), inner, found)


def _take(path: Path, name: str, found: Found) -> None:
    name = _shown(name)
    try:
        found_as = path.stat()
    except OSError:
        found.leave(name, UNREADABLE)
        return
    if stat.S_ISDIR(found_as.st_mode):
        # It may lead back to where we came from, or out of what was named.
        found.leave(name, "It is a link to a folder.")
    elif not stat.S_ISREG(found_as.st_mode):
        found.leave(name, "It is no file.")
    elif len(name) > LONGEST_NAME:
        found.leave(name, f"Its path has more than {LONGEST_NAME} letters.")
    else:
        found.files.append(FileToSend(path, name, found_as.st_size))


def _shown(name: str) -> str:
    """A name as text: systems let names be any bytes."""
    return os.fsencode(name).decode(errors="replace")
