"""A forgotten password: from the log-in to the mailbox and back, once."""

import re
import time

from playwright.sync_api import expect

from tests.e2e.pages import PATIENCE_WITH_JOBS
from tests.e2e.people import People
from tests.servers.stack import LiveStack

NEW = "four other quiet words"
LINK = re.compile(r"http[^\s\\]+/password-reset/[\w-]+")


def mailed_link(stack: LiveStack, address: str) -> str:
    """The link in the letter to `address`, which the worker writes down instead of sending it."""
    deadline = time.monotonic() + PATIENCE_WITH_JOBS / 1000
    while not (letters := [line for line in stack.log("worker").splitlines() if address in line]):
        if time.monotonic() > deadline:
            raise RuntimeError(f"No letter to {address}:\n{stack.log('worker')[-3000:]}")
        time.sleep(0.2)
    found = LINK.search(letters[-1])
    assert found, letters[-1]
    return found[0]


def test_the_link_in_the_mail_sets_a_new_password_and_says_so_when_it_is_used_again(
    people: People, live_stack: LiveStack
) -> None:
    site = people.stranger("anna")
    page = site.page
    site.email = people.account("anna")
    page.goto(f"{site.address}/login")
    page.get_by_role("link", name="Forgot your password?").click()
    page.get_by_label("E-mail").fill(site.email)
    site.button("Send the link").click()
    expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()

    link = mailed_link(live_stack, site.email)
    page.goto(link)
    page.get_by_label("New password").fill("password")
    site.button("Set the password").click()
    expect(page.get_by_role("alert")).to_contain_text("too common")
    page.get_by_label("New password").fill(NEW)
    site.button("Set the password").click()
    expect(page.get_by_role("heading", name="Your password is set")).to_be_visible()

    site.button("Log in").click()
    page.get_by_label("E-mail").fill(site.email)
    page.get_by_label("Password", exact=True).fill(NEW)
    site.button("Log in").click()
    expect(site.button("Your menu")).to_be_visible()

    page.goto(link)
    expect(page.get_by_role("heading", name="This link no longer works")).to_be_visible()
    site.button("Ask for a new link").click()
    expect(page.get_by_role("heading", name="Forgot your password?")).to_be_visible()
