"""Gives a test run a throw-away PostgreSQL and Valkey, unless it was told to use others.

Loaded by `-p` and not from a conftest, because pytest-django reads the settings before any conftest
is loaded. The run's first process starts the services and the workers of xdist inherit their
addresses; each worker counts its own broker database, as it has its own test database.
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from concord.services.environment import running_services

MARK = "CONCORD_THROWAWAY_SERVICES"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    if not {"DATABASE_URL", "CELERY_BROKER_URL"} & os.environ.keys():
        stack = contextlib.ExitStack()
        early_config.add_cleanup(stack.close)
        folder = stack.enter_context(_folder())
        settings = stack.enter_context(running_services(folder, durable=False)).settings()
        os.environ.update(settings, **{MARK: "1"})
    elif MARK in os.environ and (worker := os.environ.get("PYTEST_XDIST_WORKER", "")):
        number = int(worker.removeprefix("gw")) + 1
        os.environ["CELERY_BROKER_URL"] += f"?virtual_host={number}"
        os.environ["CONCORD_DATA_DIR"] += f"/{worker}"
    return (yield)


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """A folder that PostgreSQL can reach too when the tests run as root."""
    folder = Path(tempfile.mkdtemp(prefix="concord-test-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
