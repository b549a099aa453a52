"""What `concord diff` does with two files of final answers."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from apps.exchange.domain.diffs import differences
from apps.exchange.offline.files import Refused, quoted
from apps.exchange.offline.finals import FinalsFile


def run(before: str, after: str, output: str | None) -> str | None:
    """Compare two files, write JSON to `output` or to standard output; return why not, if so.

    Nothing is written unless all is well.
    """
    sides = []
    for name in (before, after):
        try:
            sides.append(FinalsFile.read(Path(name)))
        except Refused as refusal:
            return f"{quoted(Path(name).name)[1:-1]}: {refusal}"
    with tempfile.TemporaryFile() as found:
        try:
            _write(found, *sides)
        except Refused as refusal:
            return str(refusal)
        found.seek(0)
        return _hand_over(found, output)


def _write(target: BinaryIO, before: FinalsFile, after: FinalsFile) -> None:
    counts: Counter[str] = Counter()
    target.write(b'{"tasks": [')
    for change in differences(before.rows(), after.rows()):
        target.write(b",\n" if counts else b"\n")
        counts.update(change.kinds)
        target.write(_json({**asdict(change), "kinds": change.kinds}))
    ending = {"counts": dict(counts), "before": _told(before), "after": _told(after)}
    target.write(b"\n], " + _json(ending)[1:] + b"\n")


def _told(side: FinalsFile) -> dict[str, Any]:
    return {"finals": len(side.found), "content_sha256": side.found.hexdigest()}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _hand_over(found: BinaryIO, output: str | None) -> str | None:
    if output is None:
        shutil.copyfileobj(found, sys.stdout.buffer)
        return None
    try:
        with Path(output).open("wb") as target:
            shutil.copyfileobj(found, target)
    except OSError as error:
        return f"{quoted(output, 1000)[1:-1]}: {error.strerror}"
    return None
