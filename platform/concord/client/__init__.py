"""Concord from elsewhere: the `concord` command, and the same as a Python class over HTTP.

It installs without the server; server verbs are loaded by dotted string.
"""

from concord.client.errors import ClientError
from concord.client.instance import Client

__all__ = ["Client", "ClientError"]
