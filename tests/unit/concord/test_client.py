"""The client at servers that are slow, broken, hostile or none of ours."""

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from concord.client import Client, ClientError
from concord.client.api import MAX_ANSWER, TRIES
from concord.client.forms import FileToSend
from tests.unit.concord.scripted import CUT, DATASET, IMAGES, IMPORT, Scripted, an_import, scripted

LOOK = "GET /api/datasets/street/"
TOKEN = "concord_secret"


@pytest.fixture
def server() -> Iterator[Scripted]:
    with scripted() as one:
        one.says(LOOK, (200, DATASET))
        yield one


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def client(server: Scripted, pauses: list[float]) -> Iterator[Client]:
    with Client(server.address, TOKEN, pause=pauses.append) as client:
        yield client


@pytest.fixture
def files(tmp_path: Path) -> list[FileToSend]:
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8\xff" + bytes(300_000))
    return [FileToSend(tmp_path / "a.jpg", "a.jpg", 300_003)]


def refusal_of(client: Client, name: str = "street") -> str:
    with pytest.raises(ClientError) as caught:
        client.dataset(name)
    return str(caught.value)


def test_it_needs_neither_django_nor_the_apps() -> None:
    program = "import sys, concord.client, concord.client.cli; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    tops = {name.partition(".")[0] for name in done.stdout.split()}
    assert "httpx" in tops
    assert not tops & {"django", "rest_framework", "celery", "apps", "psycopg", "numpy", "PIL"}


def test_files_are_sent_with_the_token_and_come_back_as_an_import(
    server: Scripted, client: Client, files: list[FileToSend]
) -> None:
    server.says(IMAGES, (202, an_import("running", total=1)))
    heard: list[int] = []
    made = client.dataset("street").send_files(files, key="k", on_sent=heard.append)
    assert (made.id, made.state, made.through, made.is_over) == (IMPORT, "running", 0, False)
    [sent] = server.asked(IMAGES)
    assert sent.headers["Authorization"] == f"Bearer {TOKEN}"
    assert files[0].path.read_bytes() in sent.body
    assert heard == [262_144, 300_003]
    assert client.dataset("street").url == f"{server.address}/datasets/street"


def test_what_the_network_loses_is_sent_again_under_the_same_key(
    server: Scripted, client: Client, files: list[FileToSend], pauses: list[float]
) -> None:
    busy = {"code": "idempotency_in_flight", "detail": "Not done yet."}
    full = {"code": "storage_full", "detail": "No room."}
    server.says(
        IMAGES,
        (CUT, b""),
        (409, busy, {"Retry-After": "1"}),
        (502, b"<html>a proxy"),
        (507, full, {"Retry-After": "20"}),
        (503, full, {"Retry-After": "99999999999"}),
        (202, an_import(done=1)),
    )
    assert client.dataset("street").send_files(files, key="one deed").is_over
    sent = server.asked(IMAGES)
    assert [each.key for each in sent] == ["one deed"] * 6
    data = files[0].path.read_bytes()
    assert all(data in each.body for each in sent)
    assert pauses == [1, 2, 4, 20, 30]


def test_it_gives_up_in_the_end(
    server: Scripted, client: Client, files: list[FileToSend], pauses: list[float]
) -> None:
    server.says(IMAGES, (CUT, b""))
    with pytest.raises(ClientError, match=r"cannot be reached: the connection broke\.$"):
        client.dataset("street").send_files(files, key="k")
    assert len(server.asked(IMAGES)) == TRIES
    assert pauses == [1, 2, 4, 8, 16, 30]


@pytest.mark.parametrize(
    ("status", "code"), [(401, "token_expired"), (403, "read_only_token"), (404, "not_found")]
)
def test_who_may_not_send_hears_so_before_a_byte_is_sent(
    server: Scripted, client: Client, files: list[FileToSend], status: int, code: str
) -> None:
    server.says("door", (status, {"code": code, "detail": "No."}))
    with pytest.raises(ClientError, match=r"^No\."):
        client.dataset("street").send_files(files, key="k")
    assert server.asked(IMAGES) == []


def test_a_refusal_that_stays_is_not_tried_again(
    server: Scripted, client: Client, files: list[FileToSend], pauses: list[float]
) -> None:
    server.says(IMAGES, (422, {"code": "idempotency_key_reused", "detail": "Another request."}))
    with pytest.raises(ClientError, match="Another request"):
        client.dataset("street").send_files(files, key="k")
    assert (len(server.asked(IMAGES)), pauses) == (1, [])


def test_nobody_else_gets_the_token(server: Scripted, client: Client) -> None:
    with scripted() as elsewhere:
        server.says(LOOK, (302, b"", {"Location": f"{elsewhere.address}/login"}))
        told = refusal_of(client)
        assert elsewhere.requests == []
    assert f"sends us on to {elsewhere.address}/login." in told


@pytest.mark.parametrize(
    "answer",
    [
        (200, b""),
        (200, b"<!doctype html>"),
        (200, b"\xff\xfe"),
        (200, []),
        (200, {**DATASET, "slug": 7}),
        (200, {**DATASET, "id": "../../users"}),
        (200, b"[" * 200_000),
        (200, b"9" * 10_000),
        (200, json.dumps(DATASET).encode() + b" " * MAX_ANSWER),
        (200, gzip.compress(json.dumps(DATASET).encode()), {"Content-Encoding": "gzip"}),
        (404, b"<!doctype html>"),
        (500, b"<!doctype html>"),
        (400, {"code": "invalid"}),
        (418, "teapot"),
    ],
    ids=range(14),
)
def test_what_is_no_answer_of_ours_is_one_sentence(
    server: Scripted, client: Client, answer: tuple[Any, ...]
) -> None:
    server.says(LOOK, answer)
    assert refusal_of(client) == (
        f"{server.address} does not answer as Concord does. Is CONCORD_URL right?"
    )


def test_what_a_server_says_moves_no_cursor(server: Scripted, client: Client) -> None:
    detail = "No.\r\n\x1b]0;title\x07\u202egpj.exe" + "x" * 10_000
    server.says(LOOK, (403, {"code": "forbidden", "detail": detail}))
    told = refusal_of(client)
    assert told.isprintable()
    assert told.startswith("No.\\r\\n\\x1b]0;title\\x07\\u202egpj.exe")
    assert len(told) < 1000


@pytest.mark.parametrize("name", ["", "..", "../users", "a/b", "a?b", "a b", "a#b", "%2e%2e"])
def test_what_is_no_name_of_a_dataset_asks_nobody(
    server: Scripted, client: Client, name: str
) -> None:
    assert refusal_of(client, name).startswith("There is no dataset")
    assert server.requests == []


def test_an_unknown_dataset_and_an_absent_server_are_told_at_once(
    server: Scripted, client: Client, pauses: list[float]
) -> None:
    server.says(LOOK, (404, {"code": "not_found", "detail": "Nothing."}))
    assert refusal_of(client) == "There is no dataset 'street', or you may not see it."
    server.says(LOOK, (CUT, b""))
    assert refusal_of(client).endswith("cannot be reached: the connection broke.")
    assert pauses == []


@pytest.mark.parametrize(
    "url",
    ["", " ", "ftp://host", "host", "//host", "http://", "http://u:p@host", "http://h?x=1", "http://[",
     "http://h/#x", "http://h:99999999", "file:///etc/passwd", "http://a\nb"],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ClientError, match="write it as https://host"):
        Client(url, TOKEN)


def test_a_slash_at_the_end_and_a_path_before_it_are_fine() -> None:
    assert Client("https://host/annotate/ ", TOKEN).url == "https://host/annotate"


@pytest.mark.parametrize("token", ["", " ", "a b", "a\nb", "\u00e9"])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(ClientError, match="no token"):
        Client("http://host", token)


def test_the_environment_says_where_and_who(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CONCORD_URL", raising=False)
    monkeypatch.delenv("CONCORD_TOKEN", raising=False)
    with pytest.raises(ClientError, match=r"Make a token at http://127\.0\.0\.1:8000/account"):
        Client()
    monkeypatch.setenv("CONCORD_TOKEN", f"{TOKEN}\n")
    assert Client().url == "http://127.0.0.1:8000"
    monkeypatch.setenv("CONCORD_URL", "https://concord.example")
    assert Client().url == "https://concord.example"


def test_a_proxy_that_cannot_be_used_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "what://proxy")
    with pytest.raises(ClientError, match="proxy"):
        Client("http://host", TOKEN)
