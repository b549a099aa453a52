"""E22: a decoder that a file brought to its knees, or took over, costs that file and no more."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from apps.imports.decoder import pool
from apps.imports.decoder.pool import Decoder, DecodingFailed
from tests.attacks.canaries import Canary
from tests.attacks.image_bytes import saved

GOOD = saved(Image.new("RGB", (4, 3)), "PNG")
CHILD = """
import ctypes, os, resource, socket, sys, time
from apps.imports.decoder import __main__ as child
honest = child.answer
def answer(wanted, data):
    return honest(wanted, data) if data[:4] == b"\\x89PNG" else evil(data)
def evil(data):
    {evil}
child.answer = answer
child.main()
"""


@contextmanager
def turned_evil(monkeypatch: pytest.MonkeyPatch, evil: str, patience: float) -> Iterator[Decoder]:
    """A decoder whose child does this with all but PNGs, with the rights that it has left."""
    start: Callable[..., Any] = subprocess.Popen

    def instead(_: object, **options: Any) -> Any:
        return start([sys.executable, "-c", CHILD.format(evil=evil)], **options)

    monkeypatch.setattr(pool.subprocess, "Popen", instead)
    one = Decoder(patience=patience)
    try:
        assert one.decode(GOOD).width == 4
        yield one
    finally:
        one.stop()


ENDINGS = {
    "hangs": "time.sleep(999)",
    "spins": "while True: pass",
    "eats-8-gb": "return {}, bytearray(8 << 30), b'', b''",
    "eats-8-gb-bit-by-bit": "bits = [bytes(1 << 20) for _ in range(8192)]",
    "eats-8-gb-in-c": "libc = ctypes.CDLL(None); libc.malloc.restype = ctypes.c_void_p; "
    "ctypes.memset(libc.malloc(ctypes.c_size_t(8 << 30)), 1, 8 << 30)",
    "dies": "os.abort()",
    "leaves": "os._exit(0)",
    "raises": "raise RuntimeError",
    "half-an-answer": "child.write_frame = lambda out, part: (out.write(b'\\0\\0\\1\\0{'), "
    "out.flush(), os._exit(0)); return {}, b'', b'', b''",
    "no-json": "child.json.dumps = lambda header: '{{'; return {}, b'', b'', b''",
    "boasts-of-4-gb": "child.write_frame = lambda out, part: (out.write(b'\\xff' * 999), "
    "out.flush(), time.sleep(999)); return {}, b'', b'', b''",
}
PATIENCE = 1.5
KNOWN = {"PATH", "PYTHONPATH", "OPENBLAS_NUM_THREADS", "LC_CTYPE"}


@pytest.mark.parametrize("name", ENDINGS)
def test_e22_a_decoder_that_goes_wrong_is_replaced(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with turned_evil(monkeypatch, ENDINGS[name], PATIENCE) as one:
        began = time.monotonic()
        with pytest.raises(DecodingFailed) as failed:
            one.decode(b"evil")
        assert failed.value.code == "decoding_failed"
        waited_for = name in {"hangs", "spins"}
        assert (time.monotonic() - began >= PATIENCE) == waited_for
        assert one.decode(GOOD).width == 4


def test_e22_processor_time_is_limited_by_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """However patient the platform is; sleep does not count."""
    evil = "child.CPU_SECONDS = 1; child.limit_processor_time()\n    while True: pass"
    with turned_evil(monkeypatch, evil, 60) as one, pytest.raises(DecodingFailed):
        one.decode(b"evil")


def test_e22_what_a_decoder_that_was_taken_over_cannot_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It sees no secret of the platform's, and what it writes to a file or sends goes nowhere."""
    monkeypatch.setenv("CONCORD_SECRET_KEY", "hunter2")
    canary = Canary()
    lines = [
        f"code = 'e' if os.environ.keys() - {KNOWN} else ''",
        "try:",
        f"    with open({str(tmp_path / 'x')!r}, 'wb', 0) as file: file.write(b'x'); code += 'w'",
        "except OSError: pass",
        "try:",
        f"    socket.create_connection(('127.0.0.1', {canary.port}), 1); code += 'c'",
        "except OSError: pass",
        "print('what a library prints is no frame')",
        "return {'code': code or 'nothing', 'reason': ''}, b'', b'', b''",
    ]
    evil = "\n    ".join(lines)
    with turned_evil(monkeypatch, evil, 10) as one, pytest.raises(DecodingFailed) as told:
        one.decode(b"evil")
    canary.stop()
    alone = "c" not in told.value.code  # where the kernel lets it leave the network
    assert told.value.code == ("nothing" if alone else "c")
    assert canary.visits == (0 if alone else 1)
