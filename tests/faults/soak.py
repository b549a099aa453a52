"""What a soak came to, for `build/soak.json`: each test that has figures adds its own."""

from __future__ import annotations

import json
import platform
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from concord.services.postgres import find_programs
from tests.forms import LONG

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "build" / "soak.json"


def note(part: str, figures: Mapping[str, Any]) -> None:
    """Add figures to a part of the report, where this is a soak; the last word stands."""
    if not LONG:
        return
    REPORT.parent.mkdir(exist_ok=True)
    report = json.loads(REPORT.read_text()) if REPORT.exists() else {}
    now = datetime.now(UTC).isoformat(timespec="seconds")
    report.setdefault(part, {}).update({**figures, "at": now, **versions()})
    REPORT.write_text(json.dumps(report, indent=2) + "\n")


def versions() -> dict[str, str]:
    """Of what was tried."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return {
        "commit": commit.stdout.strip(),
        "python": platform.python_version(),
        "postgresql": find_programs().version,
        "machine": platform.platform(),
    }
