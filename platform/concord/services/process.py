"""One child process: started through the shim, logged to its own file, stopped in order."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

SHIM = Path(__file__).with_name("shim.py")
LOG_LIMIT = 10 * 1024 * 1024


class CannotStart(Exception):
    """Why Concord does not start, in sentences for whoever tried to start it."""


class Account(NamedTuple):
    """The account a child runs as, where that is not the caller's own."""

    uid: int
    gid: int


class Child:
    """A program that runs in the foreground under the supervisor.

    It gets a session of its own, so that Ctrl-C in a terminal reaches the supervisor alone and the
    children stop in order. When the supervisor is killed, the kernel sends it `orphaned_with`,
    by default `stop_with`.
    """

    def __init__(  # noqa: PLR0913 - a process has that many sides
        self,
        *,
        name: str,
        argv: Sequence[str | Path],
        log: Path,
        variables: Mapping[str, str],
        folder: Path,
        account: Account | None = None,
        stop_with: signal.Signals = signal.SIGTERM,
        orphaned_with: signal.Signals | None = None,
        inherited: Sequence[int] = (),
    ) -> None:
        self.name = name
        self.log = log
        self._argv = [str(part) for part in argv]
        self._variables = dict(variables)
        self._folder = folder
        self._account = account or Account(-1, -1)
        self._stop_with = stop_with
        self._orphaned_with = orphaned_with or stop_with
        self._inherited = tuple(inherited)
        self._process: subprocess.Popen[bytes] | None = None
        self._log_offset = 0

    def start(self) -> None:
        with _open_log(self.log) as log:
            self._log_offset = log.tell()
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-I", "-S", str(SHIM), str(os.getpid())),
                    *(
                        str(self._account.uid),
                        str(self._account.gid),
                        str(int(self._orphaned_with)),
                    ),
                    *self._argv,
                ],
                cwd=self._folder,
                env=self._variables,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=self._inherited,
            )

    def run(self) -> bool:
        """Start it, wait for its end, and say whether it went well."""
        self.start()
        try:
            return self._started().wait() == 0
        finally:
            self.kill()

    @property
    def pid(self) -> int:
        return self._started().pid

    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def has_failed(self) -> bool:
        return not self.is_alive() and self._started().returncode != 0

    def how_it_ended(self) -> str:
        code = self._started().returncode
        if code is not None and code < 0:
            return f"killed by {signal.Signals(-code).name}"
        return f"exit code {code}"

    def last_words(self, *, lines: int = 8) -> str:
        """The end of what it wrote since it was last started."""
        with contextlib.suppress(OSError), self.log.open("rb") as log:
            log.seek(self._log_offset)
            written = log.read()[-20_000:].decode(errors="replace")
            return "\n".join(f"  {line}" for line in written.splitlines()[-lines:])
        return ""

    def ask_to_stop(self) -> None:
        if self.is_alive():
            self._started().send_signal(self._stop_with)

    def wait_or_kill(self, *, deadline: float) -> bool:
        """Wait until `deadline` (time.monotonic); True if it stopped by itself."""
        if self._process is None:
            return True
        try:
            self._process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.kill()
            return False
        return True

    def kill(self) -> None:
        """Kill it with everything it started."""
        if self.is_alive():
            os.killpg(self.pid, signal.SIGKILL)
            self._started().wait()

    def _started(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, f"{self.name} was never started"
        return self._process


def stop(child: Child, *, patience: float) -> bool:
    """Ask one child to stop and kill it after `patience` seconds; True if it stopped by itself."""
    child.ask_to_stop()
    return child.wait_or_kill(deadline=time.monotonic() + patience)


def _open_log(path: Path) -> BinaryIO:
    """Append to the log; a start that finds it grown past the limit begins a new one."""
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_suffix(".log.1"))
    log = path.open("ab")
    log.seek(0, os.SEEK_END)
    return log
