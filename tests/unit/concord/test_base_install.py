"""The command as `pip install concord` gives it, without the server's dependencies."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers.images import picture
from tests.unit.concord.scripted import DATASET, IMAGES, an_import, scripted

SERVER = ["django", "rest_framework", "celery", "psycopg", "numpy", "PIL", "msgspec", "shapely"]
PROGRAM = f"""
import sys
for name in {SERVER}:
    sys.modules[name] = None  # whoever imports it is told that it is not there
from concord.client.cli import main
main()
"""


def concord(*arguments: str, url: str) -> "subprocess.CompletedProcess[str]":
    variables = {
        "CONCORD_URL": url,
        "CONCORD_TOKEN": "concord_secret",
        "PYTHONPATH": ":".join(sys.path),
    }
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        env=variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_images_are_looked_at_and_sent(tmp_path: Path) -> None:
    (tmp_path / "1.jpg").write_bytes(picture(1))
    (tmp_path / "notes.txt").write_text("Grey.")
    with scripted() as server:
        server.says("GET /api/datasets/street/", (200, DATASET))
        server.says(IMAGES, (202, an_import(done=1)))
        done = concord(
            "image.manual", "street", str(tmp_path), "--label", "sign", "--json", url=server.address
        )
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["counts"]["done"] == 1
    assert list(told["not_sent"].values()) == [[f"{tmp_path.name}/notes.txt"]]


@pytest.mark.parametrize("verb", ["up", "merge", "vote", "agreement"])
def test_what_needs_the_server_says_so(verb: str, tmp_path: Path) -> None:
    arguments = [] if verb == "up" else [str(tmp_path / "file.json")]
    done = concord(verb, *arguments, url="http://127.0.0.1:9")
    assert done.returncode == 2
    assert done.stderr.startswith("This needs the server: pip install 'concord[server]'")
