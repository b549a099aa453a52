"""Concord as `deploy/compose.yaml` runs it, without Docker: its commands and its settings, on a
PostgreSQL, a Valkey, an S3 server and an nginx of this machine."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from concord.services.process import Child
from concord.services.valkey import find_program
from tests.servers.compose import DEPLOY, demanded, read_compose, settings_of
from tests.servers.nginx import nginx_conf, nginx_program
from tests.servers.ports import free_ports
from tests.servers.s3 import S3Server

PATH = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
"""Programs are looked for as in the image: first among those of the packages."""

ROOT = DEPLOY.parent
PATIENCE = 150  # a generous bound for a busy machine, on which all of them start at once
METRICS_TOKEN = "a-token-for-prometheus-alone"
REPLICAS = {"web": 2, "worker": 1, "fetcher": 1, "scheduler": 1}
STARTED = {"worker": "ready.", "fetcher": "ready."}
"""What a process says once it works, where nothing can be asked of it."""


class Deployment:
    """Two web servers, a worker for each queue, and a scheduler behind nginx; the broker listens
    at an address of this machine."""

    replicas = REPLICAS
    web_host = "127.0.0.1"

    def __init__(
        self, folder: Path, *, database: str, s3: S3Server, allow: str, broker_at: str = "127.0.0.1"
    ) -> None:
        self.folder = folder
        http, https, broker, *self.web_ports = free_ports(3 + self.replicas["web"])
        self.address = f"https://127.0.0.1:{https}"
        given = dict.fromkeys(demanded(), "an0therSecret0fMine8f3a")
        keys = f"{s3.access_key}:{s3.secret_key}"
        self.variables = given | {
            "CONCORD_SECRET_KEY": "Kq3-8sVn2mXr7wTz5yBd1hGf9jLc4pAe",
            "CONCORD_PUBLIC_URL": self.address,
            "DATABASE_URL": database,
            "CELERY_BROKER_URL": f"redis://:{given['VALKEY_PASSWORD']}@{broker_at}:{broker}/0",
            "CONCORD_STORAGE_URL": f"s3://{keys}@{s3.endpoint[7:]}/{s3.bucket}/files?tls=0",
            "CONCORD_FETCH_ALLOW": allow,
            "CONCORD_METRICS_TOKEN": METRICS_TOKEN,
            "WEB_CONCURRENCY": "2",
        }
        self.services: dict[str, dict[str, Any]] = read_compose(self.variables)["services"]
        self._prepare()
        self.broker = self._child(
            "broker", self._broker_command(broker_at, broker), {"LC_ALL": "C"}
        )
        self.processes = [self._process(*one) for one in self._replicas()]
        conf = nginx_conf(
            folder / "nginx", web=self.web_ports, s3=int(s3.endpoint.rpartition(":")[2]),
            http=http, https=https,
        )  # fmt: skip
        self.nginx = self._child("nginx", [nginx_program(), "-p", folder, "-c", conf], {})

    def start(self, *, admin: str, password: str) -> None:
        """Start all, make an account by the operator's command, and wait until each works."""
        for child in (self.broker, *self.processes, self.nginx):
            child.start()
        command = ("python", "manage.py", "createuser", admin, "--password-stdin", "--admin")
        self._once("web", *command, given=f"{password}\n")
        for port in self.web_ports:
            self.wait(lambda port=port: self.is_ready(f"http://127.0.0.1:{port}"))
        for child in self.processes:
            words = STARTED.get(child.name.partition("-")[0], "")
            self.wait(lambda child=child, words=words: words in child.log.read_text())
        self.wait(lambda: self.is_ready(self.address))

    def inside(self, name: str) -> list[str]:
        """What stands before the command of a process."""
        return []

    def is_ready(self, address: str) -> bool:
        try:
            return httpx.get(f"{address}/readyz", verify=False, timeout=10).is_success
        except httpx.TransportError:
            return False

    def run_by_hand(self, service: str, folder: Path, **settings: str) -> None:
        """As `docker compose run` runs a service that has `folder` at /backups."""
        command = self.services[service]["command"]
        self._once(
            service, *(str(folder) if one == "/backups" else one for one in command), **settings
        )

    def _once(self, service: str, *command: str, given: str = "", **settings: str) -> None:
        """As `docker compose exec` runs a command."""
        subprocess.run(
            [*self.inside(f"{service}-0"), *command],
            env=self._surroundings(service) | settings,
            cwd=self.folder / "app",
            input=given,
            text=True,
            check=True,
            timeout=PATIENCE,
        )

    def wait(self, is_so: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not is_so():
            dead = [child.name for child in self.processes if not child.is_alive()]
            assert not dead and time.monotonic() < deadline, self.logs()
            time.sleep(0.05)

    def logs(self) -> str:
        logs = sorted(self.folder.glob("*.log"))
        return "\n".join(f"--- {log.name}\n{log.read_text()[-3000:]}" for log in logs)

    def kill(self) -> None:
        for child in (self.nginx, *self.processes, self.broker):
            child.kill()

    def _prepare(self) -> None:
        """A folder as /app of the image: what commands name stands in it."""
        (self.folder / "app").mkdir()
        (self.folder / "broker").mkdir()
        (self.folder / "app" / "manage.py").symlink_to(ROOT / "manage.py")

    def _broker_command(self, host: str, port: int) -> list[str | Path]:
        shipped = self.services["broker"]["command"]
        assert shipped[0] == "valkey-server"
        place = ["--port", str(port), "--bind", host, "--dir", str(self.folder / "broker")]
        return [find_program(), *shipped[1:], *place]

    def _replicas(self) -> list[tuple[str, int]]:
        return [(name, n) for name, count in self.replicas.items() for n in range(count)]

    def _process(self, service: str, n: int) -> Child:
        own = {}
        if service == "web":
            own = {"CONCORD_HOST": self.web_host, "PORT": str(self.web_ports[n])}
        variables = self._surroundings(service) | own
        return self._child(f"{service}-{n}", self.services[service]["command"], variables)

    def _child(self, name: str, argv: list[Any], variables: dict[str, str]) -> Child:
        program = shutil.which(argv[0], path=PATH) or argv[0]
        return Child(
            name=name,
            argv=[*self.inside(name), program, *argv[1:]],
            log=self.folder / f"{name}.log",
            variables=variables,
            folder=self.folder / "app",
        )

    def _surroundings(self, service: str) -> dict[str, str]:
        """What the image sets, and what compose.yaml does."""
        return {
            "PATH": PATH,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "platform"), str(ROOT)]),
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "concord.settings",
            "CONCORD_DATA_DIR": str(self.folder / "data"),
            **settings_of(self.services[service], self.variables),
        }
