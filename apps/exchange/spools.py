"""Files beside the one that is written, for what does not come in its order."""

from __future__ import annotations

import tempfile
from typing import BinaryIO


def spool() -> BinaryIO:
    """A file without a name: whatever happens, it goes with the last reference to it."""
    return tempfile.TemporaryFile()
