"""Settings that follow from one another, read by a process of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

READ = "import json; from concord import settings; print(json.dumps([settings.{}]))"
PRODUCTION = {
    "CONCORD_MODE": "production",
    "CONCORD_SECRET_KEY": "0123456789abcdef0123456789abcdef",
    "CONCORD_PUBLIC_URL": "https://concord.example.org",
}


def read(name: str, variables: dict[str, str], *, data_dir: Path) -> object:
    """What a process with nothing but these variables finds in a setting."""
    found = subprocess.run(
        [sys.executable, "-c", READ.format(name)],
        env=variables
        | {"CONCORD_DATA_DIR": str(data_dir), "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(found.stdout)[0]


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, True),
        ({"CONCORD_HOST": "::1"}, True),
        ({"CONCORD_DEMO": "0"}, False),
        ({"CONCORD_HOST": "0.0.0.0"}, False),
        ({"CONCORD_PUBLIC_URL": "http://box.lan:8000"}, False),
        (PRODUCTION, False),
    ],
    ids=["by default", "IPv6", "turned off", "all hosts", "behind a proxy", "production"],
)
def test_a_demo_whose_passwords_the_login_page_shows_stays_on_this_machine(
    tmp_path: Path, variables: dict[str, str], expected: bool
) -> None:
    assert read("DEMO", variables, data_dir=tmp_path) is expected


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        (PRODUCTION, {"concord.example.org"}),
        (PRODUCTION | {"CONCORD_ALLOWED_HOSTS": "a.example,b.example"}, {"a.example", "b.example"}),
        ({"CONCORD_PUBLIC_URL": "http://box.lan:8000"}, {"box.lan"}),
        ({"CONCORD_HOST": "192.0.2.7"}, {"192.0.2.7"}),
    ],
    ids=["production", "by name", "local", "local by address"],
)
def test_an_instance_answers_to_its_names_and_to_probes_on_this_machine(
    tmp_path: Path, variables: dict[str, str], named: set[str]
) -> None:
    found = read("ALLOWED_HOSTS", variables, data_dir=tmp_path)
    assert isinstance(found, list)
    assert set(found) - {"127.0.0.1", "[::1]", "localhost"} == named
    assert {"127.0.0.1", "[::1]", "localhost"} <= set(found)


def test_an_address_of_ipv6_is_written_in_brackets(tmp_path: Path) -> None:
    variables = {"CONCORD_HOST": "::1", "PORT": "8010"}
    assert read("PUBLIC_URL", variables, data_dir=tmp_path) == "http://[::1]:8010"


def test_what_a_database_url_says_about_the_connection_reaches_it(tmp_path: Path) -> None:
    url = "postgresql://ada:p%40ss@db.example.org:5433/concord?sslmode=verify-full&host=%2Ftmp"
    found = read("DATABASES", {"DATABASE_URL": url}, data_dir=tmp_path)
    assert isinstance(found, dict)
    database = found["default"]
    assert database["OPTIONS"]["sslmode"] == "verify-full"
    assert "host" not in database["OPTIONS"]
    assert [database[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        *("ada", "p@ss", "/tmp", "5433", "concord")
    ]


@pytest.mark.parametrize("name", ["PORT", "CONCORD_LEASE_SECONDS"])
def test_a_number_that_is_none_is_refused_by_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(subprocess.CalledProcessError) as failure:
        read("HOST", {name: "many"}, data_dir=tmp_path)
    assert f"{name} is 'many'; it must be a number." in failure.value.stderr


def test_a_process_does_not_look_for_garbage_at_its_end(tmp_path: Path) -> None:
    last = "import atexit, gc; atexit.register(lambda: print(gc.get_freeze_count() > 1000))"
    found = subprocess.run(
        [sys.executable, "-c", f"{last}; import django; django.setup()"],
        env={
            "CONCORD_DATA_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "concord.settings",
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout == "True\n"
