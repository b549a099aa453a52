"""Concord as compose.yaml and nginx.conf run it on a server, from their own commands and settings:
they cannot drift from what works. One deployment is used by all tests, in the order of the file."""

import json
import resource
import socket
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest

from tests.attacks.raw_requests import AMBIGUOUS, answers_to, connect
from tests.servers.databases import Template
from tests.servers.deployed import METRICS_TOKEN, Deployment
from tests.servers.images import ImageServer
from tests.servers.s3 import S3Server

EMAIL, PASSWORD = "ada@example.org", "correct horse battery"
IDLE = 10_000

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def images() -> Iterator[ImageServer]:
    server = ImageServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def deployed(
    template: Template | None, s3: S3Server, images: ImageServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Deployment]:  # fmt: skip
    if template is None:
        pytest.skip("the database of this run is not its own, so no other can be made beside it")
    made = Deployment(
        tmp_path_factory.mktemp("deployed"),
        database=template.copy(),
        s3=s3,
        allow=images.allowance,
    )
    try:
        made.start(admin=EMAIL, password=PASSWORD)
        yield made
    finally:
        made.kill()


@pytest.fixture(scope="module")
def ada(deployed: Deployment) -> Iterator[httpx.Client]:
    """An admin who has logged in through nginx."""
    with httpx.Client(base_url=deployed.address, verify=False, timeout=30) as client:
        client.get("/login")
        client.headers["Origin"] = deployed.address
        reply = post(
            client, "/_allauth/browser/v1/auth/login", {"email": EMAIL, "password": PASSWORD}
        )
        assert reply.status_code == 200, reply.text
        yield client


def post(client: httpx.Client, path: str, body: dict[str, Any]) -> httpx.Response:
    headers = {
        "X-CSRFToken": client.cookies["__Host-concord-csrf"],
        "Idempotency-Key": str(uuid.uuid4()),
    }
    return client.post(path, json=body, headers=headers)


def test_who_logs_in_has_a_cookie_that_only_this_host_gets(ada: httpx.Client) -> None:
    assert {"__Host-concord-session", "__Host-concord-csrf"} <= ada.cookies.keys()
    assert ada.get("/api/me/").json()["email"] == EMAIL


def test_pages_have_their_headers_and_plain_http_is_left(
    deployed: Deployment, ada: httpx.Client
) -> None:
    page = ada.get("/login", headers={"X-Forwarded-Proto": "http", "X-Forwarded-For": "9.9.9.9"})
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"
    assert "nginx/" not in page.headers["Server"]


def test_both_workers_bring_images_in(
    deployed: Deployment, ada: httpx.Client, images: ImageServer
) -> None:
    """One reads the list, the other fetches what it names."""
    body = {"name": "Signs", "interface": "image_manual", "labels": ["stop"]}
    assert post(ada, "/api/datasets/", body).status_code == 201
    begun = post(ada, "/api/datasets/signs/imports/", {"urls": [images.url("/ok/1.jpg")]})
    path = f"/api/imports/{begun.json()['id']}/"
    deployed.wait(lambda: ada.get(path).json()["state"] == "done")
    for child in deployed.processes:
        if child.name in {"worker-0", "fetcher-0"}:
            assert "Task concord.jobs.run" in child.log.read_text()


def test_an_image_comes_from_the_bucket_by_nginx_to_members_alone(
    deployed: Deployment, ada: httpx.Client
) -> None:
    leased = post(ada, "/api/datasets/signs/next/", {"count": 1}).json()
    address = leased["tasks"][0]["images"][0]["url"]
    reply = ada.get(address)
    assert (reply.status_code, reply.headers["Content-Type"]) == (200, "image/jpeg")
    assert reply.content.startswith(b"\xff\xd8")
    for name, value in {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, max-age=31536000, immutable",
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    }.items():
        assert reply.headers.get_list(name) == [value]
    assert not [name for name in reply.headers if name.startswith(("x-amz", "x-accel"))]
    part = ada.get(address, headers={"Range": "bytes=0-9", "If-Range": reply.headers["ETag"]})
    assert ada.get(address, headers={"If-None-Match": reply.headers["ETag"]}).status_code == 304
    assert ada.head(address).headers["Content-Length"] == str(len(reply.content))
    assert (part.status_code, part.content) == (206, reply.content[:10])
    assert httpx.get(f"{deployed.address}{address}", verify=False).status_code == 401


@pytest.mark.parametrize(
    "path", ["/_files/photos/ready", "/_files../etc/passwd", "/static../settings.py", "/metrics"]
)
def test_no_address_leads_to_what_is_kept_inside(ada: httpx.Client, path: str) -> None:
    reply = ada.get(path)
    assert not reply.is_redirect
    assert not {"root:", "SECRET_KEY", "concord_jobs"} & set(reply.text.split())
    assert reply.status_code == 404 or reply.text == ada.get("/login").text


def test_a_scrape_tells_of_all_processes_of_a_web_server(deployed: Deployment) -> None:
    address = f"http://127.0.0.1:{deployed.web_ports[0]}"
    seen = 'concord_request_seconds_count{method="GET",route="healthz",status="2xx"} '
    bearer = {"Authorization": f"Bearer {METRICS_TOKEN}", "Host": "172.18.0.5:8000"}

    def count() -> float:
        text = httpx.get(f"{address}/metrics", headers=bearer, timeout=30).text
        assert "concord_broker_up 1.0" in text
        return sum(float(line[len(seen) :]) for line in text.splitlines() if line.startswith(seen))

    before = count()
    for _ in range(12):
        assert httpx.get(f"{address}/healthz").is_success
    assert [count() for _ in range(4)] == [before + 12] * 4
    assert httpx.get(f"{address}/metrics").status_code == 404


def test_a_backup_of_database_and_bucket_makes_another_instance(
    deployed: Deployment, s3: S3Server, template: Template, tmp_path: Path
) -> None:
    deployed.run_by_hand("backup", tmp_path)
    keys = f"{s3.access_key}:{s3.secret_key}@{s3.endpoint.removeprefix('http://')}"
    elsewhere = {
        "DATABASE_URL": template.empty(),
        "CONCORD_STORAGE_URL": f"s3://{keys}/{s3.bucket}/elsewhere?tls=0",
    }
    deployed.run_by_hand("restore", tmp_path, **elsewhere)
    with psycopg.connect(elsewhere["DATABASE_URL"]) as database:
        found = database.execute("SELECT sha256, rendition_sha256 FROM datasets_blob").fetchall()
    listed = s3.client.list_objects_v2(Bucket=s3.bucket, Prefix="elsewhere/")["Contents"]
    kept = {f"elsewhere/{name}" for row in found for name in row}
    assert kept
    assert kept <= {one["Key"] for one in listed}


def test_each_web_server_writes_down_what_it_was_asked(deployed: Deployment) -> None:
    for child in deployed.processes[:2]:
        lines = [json.loads(line) for line in child.log.read_text().splitlines() if line[0] == "{"]
        asked = [line for line in lines if line["event"] == "request"]
        assert {"route", "method", "status", "ms", "user", "request_id"} <= asked[0].keys()
        assert PASSWORD not in str(lines)


@pytest.mark.parametrize("what", AMBIGUOUS)
def test_j7_a_request_with_two_ends_is_no_request(deployed: Deployment, what: str) -> None:
    """Nginx refuses it whole. Of what should slip through, the web server behind it may answer the
    first, and never what lies in its body."""
    first, *others = answers_to(deployed.address, AMBIGUOUS[what])
    assert 400 <= first <= 501
    assert others == []
    address = f"http://127.0.0.1:{deployed.web_ports[0]}"
    assert set(answers_to(address, AMBIGUOUS[what])[1:]) <= {400}


def test_j8_who_sends_slowly_or_nothing_keeps_nobody_waiting(
    deployed: Deployment, ada: httpx.Client
) -> None:
    """Thirty of each kind: nearly twice as many as both web servers have threads."""
    begun = b"POST /api/auth/token/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    with ExitStack() as held:
        for sent in (b"", begun, begun + b"Content-Length: 1000\r\n\r\n{"):
            for _ in range(30):
                held.enter_context(connect(deployed.address)).sendall(sent)
        for _ in range(20):
            assert ada.get("/api/me/").status_code == 200


def test_j8_ten_thousand_who_say_nothing_keep_nobody_out(
    deployed: Deployment, ada: httpx.Client
) -> None:
    """Beyond what nginx may hold, it closes those that have said nothing."""
    soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most < IDLE + 1_000:
        pytest.skip(f"a process may open {most} files here, and this needs {IDLE + 1_000}")
    place = urlsplit(deployed.address)
    with ExitStack() as held:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        held.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, most))
        for _ in range(IDLE):
            peer = socket.create_connection((place.hostname or "", place.port or 0), timeout=30)
            held.enter_context(peer)
        for _ in range(20):
            assert ada.get("/api/me/").status_code == 200
            assert httpx.get(f"{deployed.address}/healthz", verify=False).status_code == 200


def test_a_stop_lets_each_finish_and_leaves_nobody(deployed: Deployment) -> None:
    order = [deployed.nginx, *deployed.processes]
    for child in order:
        child.ask_to_stop()
    deadline = time.monotonic() + 30
    assert [child.name for child in order if not child.wait_or_kill(deadline=deadline)] == []
    assert {child.name: child.how_it_ended() for child in order} == {
        child.name: "exit code 0" for child in order
    }, deployed.logs()
