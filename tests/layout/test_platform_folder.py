"""`platform/` shares its name with a module of the standard library; this is how it stays harmless.

Without an `__init__.py` the standard module wins. With one, the interpreter breaks when it is
started in the checkout, while a bare `pytest` still passes.
"""

import platform
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_platform_is_the_standard_library() -> None:
    assert platform.__file__ is not None
    assert Path(platform.__file__).parent == Path(sysconfig.get_path("stdlib"))


def test_platform_is_the_standard_library_for_a_python_started_in_the_checkout() -> None:
    said = subprocess.check_output(
        [sys.executable, "-c", "import platform; print(platform.python_version())"],
        cwd=ROOT,
        text=True,
    )
    assert said.strip() == platform.python_version()


def test_platform_folder_is_not_a_package() -> None:
    assert (ROOT / "platform" / "concord" / "__init__.py").exists()
    assert not (ROOT / "platform" / "__init__.py").exists()
    assert not list((ROOT / "tests").rglob("__init__.py"))
    assert not [folder for folder in (ROOT / "tests").rglob("platform") if folder.is_dir()]
