"""`concord up`: one foreground process that runs a whole instance.

    PostgreSQL, Valkey -> migrations -> web, worker, scheduler -> the demo

A child that ends by itself is started again. Ctrl-C or SIGTERM stops all in the reverse order; a
second one kills what is left. When the supervisor itself is killed, the kernel stops its children,
and the next start waits for the last of them.
"""

import contextlib
import errno
import http.client
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from django.core.exceptions import ImproperlyConfigured

from concord.services import outside, programs
from concord.services.environment import RUNNING, Environment, data_dir
from concord.services.folder import held_data_folder
from concord.services.postgres import Postgres
from concord.services.process import CannotStart, Child
from concord.services.valkey import Valkey
from concord.services.watch import Watched

ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where to reach them from here


def up() -> int:
    """Run the instance that the environment describes until told to stop; the exit code."""
    _stop_on_signals()
    folder = data_dir()
    try:
        with held_data_folder(folder) as lock:
            host, port = _checked_settings()
            with _listening_socket(host, port) as listener:
                Instance(folder=folder, lock=lock, listener=listener).run()
    except CannotStart as refusal:
        say(f"Concord does not start. {refusal}")
        return 1
    except KeyboardInterrupt:
        pass
    return 0


def say(line: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {line}\n")


class Instance:
    """All processes of one instance, in the order in which they were started."""

    def __init__(self, *, folder: Path, lock: int, listener: socket.socket) -> None:
        from concord import settings  # noqa: PLC0415 - `up` explains what is wrong with them

        self._settings = settings
        self._folder = folder
        self._lock = lock
        self._listener = listener
        self._watched: list[Watched] = []

    def run(self) -> None:
        try:
            environment = self._start_services()
            self._prepare(environment)
            self._start_programs(environment)
            self._watch(until=self._is_ready)
            say(f"Concord is ready: {self._settings.PUBLIC_URL}")
            self._welcome(environment)
            self._watch(until=lambda: False)
        finally:
            self._stop()

    def _start_services(self) -> Environment:
        (self._folder / "logs").mkdir(exist_ok=True)
        database_url = os.environ.get("DATABASE_URL", "")
        broker_url = os.environ.get("CELERY_BROKER_URL", "")
        if database_url:
            outside.check_database(database_url)
        if broker_url:
            outside.check_broker(broker_url)
        if not database_url:
            postgres = Postgres(data_dir=self._folder, lock=self._lock)
            if postgres.home.parent != self._folder:
                say(f"The database lies in {postgres.home}: PostgreSQL cannot enter {self._folder}")
            self._keep(postgres.child, start=postgres.start, again=postgres.restart)
            database_url = postgres.url
        if not broker_url:
            valkey = Valkey(data_dir=self._folder, lock=self._lock)
            self._keep(valkey.child, start=valkey.start)
            broker_url = valkey.url
        return Environment(self._folder, database_url, broker_url)

    def _prepare(self, environment: Environment) -> None:
        say("Bringing the database to this version")
        migration = programs.django_command(
            environment, "migrate", "--no-input", name="prepare", lock=self._lock
        )
        if not migration.run():
            raise CannotStart(f"The database could not be prepared:\n{migration.last_words()}")
        running = self._folder / RUNNING
        running.touch(mode=0o600)
        running.write_text(json.dumps(environment.settings()))

    def _start_programs(self, environment: Environment) -> None:
        say("Starting web, worker and scheduler")
        listener = self._listener.fileno()
        for child in (
            programs.web(environment, lock=self._lock, listener=listener),
            programs.worker(environment, lock=self._lock),
            programs.scheduler(environment, lock=self._lock),
        ):
            self._keep(child, start=child.start)

    def _keep(
        self, child: Child, *, start: Callable[[], None], again: Callable[[], None] | None = None
    ) -> None:
        self._watched.append(Watched(child=child, start=again or start, say=say))
        start()

    def _watch(self, *, until: Callable[[], bool]) -> None:
        while not until():
            for watched in self._watched:
                watched.look(now=time.monotonic())
            time.sleep(0.2)

    def _is_ready(self) -> bool:
        host, port = self._listener.getsockname()[:2]
        connection = http.client.HTTPConnection(ANY_ADDRESS.get(host, host), port, timeout=2)
        with contextlib.closing(connection):
            try:
                connection.request("GET", "/readyz", headers={"Host": "localhost"})
                return connection.getresponse().status == http.HTTPStatus.OK
            except (OSError, http.client.HTTPException):
                return False

    def _welcome(self, environment: Environment) -> None:
        """Fill a first instance with the demo, or say how its first account is made."""
        demo = self._settings.DEMO
        command = programs.django_command(
            environment, "seed_demo" if demo else "first_run_link", name="demo", lock=self._lock
        )
        command.start()
        try:
            self._watch(until=lambda: not command.is_alive())
        finally:
            command.kill()
        if demo and command.has_failed():
            say(f"The demo could not be made:\n{command.last_words()}")
        elif demo:
            self._show_demo_accounts()
        elif not command.has_failed():  # it fails where there are accounts already
            say(f"Create the first account: {command.last_words(lines=1).strip()}")

    def _show_demo_accounts(self) -> None:
        with contextlib.suppress(FileNotFoundError):
            for account in json.loads((self._folder / "demo.json").read_text()):
                say(f"Log in as {account['email']} with {account['password']} ({account['role']})")

    def _stop(self) -> None:
        if any(watched.child.is_alive() for watched in self._watched):
            say("Stopping")
        (self._folder / RUNNING).unlink(missing_ok=True)
        children = {watched.child.name: watched.child for watched in self._watched}
        services = [children.pop(name) for name in ("valkey", "postgres") if name in children]
        try:
            _stop_together(list(children.values()))
            for child in services:
                _stop_together([child])
        finally:
            for child in (*children.values(), *services):
                child.kill()


def _stop_together(children: list[Child]) -> None:
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + programs.PATIENCE + 2
    for child in children:
        if not child.wait_or_kill(deadline=deadline):
            say(f"{child.name} did not stop in time and was killed")


def _stop_on_signals() -> None:
    """The first signal stops in order; one that comes later than a second after it, at once.

    Within that second it is the same Ctrl-C again: both the terminal and make pass it on.
    """
    last = -1.0

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        nonlocal last
        if (now := time.monotonic()) - last > 1.0:
            last = now
            raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)


def _checked_settings() -> tuple[str, int]:
    """Read the settings once, so that what is wrong with them is said here, in one sentence."""
    try:
        from concord import settings  # noqa: PLC0415 (reading them is the check)
    except ImproperlyConfigured as error:
        raise CannotStart(str(error)) from error
    return settings.HOST, settings.PORT


def _listening_socket(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except (OSError, OverflowError) as error:
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            raise CannotStart(
                f"Port {port} on {host} is taken by another program. Stop that one, or choose "
                f"another port: PORT={port + 1} make run"
            ) from error
        raise CannotStart(f"Cannot listen on {host}, port {port}: {error}.") from error
