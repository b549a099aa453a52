#!/usr/bin/env python3
"""Django's command line for this checkout, joined to the instance that runs in its data folder."""

import importlib.util
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    sys.path.insert(0, str(ROOT / "platform"))
    if not importlib.util.find_spec("django"):
        become_installed_python()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concord.settings")

    # Neither can be imported before the path is set.
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    from concord.services.environment import join_running_instance  # noqa: PLC0415

    join_running_instance()
    execute_from_command_line(sys.argv)


def become_installed_python() -> None:
    python = ROOT / ".venv" / "bin" / "python"
    if not python.exists() or Path(sys.prefix) == ROOT / ".venv":
        sys.exit("Django is not installed here; `make run` sets everything up.")
    os.execv(python, [str(python), *sys.argv])  # noqa: S606


if __name__ == "__main__":
    main()
