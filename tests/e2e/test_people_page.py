"""Many people: found, deactivated after it was said what that does, and let in again. And somebody
who does not remember their password, and has to wait a little."""

from playwright.sync_api import expect

from tests.e2e.pages import PASSWORD
from tests.e2e.people import People


def test_somebody_is_found_deactivated_with_its_effects_told_and_let_in_again(
    people: People,
) -> None:
    ada, ben = people.come("ada", admin=True), people.come("ben")
    ada.go_to("People")
    page = ada.page
    page.get_by_role("searchbox", name="Name or e-mail").fill(ben.email)
    row = page.get_by_role("row", name=ben.email)
    expect(page.get_by_role("switch", name="May log in")).to_have_count(1)
    expect(page).to_have_url(f"{ada.address}/people?text={ben.email.replace('@', '%40')}")

    row.get_by_role("switch", name="May log in").locator("..").click()
    dialog = page.get_by_role("dialog", name=f"Deactivate {ben.email}?")
    expect(dialog).to_contain_text("They can no longer log in")
    expect(dialog).to_contain_text("Their answers and their roles stay.")
    dialog.get_by_role("button", name="Deactivate").click()
    expect(row).to_contain_text("Deactivated")
    ben.page.reload()
    expect(ben.page.get_by_role("heading", name="Log in")).to_be_visible()

    row.get_by_role("switch", name="May log in").locator("..").click()
    expect(row).not_to_contain_text("Deactivated")
    page.get_by_role("combobox", name="State").select_option("Deactivated")
    expect(page.get_by_role("heading", name="Nobody is like that")).to_be_visible()
    page.get_by_role("button", name="Show everybody").click()
    expect(page.get_by_role("searchbox", name="Name or e-mail")).to_have_value("")
    expect(page.get_by_role("row", name=ada.email)).to_be_visible()


def test_who_guesses_too_often_sees_the_wait_count_down_and_comes_in_after_it(
    people: People,
) -> None:
    site = people.stranger("cara")
    page, email = site.page, people.account("cara")
    page.goto(f"{site.address}/login")
    page.get_by_label("E-mail").fill(email)
    password = page.get_by_label("Password", exact=True)
    for n in range(12):
        password.fill(f"not it {n}")
        with page.expect_response("**/auth/login") as reply:
            site.button("Log in").click()
        if reply.value.status == 429:
            break
        expect(page.get_by_text("E-mail and password do not match.")).to_be_visible()
    password.fill(PASSWORD)
    expect(page.get_by_role("alert")).to_contain_text("Too many tries. You can try again in")
    expect(site.button("Log in")).to_be_enabled()
    site.button("Log in").click()
    expect(site.button("Your menu")).to_be_visible()
