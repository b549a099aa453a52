"""What the processes of an instance share: where it lies and how to reach its services."""

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from concord.services.folder import held_data_folder
from concord.services.postgres import Postgres
from concord.services.valkey import Valkey

SOURCES = Path(__file__).resolve().parents[2]  # the folder that holds the package `concord`
ROOT = SOURCES.parent
RUNNING = "running.json"


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings that every process of one instance has to agree on."""

    data_dir: Path
    database_url: str
    broker_url: str

    def variables(self, **more: str) -> dict[str, str]:
        """The caller's environment with this instance's settings, for a child process."""
        paths = [str(SOURCES), str(ROOT), os.environ.get("PYTHONPATH", "")]
        return {
            **os.environ,
            **self.settings(),
            "PYTHONPATH": os.pathsep.join(path for path in paths if path),
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "concord.settings",
            **more,
        }

    def settings(self) -> dict[str, str]:
        return {
            "CONCORD_DATA_DIR": str(self.data_dir),
            "DATABASE_URL": self.database_url,
            "CELERY_BROKER_URL": self.broker_url,
        }


def data_dir() -> Path:
    return Path(os.environ.get("CONCORD_DATA_DIR") or ROOT / ".data").resolve()


@contextlib.contextmanager
def running_services(data_dir: Path, *, durable: bool = True) -> Iterator[Environment]:
    """Hold the data folder and run a PostgreSQL and a Valkey in it; stops both at the end."""
    with held_data_folder(data_dir) as lock, contextlib.ExitStack() as stack:
        (data_dir / "logs").mkdir(exist_ok=True)
        postgres = Postgres(data_dir=data_dir, lock=lock, durable=durable)
        stack.callback(postgres.stop)
        postgres.start()
        valkey = Valkey(data_dir=data_dir, lock=lock)
        stack.callback(valkey.stop)
        valkey.start()
        yield Environment(data_dir, postgres.url, valkey.url)


def join_running_instance() -> None:
    """Let this process use the services of the instance that runs in the data folder, if any.

    Variables that are set already win, as does an instance with services of its own.
    """
    with contextlib.suppress(FileNotFoundError):
        for name, value in json.loads((data_dir() / RUNNING).read_text()).items():
            os.environ.setdefault(name, value)
