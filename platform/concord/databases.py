"""The database's address, as Django wants to be told of it."""

import os
import re
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Planning a short statement takes the database longer than running it, so what a connection has
# sent five times is planned once; psycopg counts, and keeps the plans of the last hundred.
PREPARED = {"server_side_binding": True, "prepare_threshold": 5}

# Compiling a statement pays for long reports. The planner takes the cost of a whole queue for that
# of the few slots that a claim reads, and would compile for half a second what takes half a
# millisecond.
NOT_COMPILED = "-c jit=off"

# A server whose machine or wire is gone says nothing, and by default a connection waits for it for
# hours. One that is only stopped still has a kernel that answers, and is waited for.
NOT_FOR_EVER = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "25000",
}

# The pool tries to connect ever less often, in the end every few minutes, also when the database
# has long been back. Once it has given up, the next request makes it try at once.
POOL = {"min_size": 1, "max_size": 8, "timeout": 5, "reconnect_timeout": 2}


def database(url: str) -> dict[str, object]:
    """Return the settings of `postgresql://user:password@host:port/name?option=value`.

    `host` as an option names the folder of a unix socket; what libpq knows, `sslmode` and the
    like, is passed on. A web process keeps a pool; in a worker, whose threads do not survive
    Celery's fork, each process keeps its connection. Raises ImproperlyConfigured.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"DATABASE_URL must be a postgresql:// address, not {parts.scheme}://..."
        )
    query = {k: unquote(v) for k, v in re.findall(r"([^=&]+)=([^&]*)", parts.query)}
    pooled = os.environ.get("CONCORD_PROCESS") != "worker"
    pool = {"pool": POOL} if pooled else {}
    named = {key: value for key, value in query.items() if key not in {"host", "port"}}
    libpq = {**NOT_FOR_EVER, **named}
    libpq["options"] = f"{NOT_COMPILED} {libpq.get('options', '')}".rstrip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or query.get("port", "")),
        "CONN_MAX_AGE": 0 if pooled else 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**pool, **PREPARED, **libpq},
    }
