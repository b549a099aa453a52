"""One database is brought to this version in each run (`migrated`), and every other is a copy of
it: to copy it takes a tenth of a second."""

import os
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from concord.services.postgres import DATABASE
from concord.services.pytest_plugin import MARK
from tests.servers.migrated import bring_up_to_date

LOCK = 1
"""Number of the advisory lock at which the processes of a run meet."""


@dataclass(frozen=True)
class Template:
    """The database of the run's own PostgreSQL that is copied; nobody works in it."""

    address: str

    def copy(self) -> str:
        """The address of one more database, with all tables and nothing in them."""
        name = f"copy_{uuid4().hex}"
        with self.connect() as server:
            server.execute(f"CREATE DATABASE {name} TEMPLATE {DATABASE}")
        return urlsplit(self.address)._replace(path=f"/{name}").geturl()

    def empty(self) -> str:
        """The address of one more database, with nothing in it."""
        name = f"empty_{uuid4().hex}"
        with self.connect() as server:
            server.execute(f"CREATE DATABASE {name}")
        return urlsplit(self.address)._replace(path=f"/{name}").geturl()

    def connect(self) -> "psycopg.Connection[tuple[object, ...]]":
        """Beside the template: while somebody is in it, it cannot be copied."""
        return psycopg.connect(self.address, dbname="postgres", autocommit=True)


@pytest.fixture(scope="session")
def template(django_db_blocker: DjangoDbBlocker) -> Template | None:
    """Made by the first process that asks; None where the services are not the run's own."""
    if MARK not in os.environ:
        return None
    made = Template(os.environ["DATABASE_URL"])
    with made.connect() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        marked = "SELECT datistemplate FROM pg_database WHERE datname = %s"
        if server.execute(marked, [DATABASE]).fetchone() != (True,):
            with django_db_blocker.unblock():
                bring_up_to_date(made.address)
            server.execute(f"ALTER DATABASE {DATABASE} IS_TEMPLATE true")
    return made


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, template: Template | None
) -> None:
    """What pytest-django asks before it makes the tests' own database."""
    if template is not None:
        settings.DATABASES["default"]["TEST"]["TEMPLATE"] = DATABASE
