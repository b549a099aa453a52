"""Getting in: the first account, a wrong password, and a page that looks as it was left."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.pages import PASSWORD
from tests.e2e.people import People
from tests.servers.stack import LiveStack


def test_the_first_account_is_made_with_the_link_from_the_terminal(
    new_stack: LiveStack, open_page: Callable[[], Page]
) -> None:
    page = open_page()
    page.goto(new_stack.address)
    expect(page.get_by_text("Nobody has an account here yet.")).to_be_visible()
    link = new_stack.first_run_link()
    page.goto(link)
    page.get_by_label("E-mail").fill("first@example.org")
    page.get_by_label("Your name").fill("Frida")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    expect(page.get_by_role("heading", name="Hello Frida")).to_be_visible()

    stranger = open_page()
    stranger.goto(link)
    stranger.get_by_label("E-mail").fill("second@example.org")
    stranger.get_by_label("Your name").fill("Fred")
    stranger.get_by_label("New password").fill(PASSWORD)
    stranger.get_by_role("button", name="Make the account").click()
    expect(stranger.get_by_role("alert")).to_be_visible()
    stranger.goto(new_stack.address)
    expect(stranger.get_by_role("button", name="Log in")).to_be_visible()
    expect(stranger.get_by_text("Nobody has an account here yet.")).to_be_hidden()


def test_a_wrong_password_is_refused_without_telling_who_exists(
    people: People,
) -> None:
    nobody, lena = people.stranger("nobody"), people.account("lena")
    page = nobody.page
    for email in (lena, nobody.email):
        page.goto(f"{nobody.address}/datasets")
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("Password", exact=True).fill("wrong")
        page.get_by_role("button", name="Log in").click()
        expect(page.get_by_text("E-mail and password do not match.")).to_be_visible()
    page.get_by_label("E-mail").fill(lena)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Datasets", exact=True)).to_be_visible()


def test_the_theme_stays_as_chosen(people: People) -> None:
    site = people.come("theo")
    page, root = site.page, site.page.locator(":root")
    expect(root).to_have_css("color-scheme", "light")
    for chosen in ("dark", "light"):
        site.button("Your menu").click()
        page.get_by_role("menuitem", name=f"{chosen.capitalize()} theme").click()
        expect(root).to_have_css("color-scheme", chosen)
        page.reload()
        expect(site.button("Your menu")).to_be_visible()
        expect(root).to_have_css("color-scheme", chosen)
