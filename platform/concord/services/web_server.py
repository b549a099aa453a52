"""Gunicorn's configuration, wherever it is started: `--config python:concord.services.web_server`.

WEB_CONCURRENCY says how many processes it has.
"""

import os
import shutil
import tempfile
from pathlib import Path

from concord.services.programs import PATIENCE

bind = f"{os.environ.get('CONCORD_HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 8
preload_app = True
timeout = 60
graceful_timeout = PATIENCE
control_socket_disable = True
# On a slow disk a worker's sign of life may come so late that it is taken for one that hangs.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 (a file of its own)

# Where the processes count requests, so that each can tell of all. Prometheus' client looks for the
# name when it is first imported, which comes later.
os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="concord-metrics-")


def on_exit(_server: object) -> None:
    """Gunicorn's master calls it last."""
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
