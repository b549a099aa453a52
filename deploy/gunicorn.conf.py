"""How the web server runs where no `concord up` starts it; WEB_CONCURRENCY workers of it."""

import os

bind = f"{os.environ.get('CONCORD_HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
threads = 8
preload_app = True
timeout = 60
graceful_timeout = 20  # what a request gets to finish; stop_grace_period of compose.yaml is longer
control_socket_disable = True
# A heartbeat on a slow disk would be taken for a worker that hangs.
worker_tmp_dir = "/dev/shm"  # noqa: S108 (gunicorn makes a file of its own there)
