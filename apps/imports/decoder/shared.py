"""The decoders of a process that answers requests."""

from __future__ import annotations

import functools

from apps.imports.decoder.pool import DecoderPool

SIZE = 2


@functools.cache
def decoders() -> DecoderPool:
    """This process's decoders. The children are started when they are first needed, so never before
    a web process has been forked, and end when it does: their standard input ends with it."""
    return DecoderPool(size=SIZE)
