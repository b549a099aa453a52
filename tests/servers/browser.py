"""A real Chromium for tests, driven by playwright.

Which one: the program that CONCORD_CHROMIUM names, else an installed Chromium or Chrome, else the
one inside the npm package @sparticuz/chromium, unpacked once into build/. It brings its own
libraries and fonts, so a browser test needs neither root nor a download.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "frontend" / "node_modules" / "@sparticuz" / "chromium"
INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PARTS = ("chromium.br", "al2023.tar.br", "fonts.tar.br", "swiftshader.tar.br")
UNPACK = """
import { inflate } from "@sparticuz/chromium";
for (const part of process.argv.slice(1)) await inflate(part);
"""
# The package's own list of font folders names those of the cloud it was made for.
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""
NOT_FOUND = """No browser for the browser tests. Any one of these helps:
  - install Chromium or Google Chrome;
  - set CONCORD_CHROMIUM to the path of one;
  - run `npm ci` in frontend/, which brings one along."""

# How long to wait for what must come, ms: a busy machine is no failure.
PATIENCE = 15_000

ARGUMENTS = [
    # Whatever a page may ask for, nothing leaves this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-gpu",
    "--no-pings",
]


@dataclass(frozen=True)
class Chromium:
    program: Path
    variables: dict[str, str] = field(default_factory=dict)


def find_chromium() -> Chromium:
    named = os.environ.get("CONCORD_CHROMIUM")
    if named:
        if not os.access(named, os.X_OK):
            raise RuntimeError(f"CONCORD_CHROMIUM is {named}, which is no program.")
        return Chromium(Path(named))
    for name in INSTALLED:
        if found := shutil.which(name):
            return Chromium(Path(found))
    if PACKAGE.is_dir():
        return _packaged()
    raise RuntimeError(NOT_FOUND)


def _packaged() -> Chromium:
    version = json.loads((PACKAGE / "package.json").read_text())["version"]
    folder = ROOT / "build" / f"chromium-{version}"
    if not folder.is_dir():
        _unpack(folder)
    variables = {"LD_LIBRARY_PATH": str(folder / "al2023" / "lib")}
    return Chromium(folder / "chromium", {**variables, "FONTCONFIG_PATH": str(folder / "fonts")})


def _unpack(folder: Path) -> None:
    """Into a folder of its own first: several test processes may come here at once."""
    node = shutil.which(
        "node", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    )
    partial = folder.with_name(f"{folder.name}.{os.getpid()}")
    partial.mkdir(parents=True)
    try:
        subprocess.run(
            [node or "node", "--input-type=module", "-e", UNPACK]
            + [str(PACKAGE / "bin" / part) for part in PARTS],
            cwd=PACKAGE,
            env={**os.environ, "TMPDIR": str(partial)},
            check=True,
        )
        (partial / "fonts" / "fonts.conf").write_text(FONTS)
        if not folder.is_dir():
            partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for each module, not for the whole run: while playwright is on, an event loop
    counts as running in this thread, and Django refuses its database there."""
    chromium = find_chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium.program,
            args=ARGUMENTS,
            env={**os.environ, **chromium.variables},
        )
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[[], Page]]:
    """A function that opens a page for one more person: no two share cookies or storage.

    An error that a page throws fails the test, also where the test did not look.
    """
    errors: list[str] = []
    expect.set_options(timeout=PATIENCE)

    def open_one() -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield open_one
    for context in browser.contexts:
        context.close()
    assert not errors, f"the page threw: {errors}"
