"""MLServer, which we have not written, is asked in KServe's language.

In soaks, where CONCORD_PEER_MODELS names an environment that has mlserver.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pytest_django.fixtures import Settings

from apps.assist.actions.running import KIND
from apps.datasets.models import Blob
from apps.tasks.models import Suggestion
from concord.storage.egress import egress
from concord.storage.files import store
from tests.factories import make_task
from tests.jobs_of import work_off
from tests.servers.images import picture
from tests.servers.ports import free_ports, loopback_allowance
from tests.team import Team

PEER = os.environ.get("CONCORD_PEER_MODELS", "")
START_SECONDS = 60

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not PEER, reason="CONCORD_PEER_MODELS names no environment with mlserver"),
]

# It says how many bytes it got, so that what was sent is known to have come whole.
MODEL = """
import base64, json
from mlserver import MLModel
from mlserver.types import InferenceResponse, ResponseOutput

class Signs(MLModel):
    async def predict(self, payload):
        (image,) = payload.inputs
        texts = [each.decode() if isinstance(each, bytes) else each for each in image.data]
        said = [
            json.dumps({
                "spans": [{"type": "rect", "x": 1, "y": 2, "width": 30, "height": 40,
                           "label": "stop", "score": 0.5}],
                "score": len(base64.b64decode(text, validate=True)) / 1e6,
            })
            for text in texts
        ]
        output = ResponseOutput(
            name="predictions", shape=[len(said)], datatype="BYTES", data=said
        )
        return InferenceResponse(
            model_name=self.name, model_version=self.version, outputs=[output]
        )
"""


@pytest.fixture
def mlserver(tmp_path: Path, settings: Settings) -> Iterator[str]:
    http, grpc, metrics = free_ports(3)
    (tmp_path / "signs.py").write_text(MODEL)
    model = {"name": "signs", "implementation": "signs.Signs", "parameters": {"version": "v3"}}
    (tmp_path / "model-settings.json").write_text(json.dumps(model))
    ports = {"http_port": http, "grpc_port": grpc, "metrics_port": metrics}
    server = {"host": "127.0.0.1", "parallel_workers": 0, **ports}
    (tmp_path / "settings.json").write_text(json.dumps(server))
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [Path(PEER) / "bin" / "mlserver", "start", str(tmp_path)], stdout=log, stderr=log
        )
    try:
        _wait(f"http://127.0.0.1:{http}/v2/models/signs/ready", tmp_path / "log")
        settings.FETCH_ALLOW = [loopback_allowance(http)]
        egress.cache_clear()
        yield f"http://127.0.0.1:{http}"
    finally:
        egress.cache_clear()
        process.terminate()
        process.wait(30)


def _wait(url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx.get(url).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError(log.read_text())


def test_a_server_of_others_is_understood(mlserver: str) -> None:
    team = Team(overlap=1)
    sizes = set()
    for n in range(3):
        task = make_task(team.dataset, name=f"{n}.jpg", order_key=n)
        kept = store().put_bytes(picture(n))
        blob = task.task_images.get().image.blob
        Blob.objects.filter(pk=blob.pk).update(rendition_sha256=kept.sha256)
        sizes.add(len(picture(n)) / 1e6)
    path = f"datasets/{team.dataset.slug}/model-servers/"
    body = {"name": "peer", "kind": "kserve", "url": mlserver, "model": "signs", "batch": 2}
    server = team.post("Olga", path, body).json()
    tried = team.post("Olga", f"model-servers/{server['id']}/test/", {}).json()
    assert (tried["works"], tried["model"]) == (True, "signs"), tried
    run = team.post("Olga", f"model-servers/{server['id']}/runs/", {}).json()
    work_off(KIND)
    found = team.get("Olga", f"model-runs/{run['id']}/").json()
    assert (found["state"], found["predicted"], found["left_out"]) == ("done", 3, 0), found
    rows = Suggestion.objects.all()
    assert {row.score for row in rows} == sizes
    assert {(row.model, row.model_version) for row in rows} == {("signs", "v3")}
