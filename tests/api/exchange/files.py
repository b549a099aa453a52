"""Ordering exports and opening what comes."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from apps.datasets.models import Blob, Image
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from concord.storage.files import store
from tests.team import Team


def order(team: Team, **body: Any) -> Any:
    return team.post("Olga", f"datasets/{team.dataset.slug}/exports/", body)


def export(team: Team, **body: Any) -> bytes:
    """Order a file, do the job, fetch the file."""
    reply = order(team, **body)
    assert reply.status_code == 202, reply.content
    assert run_job(Job.objects.get(args__export=reply.json()["id"]).id)
    done = team.browsers["Olga"].get(reply["Location"]).json()
    assert (done["state"], done["error"]) == ("done", "")
    assert done["done"] == done["total"]
    file = team.browsers["Olga"].get(done["url"])
    content: bytes = b"".join(file.streaming_content)
    assert len(content) == done["file_size"]
    return content


def unzip(content: bytes) -> dict[str, bytes]:
    """The files in a zip that is whole and names none twice."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    names = archive.namelist()
    assert len({name.casefold() for name in names}) == len(names)
    return {name: archive.read(name) for name in names}


def lines(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.splitlines()]


def keep(image: Image, data: bytes, media_type: str = "image/png") -> None:
    """Let the store have the bytes that members see."""
    stored = store().put_bytes(data)
    Blob.objects.filter(pk=image.blob_id).update(
        rendition_sha256=stored.sha256,
        rendition_size=stored.size,
        rendition_media_type=media_type,
    )
