"""Processes that are to die at a failpoint, forked from one in which Django has been set up.

Each line that comes in is an order: settings of the process, and what it does until it dies, a
`job` or a `request`. The answer is the status with which it ended.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from typing import Any

import django


def main() -> None:
    """Django starts once, which takes a second or two; nothing is connected before they part."""
    django.setup()
    for module in ("concord.urls", "concord.jobs.doorbell", "apps.imports.jobs"):
        importlib.import_module(module)
    for line in sys.stdin:
        if (child := os.fork()) == 0:
            work(json.loads(line))
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def work(order: dict[str, Any]) -> None:
    """Be a worker, or a web process, for one piece of work."""
    from django.conf import settings  # noqa: PLC0415 - Django must be set up first
    from django.test import Client  # noqa: PLC0415 - Django must be set up first

    from concord.jobs import doorbell  # noqa: PLC0415 - Django must be set up first

    for name, value in order["settings"].items():
        setattr(settings, name, value)
    if "job" in order:
        doorbell.run(order["job"])
        return
    client = Client()
    client.cookies.load(order["cookies"])
    client.post(**order["request"], content_type="application/json")


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "concord.settings"
    main()
