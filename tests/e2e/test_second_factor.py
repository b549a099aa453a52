"""A second factor: turned on, asked for at the log-in and over a page, and turned off."""

import re
import time
from typing import cast

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.e2e.pages import PASSWORD
from tests.e2e.people import People


def code_of(key: str, *, steps: int = 0) -> str:
    """What an app shows now; a code works once, so a second log-in takes that of the next step."""
    value = hotp_value(key.replace(" ", ""), int(time.time()) // 30 + steps)
    return cast(str, format_hotp_value(value))


def give_password(page: Page) -> None:
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Current password").fill(PASSWORD)
    dialog.get_by_role("button", name="Go on").click()


def test_from_turning_it_on_to_turning_it_off(people: People) -> None:
    # With a password as the product keeps it: another kind is kept anew when it is given, which
    # ends the session.
    site = people.stranger("anna")
    site.email = people.account("anna")
    site.log_in()
    page = site.page
    page.goto(f"{site.address}/account")
    site.button("Turn on").click()
    give_password(page)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("img", name="QR code with the key")).to_be_visible()
    key = dialog.locator("code").inner_text()
    dialog.get_by_label("Code that the app shows now").fill(code_of(key))
    dialog.get_by_role("button", name="Turn on").click()
    codes = dialog.get_by_role("list", name="Recovery codes").get_by_role("listitem")
    expect(codes).to_have_count(10)
    spare = codes.first.inner_text()
    with page.expect_download() as kept:
        dialog.get_by_role("link", name="Download").click()
    assert spare in kept.value.path().read_text()
    dialog.get_by_role("button", name="I have put them away").click()
    expect(page.get_by_text("10 of 10 recovery codes are left.")).to_be_visible()

    page.context.clear_cookies(name=re.compile("session"))
    page.get_by_role("link", name="Datasets").first.click()
    over = page.get_by_role("dialog", name="Log in again")
    over.get_by_label("Password", exact=True).fill(PASSWORD)
    over.get_by_role("button", name="Log in").click()
    over.get_by_label("Code of your second factor").fill(code_of(key, steps=1))
    over.get_by_role("button", name="Log in").click()
    expect(over).to_be_hidden()

    page.context.clear_cookies(name=re.compile("session"))
    page.goto(f"{site.address}/login")
    page.get_by_label("E-mail").fill(site.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    site.button("Log in").click()
    site.button("Use a recovery code instead").click()
    page.get_by_label("Recovery code").fill(spare)
    site.button("Log in").click()
    expect(site.button("Your menu")).to_be_visible()

    page.goto(f"{site.address}/account")
    expect(page.get_by_text("9 of 10 recovery codes are left.")).to_be_visible()
    site.button("Turn off").click()
    give_password(page)
    dialog.get_by_role("button", name="Turn off").click()
    expect(page.get_by_text("It is off.")).to_be_visible()
