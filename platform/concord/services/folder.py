"""The data folder: who may use it, and where in it things lie."""

import contextlib
import fcntl
import hashlib
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from concord.services.process import Account, CannotStart

# A socket's address holds 108 bytes with its closing NUL, 104 on macOS.
LONGEST_SOCKET_FOLDER = 103 - len("/.s.PGSQL.5432")


@contextlib.contextmanager
def held_data_folder(path: Path, *, patience: float = 30.0) -> Iterator[int]:
    """Make the folder and hold it; yields a descriptor that every child has to inherit.

    Two locks, both released by the kernel with their last holder, so that nothing stale can stay
    behind: `supervisor.lock` is held by the supervisor alone and tells a second instance that this
    one runs; `children.lock` is held by all it started, and outlives a killed supervisor for as
    long as one of them is still writing.
    """
    make_folder(path)
    with _open_lock(path / "supervisor.lock") as own, _open_lock(path / "children.lock") as shared:
        if not _try_lock(own):
            pid = os.pread(own, 20, 0).decode(errors="replace").strip()
            raise CannotStart(
                f"Concord already runs in {path} (process {pid}). Stop it first, or set "
                "CONCORD_DATA_DIR to another folder and PORT to another port."
            )
        os.ftruncate(own, 0)
        os.pwrite(own, str(os.getpid()).encode(), 0)
        deadline = time.monotonic() + patience
        while not _try_lock(shared):
            if time.monotonic() > deadline:
                raise CannotStart(
                    f"Processes of an earlier run still use {path} after {patience:.0f} seconds. "
                    "End them (postgres, valkey-server, gunicorn, celery) and start again."
                )
            time.sleep(0.1)
        yield shared


def make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotStart(
            f"The data folder {path} cannot be made: {error.strerror}. Set CONCORD_DATA_DIR."
        ) from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise CannotStart(f"The data folder {path} is not writable. Set CONCORD_DATA_DIR.")


def is_reachable(path: Path, account: Account | None) -> bool:
    """Whether the account may step into this folder (group membership does not count)."""
    if account is None:
        return True
    return all(_may_enter(folder.stat(), account) for folder in (path, *path.parents))


def socket_folder(preferred: Path, account: Account | None) -> Path:
    """A private folder for a unix socket: the preferred one, or one in /tmp.

    The preferred one is out of the question when its name is too long for a socket's address, or
    has a comma, which PostgreSQL's client takes for a list of hosts.
    """
    folder = preferred
    if len(os.fsencode(preferred)) > LONGEST_SOCKET_FOLDER or "," in str(preferred):
        # A known name in a public place is safe: `make_private` refuses a folder of somebody else.
        folder = Path("/tmp") / f"concord-{_digest(preferred)}"  # noqa: S108 (see above)
    make_private(folder, account)
    return folder


def make_private(folder: Path, account: Account | None) -> None:
    """Make a folder that its owner alone may enter, or make sure that the present one is such."""
    owner = account.uid if account else os.geteuid()
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        if account:
            os.chown(folder, *account)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
        raise CannotStart(
            f"{folder} belongs to another account (number {found.st_uid}). Start Concord as that "
            "account, or set CONCORD_DATA_DIR to a folder of your own."
        )
    if stat.S_IMODE(found.st_mode) != 0o700:
        folder.chmod(0o700)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _may_enter(found: os.stat_result, account: Account) -> bool:
    if found.st_uid == account.uid:
        return bool(found.st_mode & stat.S_IXUSR)
    return bool(found.st_mode & stat.S_IXOTH)


@contextlib.contextmanager
def _open_lock(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
