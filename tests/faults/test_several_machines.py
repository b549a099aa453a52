"""Images are brought in by two machines at once; one loses its cable half-way and gets it back.

The machines are network namespaces (`tests/servers/machines.py`), and run what `compose.yaml` runs.
Behind the addresses of database, bucket and images are doors to those of the test run.
"""

from __future__ import annotations

import socket
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import psycopg
import pytest

from tests.faults import judge
from tests.servers.databases import Template
from tests.servers.deployed import Deployment
from tests.servers.images import ImageServer
from tests.servers.machines import Machines, why_no_machines
from tests.servers.s3 import S3Server

EMAIL, PASSWORD = "ada@example.org", "correct horse battery"
ROWS, NEW_ROWS = 60, 24
WORKERS = {"fetcher-0": "north", "fetcher-1": "south"}
PLACES = {"broker": "broker", "web-0": "web", "worker-0": "web", "scheduler-0": "web", **WORKERS}
NAMES = ("database", "bucket", "images", "broker", "web", "north", "south")
DATABASE_PORT = 5432

# As if the machine that fell silent had been silent for so long that its work is given to others:
# what is alive says so every five seconds.
TIME_GOES_BY = """
WITH silent AS (
    UPDATE concord_job SET heartbeat_at = heartbeat_at - interval '20 s'
     WHERE state = 'running' AND heartbeat_at < now() - interval '8 s' RETURNING id),
left_lying AS (
    UPDATE imports_importrow SET claimed_until = now()
     WHERE state = 'fetching' AND claimed_until < now() + interval '12 s' RETURNING id)
SELECT (SELECT count(*) FROM silent), (SELECT count(*) FROM left_lying)
"""
ENDED = ("job.stopped", "job.crashed", " succeeded in ")
"""What a worker says when its attempt at a job is over: it was taken from it, or lost what it
worked with."""

pytestmark = pytest.mark.timeout(900)

TWICE = "SELECT image_id FROM imports_importrow GROUP BY image_id HAVING count(*) > 1"


class Spread(Deployment):
    """A deployment of which each process runs on the machine that PLACES names; nginx is here."""

    replicas = {"web": 1, "worker": 1, "fetcher": 2, "scheduler": 1}
    web_host = "0.0.0.0"

    def __init__(self, machines: Machines, folder: Path, **given: Any) -> None:
        self._machines = machines
        super().__init__(folder, broker_at=machines.addresses["broker"], **given)

    def inside(self, name: str) -> list[str]:
        return self._machines.inside(PLACES[name]) if name in PLACES else []


@dataclass(frozen=True)
class World:
    """Everything that runs; `fetched` counts connections to the images by machine."""

    machines: Machines
    deployed: Spread
    fetched: Counter[str]
    database: psycopg.Connection[Any]
    store: str
    images: str

    def fetched_by(self, name: str) -> int:
        return self.fetched[self.machines.addresses[name]]


@pytest.fixture
def machines() -> Iterator[Machines]:
    if reason := why_no_machines():
        pytest.skip(reason)
    made = Machines(NAMES)
    yield made
    made.close()


@pytest.fixture
def world(
    machines: Machines, template: Template | None, s3: S3Server, image_server: ImageServer,
    tmp_path: Path,
) -> Iterator[World]:  # fmt: skip
    if template is None:
        pytest.skip("the database of this run is not its own, so no other can be made beside it")
    own, at = template.copy(), machines.addresses
    port = int(s3.endpoint.rpartition(":")[2])
    machines.door(machines.listen("database", DATABASE_PORT), lambda: _by_file(own))
    machines.door(machines.listen("bucket", port), lambda: _here(port))
    listening = machines.listen("images", image_server.port)
    fetched = machines.door(listening, lambda: _here(image_server.port))
    deployed = Spread(
        machines,
        tmp_path,
        database=f"postgresql://concord@{at['database']}:{DATABASE_PORT}{urlsplit(own).path}",
        s3=replace(s3, endpoint=f"http://{at['bucket']}:{port}"),
        allow=f"{at['images']}/32:{image_server.port}",
    )
    (web_port,) = deployed.web_ports
    machines.door(
        socket.create_server(("127.0.0.1", web_port)),
        lambda: machines.connect("web", (at["web"], web_port)),
    )
    keys = f"{s3.access_key}:{s3.secret_key}@127.0.0.1:{port}"
    with closing(psycopg.connect(own, autocommit=True)) as database:
        try:
            deployed.start(admin=EMAIL, password=PASSWORD)
            yield World(
                machines, deployed, fetched, database,
                store=f"s3://{keys}/{s3.bucket}/files?tls=0",
                images=f"http://{at['images']}:{image_server.port}",
            )  # fmt: skip
        finally:
            deployed.kill()


def test_a_machine_without_its_cable_loses_nothing_and_doubles_nothing(world: World) -> None:
    with closing(_logged_in(world.deployed.address)) as ada:
        _post(
            ada, "/api/datasets/", {"name": "Signs", "interface": "image_manual", "labels": ["a"]}
        )
        begun = _bring(world, ada, range(ROWS))
        world.deployed.wait(lambda: all(world.fetched_by(name) > 2 for name in WORKERS.values()))
        world.machines.unplug("north")
        world.deployed.wait(lambda: all(world.database.execute(TIME_GOES_BY).fetchone() or ()))
        world.deployed.wait(partial(_is_done, ada, begun))
        assert _counted(world) == (ROWS, ROWS, ROWS)

        world.machines.plug_in("north")
        north = world.deployed.folder / "fetcher-0.log"
        world.deployed.wait(lambda: any(word in north.read_text() for word in ENDED))
        _expect_all_is_well(world, rows=ROWS)

        _expect_all_is_well(world, rows=_bring_until_north_takes_part(world, ada))


def _bring_until_north_takes_part(world: World, ada: httpx.Client) -> int:
    """How many rows there are then. Its worker finds the broker again some seconds after the cable
    is back, and the other machine is fast."""
    rows, before = ROWS, world.fetched_by("north")
    while world.fetched_by("north") == before:
        begun = _bring(world, ada, range(rows, rows + NEW_ROWS))
        rows += NEW_ROWS
        assert rows < ROWS + 40 * NEW_ROWS, world.deployed.logs()
        world.deployed.wait(partial(_is_done, ada, begun))
    return rows


def _bring(world: World, ada: httpx.Client, numbers: range) -> str:
    """Order the import of these images; where it says how far it is."""
    urls = [f"{world.images}/slow?ms=700&n={n}" for n in numbers]
    return f"/api/imports/{_post(ada, '/api/datasets/signs/imports/', {'urls': urls})['id']}/"


def _is_done(ada: httpx.Client, path: str) -> bool:
    return bool(ada.get(path).json()["state"] == "done")


def _expect_all_is_well(world: World, *, rows: int) -> None:
    """All that was ordered is done, and nothing is lost or there twice."""
    world.deployed.wait(lambda: not judge.at_work(world.database))
    assert judge.violations(world.database, []) == {}
    assert judge.missing_files(world.database, world.store, "signs") == []
    assert _counted(world) == (rows, rows, rows)
    assert world.database.execute(TWICE).fetchall() == []


def _counted(world: World) -> tuple[int, int, int]:
    """Rows that are done, images and tasks."""
    row = world.database.execute(
        "SELECT (SELECT count(*) FROM imports_importrow WHERE state = 'done'),"
        " (SELECT count(*) FROM datasets_image), (SELECT count(*) FROM tasks_task)"
    ).fetchone()
    assert row is not None
    return row[0], row[1], row[2]


def _logged_in(address: str) -> httpx.Client:
    client = httpx.Client(base_url=address, verify=False, timeout=30)
    client.get("/login")
    client.headers["Origin"] = address
    reply = _send(client, "/_allauth/browser/v1/auth/login", {"email": EMAIL, "password": PASSWORD})
    assert reply.status_code == 200, reply.text
    return client


def _post(client: httpx.Client, path: str, body: Any) -> Any:
    reply = _send(client, path, body)
    assert reply.is_success, reply.text
    return reply.json()


def _send(client: httpx.Client, path: str, body: Any) -> httpx.Response:
    headers = {
        "X-CSRFToken": client.cookies["__Host-concord-csrf"],
        "Idempotency-Key": str(uuid.uuid4()),
    }
    return client.post(path, json=body, headers=headers)


def _here(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port))


def _by_file(address: str) -> socket.socket:
    """A connection to the run's own PostgreSQL, which listens at a file alone."""
    (folder,) = parse_qs(urlsplit(address).query)["host"]
    made = socket.socket(socket.AF_UNIX)
    made.connect(f"{folder}/.s.PGSQL.5432")
    return made
