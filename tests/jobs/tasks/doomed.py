"""A worker in a process of its own that comes to a point of its job, to be killed there."""

import importlib
import os
import sys
import time
import uuid
from typing import Any

import django


def main(job: str, module: str, function: str, chunk: str) -> None:
    """Do the job in pieces of `chunk`; say so and stop after the second call of `function`."""
    django.setup()
    from concord.jobs.runner import run_job  # noqa: PLC0415 - Django must be set up first

    place: Any = importlib.import_module(module)
    place.CHUNK = int(chunk)
    original, calls = getattr(place, function), 0

    def call(*given: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        result = original(*given, **named)
        if calls == 2:
            print("there", flush=True)
            time.sleep(600)
        return result

    setattr(place, function, call)
    run_job(uuid.UUID(job))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "concord.settings"
    main(*sys.argv[1:])
