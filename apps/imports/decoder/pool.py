"""The platform's side of decoding: a few child processes, each busy with one file at a time."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from apps.imports.decoder.frames import DECODE, GLANCE, read_frame, write_frame

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 30.0
# No database, no secrets. Threads of numpy would take the memory that a child may have, and keep it
# from leaving the network.
ENVIRONMENT = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
Answer = tuple[dict[str, Any], bytes, bytes, bytes]
"""Header, rendition, level, thumbnail."""


class DecodingFailed(Exception):
    """A file that cannot become a picture: a stable code and a sentence."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture as the child describes it; `rendition` is None where the file itself will do,
    `level` where that is small enough.

    See `apps.imports.decoder.picture.Picture`, which this process does not import: Pillow is for
    the children alone.
    """

    media_type: str
    width: int
    height: int
    exif_orientation: int
    rendition_media_type: str
    level_media_type: str
    rendition: bytes | None
    level: bytes | None
    thumbnail: bytes


class DecoderPool:
    """`size` decoders, started when first needed. Safe to use from several threads."""

    def __init__(self, *, size: int, patience: float = PATIENCE) -> None:
        self._free: queue.SimpleQueue[Decoder] = queue.SimpleQueue()
        self._all = [Decoder(patience=patience) for _ in range(size)]
        for decoder in self._all:
            self._free.put(decoder)

    def decode(self, data: bytes) -> Decoded:
        """Wait for a free decoder and use it. Raises DecodingFailed."""
        with self._turn() as decoder:
            return decoder.decode(data)

    def glance(self, data: bytes) -> bytes:
        """The picture as a JPEG of at most 160 pixels a side, likewise; raises as `decode` does."""
        with self._turn() as decoder:
            return decoder.glance(data)

    @contextlib.contextmanager
    def _turn(self) -> Iterator[Decoder]:
        decoder = self._free.get()
        try:
            yield decoder
        finally:
            self._free.put(decoder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End the children; call it when no thread decodes any more."""
        for decoder in self._all:
            decoder.stop()


class Decoder:
    """One child process, replaced when it dies. Not for several threads at once."""

    def __init__(self, *, patience: float) -> None:
        self._patience = patience
        self._child: subprocess.Popen[bytes] | None = None

    def decode(self, data: bytes) -> Decoded:
        """Send a file and wait for its picture, at most the decoder's patience.

        Raises DecodingFailed; after `decoding_failed` the next call starts a new child.
        """
        header, rendition, level, thumbnail = self._asked(DECODE, data)
        return Decoded(
            **header, rendition=rendition or None, level=level or None, thumbnail=thumbnail
        )

    def glance(self, data: bytes) -> bytes:
        """Send a file and wait for it in small, likewise."""
        return self._asked(GLANCE, data)[-1]

    def _asked(self, wanted: bytes, data: bytes) -> Answer:
        child = self._running()
        watchdog = threading.Timer(self._patience, child.kill)
        watchdog.start()
        try:
            answer = _exchange(child, wanted, data)
        except (OSError, EOFError, ValueError):
            self.stop()
            reason = "Decoding it takes more time or memory than allowed."
            raise DecodingFailed("decoding_failed", reason) from None
        finally:
            watchdog.cancel()
        header = answer[0]
        if "code" in header:
            raise DecodingFailed(header["code"], header["reason"])
        return answer

    def stop(self) -> None:
        """Kill the child, if there is one."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            with contextlib.suppress(OSError):
                child.communicate()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.stop()
            self._child = subprocess.Popen(
                [sys.executable, "-m", "apps.imports.decoder"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
                env=ENVIRONMENT,
            )
        return self._child


def _exchange(child: subprocess.Popen[bytes], wanted: bytes, data: bytes) -> Answer:
    assert child.stdin is not None
    assert child.stdout is not None
    write_frame(child.stdin, wanted)
    write_frame(child.stdin, data)
    child.stdin.flush()
    header = json.loads(read_frame(child.stdout))
    rendition, level, thumbnail = (read_frame(child.stdout) for _ in range(3))
    return header, rendition, level, thumbnail
