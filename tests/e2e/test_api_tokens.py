"""A person makes a token for a script on their account page, sees its use, and takes it back."""

import httpx
from playwright.sync_api import expect

from tests.e2e.pages import Site
from tests.e2e.people import People


def whose(site: Site, secret: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {secret}"}
    return httpx.get(f"{site.address}/api/me/", headers=headers)


def test_a_token_is_shown_once_opens_the_api_and_is_revoked(people: People) -> None:
    site = people.come("toni")
    page = site.page
    site.button("Your menu").click()
    page.get_by_role("menuitem", name="Account and tokens").click()
    site.button("Make a token").click()
    dialog = page.get_by_role("dialog", name="Make a token")
    dialog.get_by_label("What is it for").fill("nightly export")
    dialog.get_by_role("radiogroup", name="What it may do").get_by_text("Read only").click()
    dialog.get_by_role("radiogroup", name="How long it works").get_by_text("365 days").click()
    dialog.get_by_role("button", name="Make", exact=True).click()
    secret = dialog.get_by_label("Copy the token now").input_value()
    dialog.get_by_role("button", name="Close").last.click()
    expect(page.get_by_text(secret)).to_have_count(0)

    row = page.get_by_role("row", name="nightly export")
    for text in (secret[:12], "Read only", "never"):
        expect(row).to_contain_text(text)
    assert whose(site, secret).json()["email"] == site.email
    page.reload()
    expect(row).to_contain_text("now")
    row.get_by_role("button", name="Revoke").click()
    question = page.get_by_role("dialog", name="Revoke a token")
    expect(question).to_contain_text("nightly export")
    question.get_by_role("button", name="Revoke").click()
    expect(row).to_have_count(0)
    assert whose(site, secret).json()["code"] == "token_revoked"
