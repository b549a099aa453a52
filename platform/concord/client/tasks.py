"""Tasks and answers as scripts have them: what is in them by name, and their image's bytes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from concord.client.api import Api
from concord.client.errors import ClientError
from concord.client.pictures import data_address, image_bytes, whole_image

API = "/api/"


class Task(dict[str, Any]):
    """What the server says of a task, or of an answer to one."""

    def __init__(self, data: Mapping[str, Any], api: Api) -> None:
        super().__init__(data)
        self._api = api

    def image_bytes(self) -> bytes:
        """Return the bytes of its image: those that people see, from the server, where that says
        where they are; else those behind its address.

        Raises ClientError where there are none, and NoImage for what is not a whole image.
        """
        image = self.get("image")
        kept = image.get("url") if isinstance(image, dict) else self.get("_image_url")
        if isinstance(kept, str) and kept.startswith(API):
            data, claimed = self._api.bytes_at(kept.removeprefix(API))
            return whole_image(data, claimed=claimed)
        if isinstance(image, str):
            return image_bytes(image)
        raise ClientError("The task has no image of its own.")


def ready_to_send(task: Mapping[str, Any]) -> dict[str, Any]:
    """A task as a request holds it: images that are files here become `data:` addresses."""
    sent = {**task}
    if isinstance(sent.get("image"), Path):
        sent["image"] = data_address(sent["image"])
    if any(isinstance(option, Mapping) for option in sent.get("options") or []):
        sent["options"] = [ready_to_send(option) for option in sent["options"]]
    return sent
