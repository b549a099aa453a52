"""Messages over a pipe: each is its length in four bytes, then its bytes."""

from __future__ import annotations

import struct
from typing import IO

LENGTH = struct.Struct(">I")
# More than any picture takes. Who promises more has been taken over, or is out of step.
MOST = 1 << 30
# What may be wanted of a file: all that an import keeps, or a small picture alone.
DECODE, GLANCE = b"decode", b"glance"


def write_frame(stream: IO[bytes], data: bytes) -> None:
    """Send one message; the caller flushes."""
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)


def read_frame(stream: IO[bytes]) -> bytes:
    """Receive one message. Raises EOFError when the other side has gone, ValueError for a message
    that is too long to be one."""
    (length,) = LENGTH.unpack(_exactly(stream, LENGTH.size))
    if length > MOST:
        raise ValueError(f"a message of {length} bytes")
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data
