"""The child that decodes: python -m apps.imports.decoder.

Reads from standard input what is wanted of a file, and the file, a frame each; answers with a
header (JSON), the rendition, the level and the thumbnail. It is started without the platform's
environment, and takes from itself what decoding does not need: memory beyond 2 GB, files, child
processes and, where the kernel lets it, the network. The parent kills it when it takes too long.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import sys

from PIL import AvifImagePlugin

from apps.imports.decoder.frames import GLANCE, read_frame, write_frame
from apps.imports.decoder.picture import Picture, Undecodable, decode, glance

MEMORY = 2 * 1024**3
CPU_SECONDS = 20
FILES = {"rendition", "level", "thumbnail"}
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


def give_up_rights() -> None:
    """Called once, after everything is imported."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    with contextlib.suppress(AttributeError, OSError):
        libc = ctypes.CDLL(None)
        if libc.unshare(CLONE_NEWNET) != 0:
            libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    # The kernel counts threads as well, unless they are root's.
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1


def limit_processor_time() -> None:
    """Allow this file its seconds, counted from what earlier ones used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def answer(wanted: bytes, data: bytes) -> tuple[dict[str, object], bytes, bytes, bytes]:
    """Header, rendition, level, thumbnail; files are empty where there are none."""
    try:
        if wanted == GLANCE:
            return {}, b"", b"", glance(data)
        picture = decode(data)
    except Undecodable as error:
        return {"code": error.code, "reason": error.reason}, b"", b"", b""
    header = {name: getattr(picture, name) for name in Picture.__slots__ if name not in FILES}
    return header, picture.rendition or b"", picture.level or b"", picture.thumbnail


def main() -> None:
    give_up_rights()
    # Whatever a library prints must not end up between two frames.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while True:
        try:
            wanted, data = read_frame(sys.stdin.buffer), read_frame(sys.stdin.buffer)
        except EOFError:
            return
        limit_processor_time()
        header, *files = answer(wanted, data)
        for part in (json.dumps(header).encode(), *files):
            write_frame(out, part)
        out.flush()


if __name__ == "__main__":
    main()
