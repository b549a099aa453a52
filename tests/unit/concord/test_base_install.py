"""The command as `pip install concord` gives it: a virtual environment of its own, and in it what
the wheel has, what that requires, and nothing else."""

import ast
import json
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import Distribution, PathDistribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.servers.images import picture
from tests.unit.concord.scripted import DATASET, IMAGES, an_import, scripted

ROOT = Path(__file__).resolve().parents[3]
OF_THEIR_OWN = {"numpy", "PIL"}
"""What a recipe says that it needs besides."""


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of that environment; what is required is linked as it is installed here."""
    folder = tmp_path_factory.mktemp("base")
    venv.create(folder, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(packages)
    (concord,) = packages.glob("concord-*.dist-info")
    for needed in required_by(PathDistribution(concord)):
        for name in {file.parts[0] for file in needed.files or []} - {"..", "__pycache__"}:
            (packages / name).symlink_to(str(needed.locate_file(name)))
    return folder / "bin" / "python"


def required_by(wheel: Distribution) -> list[Distribution]:
    """What must be there beside a distribution without extras, down to the last."""
    found: dict[str, Distribution] = {}
    ahead = [wheel]
    while ahead:
        for needed in map(Requirement, ahead.pop().requires or []):
            name = canonicalize_name(needed.name)
            wanted = needed.marker is None or needed.marker.evaluate({"extra": ""})
            if wanted and name not in found:
                found[name] = distribution(name)
                ahead.append(found[name])
    return list(found.values())


def run(python: Path, program: str, *arguments: str, **variables: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [python, "-c", program, *arguments],
        env=variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout, done.stderr


def concord(python: Path, *arguments: str, url: str = "http://127.0.0.1:9") -> tuple[int, str, str]:
    """Run the script that is installed with the wheel."""
    program = """
from importlib.metadata import entry_points
(script,) = entry_points(group="console_scripts", name="concord")
script.load()()
"""
    return run(python, program, *arguments, CONCORD_URL=url, CONCORD_TOKEN="concord_secret")


def test_images_are_looked_at_and_sent(python: Path, tmp_path: Path) -> None:
    (tmp_path / "1.jpg").write_bytes(picture(1))
    (tmp_path / "notes.txt").write_text("Grey.")
    arguments = ("image.manual", "street", str(tmp_path), "--label", "sign", "--json")
    with scripted() as server:
        server.says("GET /api/datasets/street/", (200, DATASET))
        server.says(IMAGES, (202, an_import(done=1)))
        code, out, err = concord(python, *arguments, url=server.address)
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert told["counts"]["done"] == 1
    assert list(told["not_sent"].values()) == [[f"{tmp_path.name}/notes.txt"]]


def test_what_recipes_import_is_there(python: Path) -> None:
    lines = []
    for recipe in sorted((ROOT / "deploy" / "recipes").glob("*.py")):
        for node in ast.parse(recipe.read_text()).body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                lines.append(ast.unparse(node))
    ours = [line for line in lines if line.split()[1].partition(".")[0] not in OF_THEIR_OWN]
    assert sum("concord.client" in line for line in ours) == 7
    assert run(python, "\n".join(sorted(set(ours)))) == (0, "", "")


def test_help_names_every_verb(python: Path) -> None:
    code, out, err = concord(python, "--help")
    assert (code, err) == (0, "")
    assert {"image.manual", "db-out", "serve-model", "up"} <= set(out.split())


@pytest.mark.parametrize("verb", ["up", "merge"])
def test_what_needs_the_server_says_so(python: Path, verb: str, tmp_path: Path) -> None:
    code, _, err = concord(python, *([verb] if verb == "up" else [verb, str(tmp_path / "f.json")]))
    assert code == 2
    assert err.startswith("This needs the server: pip install 'concord[server]'")


def test_the_detector_says_what_it_needs(python: Path) -> None:
    code, out, err = concord(python, "serve-model", "faces")
    assert (code, out) == (2, "")
    assert err == "This needs the detector: pip install 'concord[detector]' (cv2 is missing).\n"
