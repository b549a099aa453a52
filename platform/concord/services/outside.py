"""Services that the operator runs elsewhere: reached once, before anything is started on them."""

import psycopg
import redis
from kombu import Connection
from kombu.exceptions import KombuError

from concord.services.postgres import OLDEST
from concord.services.process import CannotStart

PATIENCE = 5


def check_database(url: str) -> None:
    """Refuse a PostgreSQL that does not answer or is too old."""
    try:
        with psycopg.connect(url, connect_timeout=PATIENCE) as connection:
            major = connection.info.server_version // 10_000
    except psycopg.Error as error:
        raise CannotStart(f"The database of DATABASE_URL does not answer: {error}") from error
    if major < OLDEST:
        raise CannotStart(
            f"The database of DATABASE_URL is PostgreSQL {major}; Concord needs {OLDEST} or later."
        )


def check_broker(url: str) -> None:
    """Refuse a broker that does not answer."""
    patience = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE, "max_retries": 0}
    try:
        with Connection(url, transport_options=patience) as broker:
            broker.connect()
            broker.channel()  # opening one pings the server
    except (redis.RedisError, KombuError, OSError, KeyError) as error:
        raise CannotStart(f"The broker of CELERY_BROKER_URL does not answer: {error}") from error
