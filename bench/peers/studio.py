"""Label Studio at the same work, in its fair form: on PostgreSQL, two processes of four threads.

It comes from an environment of its own that has label-studio, gunicorn and psycopg2-binary.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection

from bench.annotators import Timings, drawn
from bench.datasets import HEIGHT, WIDTH
from bench.instance import free_port, running, wait_for
from concord.services.process import Child

FILL = Path(__file__).with_name("studio_fill.py")
PROCESSES, THREADS = 2, 4


@dataclass(frozen=True, slots=True)
class LabelStudio:
    """A running one with one project."""

    port: int
    project: int
    tokens: list[str]

    def come(self) -> list[Callable[[], AbstractContextManager[PeerAnnotator]]]:
        """How each of its people comes to work."""
        return [partial(_annotator, self.port, self.project, token) for token in self.tokens]


class PeerAnnotator:
    """One person on one connection that is kept open, as the page of Label Studio works."""

    def __init__(self, connection: http.client.HTTPConnection, project: int, token: str) -> None:
        self._connection = connection
        self._next = f"/api/projects/{project}/next"
        self._headers = {"Authorization": f"Token {token}", "Content-Type": "application/json"}
        self._hand = random.Random(token)
        self.timings = Timings()

    def cycle(self) -> None:
        began = time.perf_counter()
        task = self._ask("GET", self._next)
        claimed = time.perf_counter()
        result = [_region(box) for box in drawn(self._hand)]
        self._ask("POST", f"/api/tasks/{task['id']}/annotations/", {"result": result})
        self.timings.claims.append(claimed - began)
        self.timings.submits.append(time.perf_counter() - claimed)

    def _ask(self, verb: str, path: str, body: Any = None) -> dict[str, Any]:
        sent = None if body is None else json.dumps(body)
        self._connection.request(verb, path, sent, self._headers)
        response = self._connection.getresponse()
        data = response.read()
        if response.status not in (http.HTTPStatus.OK, http.HTTPStatus.CREATED):
            raise RuntimeError(f"{path} answered {response.status}: {data[:500]!r}")
        reply: dict[str, Any] = json.loads(data)
        return reply


@contextmanager
def running_peer(home: Path, *, people: int, tasks: int) -> Iterator[LabelStudio]:
    """The one in `home`, with a project of so many tasks, on a database beside our own."""
    folder = Path(tempfile.mkdtemp(prefix="concord-peer-"))
    name = f"peer_{tasks}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        variables = _variables(home, database=name, folder=folder)
        made = _fill(home, variables, people=people, tasks=tasks)
        port = free_port()
        with running(_server(home, variables, folder, port)) as child:
            wait_for(child, lambda: _is_up(port))
            yield LabelStudio(port, made["project"], made["tokens"])
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
        shutil.rmtree(folder, ignore_errors=True)


def _variables(home: Path, *, database: str, folder: Path) -> dict[str, str]:
    """The environment of its processes; they tell nobody of themselves."""
    (sources,) = home.glob("lib/python*/site-packages/label_studio")
    settings = connection.get_connection_params()
    return {
        "PATH": os.defpath,
        "HOME": str(folder),
        "PYTHONPATH": str(sources),
        "DJANGO_SETTINGS_MODULE": "core.settings.label_studio",
        "DJANGO_DB": "default",
        "POSTGRE_NAME": database,
        "POSTGRE_USER": settings["user"],
        "POSTGRE_PASSWORD": settings.get("password", ""),
        "POSTGRE_HOST": settings["host"],
        "POSTGRE_PORT": str(settings.get("port") or 5432),
        "LABEL_STUDIO_BASE_DATA_DIR": str(folder),
        "COLLECT_ANALYTICS": "0",
        "LATEST_VERSION_CHECK": "0",
        "DEBUG": "0",
    }


def _fill(home: Path, variables: dict[str, str], *, people: int, tasks: int) -> dict[str, Any]:
    argv = [str(home / "bin" / "python"), str(FILL), str(people), str(tasks)]
    done = subprocess.run(argv, env=variables, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"Label Studio could not be filled:\n{done.stderr[-2000:]}")
    made: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return made


def _server(home: Path, variables: dict[str, str], folder: Path, port: int) -> Child:
    options = ["-w", str(PROCESSES), "--threads", str(THREADS), "-b", f"127.0.0.1:{port}"]
    return Child(
        name="label-studio",
        argv=[home / "bin" / "gunicorn", "label_studio.core.wsgi", *options],
        log=folder / "server.log",
        variables=variables,
        folder=folder,
    )


def _is_up(port: int) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as door:
        try:
            door.request("GET", "/health")
            return door.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False


@contextmanager
def _annotator(port: int, project: int, token: str) -> Iterator[PeerAnnotator]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as door:
        door.connect()
        yield PeerAnnotator(door, project, token)


def _region(box: dict[str, Any]) -> dict[str, Any]:
    """A box as it writes one: per cent of the image."""
    value = {
        "x": box["x"] / WIDTH * 100,
        "y": box["y"] / HEIGHT * 100,
        "width": box["width"] / WIDTH * 100,
        "height": box["height"] / HEIGHT * 100,
        "rotation": 0,
        "rectanglelabels": [box["label"]],
    }
    return {
        "type": "rectanglelabels",
        "from_name": "label",
        "to_name": "image",
        "original_width": WIDTH,
        "original_height": HEIGHT,
        "value": value,
    }
