"""A browser, and somebody who logs in with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.servers.browser import ARGUMENTS, find_chromium

if TYPE_CHECKING:
    from apps.annotators.models import User

EMAIL, PASSWORD = "ann@example.org", "four quiet words here"


@contextmanager
def open_browser() -> Iterator[Browser]:
    chromium = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.program,
            args=ARGUMENTS,
            env={**os.environ, **chromium.variables},
        )
        yield browser
        browser.close()


def make_person() -> User:
    from apps.annotators.models import User

    user = User(email=EMAIL)
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(page: Page, address: str) -> None:
    page.goto(f"{address}/login")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("button", name="Your menu")).to_be_visible()
