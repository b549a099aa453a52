"""Concord from elsewhere: the `concord` command, and the same as a Python class over HTTP.

It installs without the server; server verbs are loaded by dotted string.
"""

from concord.client.boxes import centre_to_corners, corners_to_centre
from concord.client.dataset import Dataset
from concord.client.errors import ClientError
from concord.client.instance import Client
from concord.client.pictures import NoImage, image_bytes
from concord.client.tasks import Task

__all__ = [
    "Client",
    "ClientError",
    "Dataset",
    "NoImage",
    "Task",
    "centre_to_corners",
    "corners_to_centre",
    "image_bytes",
]
