"""J15, as far as it needs no network: nothing is installed or run that is not named by version and
hash. What is known against the packages, `make audit` asks."""

import json
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
LOCKS = sorted(path.name for path in ROOT.glob("requirements*.lock"))
REQUIREMENT = re.compile(r"[a-z0-9][a-z0-9.-]*(\[[a-z0-9,-]+\])?==[^\s;]+( ; [^\\]+)?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def test_there_is_a_lock_for_each_thing_that_is_installed() -> None:
    assert {name.removeprefix("requirements") for name in LOCKS} == {
        *("-node.lock", "-server.lock", "-test.lock", ".lock")
    }


@pytest.mark.parametrize("name", LOCKS)
def test_every_python_package_has_a_version_and_hashes(name: str) -> None:
    text = re.sub(r" \\\n\s*", " ", (ROOT / name).read_text())
    for line in text.splitlines():
        stripped = line.strip()
        if stripped and not stripped.startswith("#"):
            named, *hashes = re.split(r" (?=--hash)", stripped)
            assert REQUIREMENT.fullmatch(named.strip()), line
            assert hashes and all(HASH.fullmatch(each.strip()) for each in hashes), line
    assert "://" not in text


def test_make_installs_python_packages_by_their_hashes_alone() -> None:
    installs = re.findall(r"\$\(PIP\) (.+)", (ROOT / "Makefile").read_text())
    assert len(installs) >= 3
    for said in installs:
        assert "--require-hashes -r requirements" in said or "--no-deps" in said, said


def test_every_npm_package_has_a_version_and_a_hash() -> None:
    packages = json.loads((ROOT / "frontend" / "package-lock.json").read_text())["packages"]
    for name, package in packages.items():
        if name and not package.get("link"):
            assert re.match(r"\d+\.\d+\.\d+", package["version"]), name
            assert package["integrity"].startswith("sha512-"), name
            assert "resolved" not in package, name  # from whichever registry an operator has


def test_images_of_containers_are_named_by_version() -> None:
    """Ours, which is built from this checkout, aside."""
    services = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())["services"]
    named = {service["image"] for service in services.values() if "image" in service}
    dockerfile = (ROOT / "deploy" / "Dockerfile").read_text()
    named |= set(re.findall(r"^ARG (?:NODE|PYTHON)=(\S+)", dockerfile, re.M))
    for image in named - {"${CONCORD_IMAGE:-concord:local}", "concord:tools"}:
        assert re.search(r":.*\d|@sha256:", image), image
