"""The audit log: an admin finds who gave somebody a role; a manager sees their dataset alone."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.pages import DatasetPages, Site
from tests.e2e.people import People


@pytest.fixture
def team(people: People) -> Iterator[tuple[Site, Site, Site, DatasetPages]]:
    """An admin, the manager of a dataset, and whom that one made a reviewer of it; the dataset."""
    rita, olga, ann = (people.come(name, admin=name == "rita") for name in ("rita", "olga", "ann"))
    signs = rita.send_dataset("Signs", interface="image_manual", labels=["stop"])
    members = f"datasets/{signs.slug}/members/"
    rita.send(members, {"email": olga.email, "role": "manager"})
    olga.send(members, {"email": ann.email, "role": "reviewer"})
    rita.send_dataset("Elsewhere", interface="image_manual", labels=["other"])
    yield rita, olga, ann, signs


def sentences(page: Page) -> list[str]:
    return page.get_by_role("main").get_by_role("listitem").locator("p").all_inner_texts()


def test_an_admin_finds_who_gave_a_role_and_takes_the_table_along(
    team: tuple[Site, Site, Site, DatasetPages], tmp_path: Path
) -> None:
    rita, olga, ann, signs = team
    page = rita.page
    page.get_by_role("link", name="System").click()
    expect(page.get_by_role("heading", name="Audit log")).to_be_visible()
    page.get_by_role("combobox", name="What").click()
    page.get_by_role("option", name="Members and roles").click()
    made = f"{olga.shown_name} made {ann.shown_name} a reviewer in {signs.name}"
    row = page.get_by_role("listitem").filter(has_text=made)
    expect(row).to_be_visible()
    row.get_by_role("button", name="Details").click()
    row.get_by_role("button", name=f"All by {olga.shown_name}").click()
    expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(1)
    assert sentences(page) == [made]

    page.reload()  # the address says what is looked for
    expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(1)
    page.get_by_role("button", name="Download").click()
    with page.expect_download() as coming:
        page.get_by_role("menuitem", name="Table (CSV)").click()
    coming.value.save_as(tmp_path / "events.csv")
    with (tmp_path / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        (line,) = csv.DictReader(file)
    assert (line["who_email"], line["kind"], line["dataset"]) == (
        olga.email,
        "member.added",
        signs.name,
    )
    page.go_back()
    expect(page.get_by_text(f"made {olga.shown_name} a manager in {signs.name}")).to_be_visible()


def test_a_manager_sees_their_own_dataset_alone(
    team: tuple[Site, Site, Site, DatasetPages],
) -> None:
    rita, olga, ann, signs = team
    page = olga.page
    expect(page.get_by_role("link", name="System")).to_be_hidden()
    page.goto(f"{olga.address}/datasets/{signs.slug}")
    signs_of_olga = DatasetPages(olga, signs.name, slug=signs.slug)
    signs_of_olga.open("Audit log")
    expect(page.get_by_text(f"{rita.shown_name} created {signs.name}")).to_be_visible()
    assert sentences(page) == [
        f"{olga.shown_name} made {ann.shown_name} a reviewer",
        f"{rita.shown_name} made {olga.shown_name} a manager",
        f"{rita.shown_name} added the label stop",
        f"{rita.shown_name} created {signs.name}",
    ]
    page.goto(f"{olga.address}/system/audit")
    expect(page.get_by_role("alert")).to_contain_text("Only an admin of this instance may do this.")
