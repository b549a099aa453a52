"""A pytest plugin that takes one thing out of the product before it is loaded.

`MUTATION` is JSON: a `file`, what is written there once (`was`), and what instead (`now`).
"""

from __future__ import annotations

import json
import os
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType

ROOT = Path(__file__).parents[2]
MUTATION: dict[str, str] = json.loads(os.environ["MUTATION"])
FILE = ROOT / MUTATION["file"]

_get_code = SourceFileLoader.get_code


def get_code(self: SourceFileLoader, fullname: str) -> CodeType | None:
    """As the original, without what was taken out."""
    if Path(self.path) != FILE:
        return _get_code(self, fullname)
    text = FILE.read_text()
    assert text.count(MUTATION["was"]) == 1, f"{FILE} has no such thing, or more than one"
    return compile(text.replace(MUTATION["was"], MUTATION["now"]), FILE, "exec", dont_inherit=True)


SourceFileLoader.get_code = get_code  # type: ignore[method-assign]  # that is the mutation
