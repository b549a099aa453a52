"""A list is looked at, imported, and what failed of it is corrected and imported again."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.e2e.pages import PATIENCE_WITH_JOBS, DatasetPages
from tests.e2e.people import People
from tests.servers.images import ImageServer, picture


def test_what_failed_is_corrected_and_comes_in(
    people: People, image_server: ImageServer, tmp_path: Path
) -> None:
    kim = people.come("kim", admin=True)
    streets = kim.send_dataset("Streets", interface="image_manual", labels=["car"])
    page = kim.page
    good = [image_server.url(f"/ok/{n}.jpg") for n in (701, 702)]
    lines = [
        "Foto;Straße",
        f"{good[0]};Königsallee",
        f"{image_server.url('/gone/703.jpg')};Graben",
        f"{image_server.url('/gone/704.jpg')};Ring",
        f"{image_server.url('/text.jpg')};Platz",
        f"{good[0]};Königsallee",
        "www.example.org/1.jpg;Steg",
    ]
    table = tmp_path / "streets.csv"
    table.write_bytes("\n".join(lines).encode("cp1252"))

    # Looked at: how it was read, and what is odd about it.
    streets.open("Import")
    page.get_by_label("Drop a list, image files").set_input_files(table)
    look = page.get_by_role("region", name="What the list holds")
    expect(look.get_by_text("Table · 6 lines: 4 new, 1 repeated, 1 refused")).to_be_visible()
    expect(look.get_by_role("list", name="Look at this first")).to_contain_text("windows-1252")
    expect(look.get_by_role("cell", name="Königsallee").first).to_be_visible()
    expect(look.get_by_text("The same address as line 2.")).to_be_visible()
    choose_a_column(look)
    see_what_it_would_bring(look)
    say_how_it_was_saved(look)
    look.get_by_role("button", name="Import 5 lines").click()

    # Imported: what failed is told by reason.
    streets.wait_for_import(lines=6)
    assert streets.import_counts() == {"in": 1, "repeats": 1, "failed": 4}
    expect(page.get_by_text("The list was read as Windows-1252.")).to_be_visible()
    report = page.get_by_role("region", name="How the list was read")
    expect(report).to_contain_text("Table · 6 lines · addresses from Foto")
    expect(report.get_by_role("link", name="The whole report as JSON")).to_be_visible()
    expect(page.get_by_role("list", name="Newest images").get_by_role("img")).to_have_count(1)
    reasons = page.get_by_role("list", name="Reasons").get_by_role("listitem")
    expect(reasons.first).to_contain_text("2There is nothing at this address (404).")
    expect(reasons.first).to_contain_text("Correct the address in the list.")
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows).to_have_count(1 + 4)
    try_one_reason_again(streets)
    reasons.first.get_by_role("button").first.click()
    expect(rows).to_have_count(1 + 2)
    page.get_by_role("textbox", name="Search address or reason").fill("704")
    expect(rows).to_have_count(1 + 1)
    page.get_by_role("textbox", name="Search address or reason").fill("nowhere")
    expect(page.get_by_text("No failed line is like that.")).to_be_visible()

    # Corrected, and dropped again.
    with page.expect_download() as download:
        page.get_by_role("link", name="Failed lines as CSV").click()
    failed = Path(download.value.path()).read_text("utf-8-sig")
    corrected = tmp_path / "corrected.csv"
    corrected.write_text(
        failed.replace("/gone/", "/ok/")
        .replace("/text.jpg", "/ok/705.jpg")
        .replace("www.example.org/1.jpg", good[1])
    )
    page.get_by_role("link", name="Bring more images").click()
    page.get_by_label("Drop a list, image files").set_input_files(corrected)
    expect(page.get_by_text("Table · 4 lines: 4 new")).to_be_visible()
    page.get_by_role("button", name="Import 4 lines").click()
    streets.wait_for_import(lines=4)
    assert streets.import_counts() == {"in": 4}
    streets.open("Import")
    expect(page.get_by_role("row", name="streets.csv")).to_contain_text(
        "4 failed", timeout=PATIENCE_WITH_JOBS
    )


def test_a_folder_is_dropped(people: People, tmp_path: Path) -> None:
    """As from a desktop, with a folder in it and a file that is no image."""
    kim = people.come("kim", admin=True)
    trip = kim.send_dataset("Trip", interface="image_manual", labels=["car"])
    folder = tmp_path / "trip"
    (folder / "day").mkdir(parents=True)
    for n, place in enumerate(("a.jpg", "b.jpg", "day/c.jpg"), start=711):
        (folder / place).write_bytes(picture(n))
    (folder / "Thumbs.db").write_bytes(b"x")
    trip.open("Import")
    drop(kim.page, kim.page.get_by_text("Drop a list, image files"), folder)
    expect(kim.page.get_by_text("1 file that is no image was left out.")).to_be_visible()
    trip.wait_for_import(lines=3)
    assert trip.import_counts() == {"in": 3}
    newest = kim.page.get_by_role("list", name="Newest images")
    expect(newest.get_by_role("img", name="trip/day/c.jpg")).to_be_visible()


def drop(page: Page, there: Locator, folder: Path) -> None:
    """Lets go of a folder over a place, which scripts cannot do."""
    box = there.bounding_box()
    assert box is not None
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    held = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
    hand = page.context.new_cdp_session(page)
    for what in ("dragEnter", "dragOver", "drop"):
        hand.send("Input.dispatchDragEvent", {"type": what, "data": held, **at})


def try_one_reason_again(dataset: DatasetPages) -> None:
    """Three reasons, two of which can be tried again: a line that cannot be read stays as it is."""
    expect(dataset.page.get_by_role("list", name="Reasons").get_by_role("listitem")).to_have_count(
        3
    )
    again = dataset.page.get_by_role("button", name="Try these again")
    expect(again).to_have_count(2)
    again.first.click()
    dataset.wait_for_import(lines=6)
    expect(again).to_have_count(2)


def see_what_it_would_bring(look: Locator) -> None:
    """Images and reasons, before anything is imported."""
    for line in (2, 6):
        expect(look.get_by_role("img", name=f"Image of line {line}")).to_be_visible()
    gone = look.get_by_role("row", name="/gone/703.jpg")
    expect(gone).to_contain_text("There is nothing at this address (404).")
    expect(look.get_by_role("row", name="/text.jpg")).to_contain_text("This is a web page.")


def say_how_it_was_saved(look: Locator) -> None:
    """A wrong encoding spoils the list; the right one is kept."""
    look.get_by_role("combobox", name="Saved as").click()
    look.page.get_by_role("option", name="UTF-8").click()
    expect(look.get_by_role("alert")).to_contain_text("UTF-8")
    look.get_by_role("combobox", name="Saved as").click()
    look.page.get_by_role("option", name="Windows-1252").click()
    expect(look.get_by_role("cell", name="Königsallee").first).to_be_visible()
    look.get_by_role("combobox", name="Read as").click()
    look.page.get_by_role("option", name="YOLO").click()
    expect(look.get_by_role("alert")).to_contain_text("YOLO is read from a zip")
    look.get_by_role("combobox", name="Read as").click()
    look.page.get_by_role("option", name="Find out").click()
    expect(look.get_by_role("cell", name="Königsallee").first).to_be_visible()


def choose_a_column(look: Locator) -> None:
    """Another column is another list, in which no line can be read."""
    look.get_by_role("combobox", name="Where the address is").click()
    look.page.get_by_role("option", name="Straße").click()
    expect(look.get_by_text("6 refused")).to_be_visible()
    expect(look.get_by_role("button", name="Import")).to_be_disabled()
    look.get_by_role("combobox", name="Where the address is").click()
    look.page.get_by_role("option", name="Foto").click()
