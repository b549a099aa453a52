"""What stands beside the work: a person's own keys, the guideline."""

from playwright.sync_api import expect

from tests.e2e.benches import LabellingBench, ReviewBench
from tests.e2e.pages import DatasetPages
from tests.e2e.people import People
from tests.servers.images import ImageServer


def test_own_keys_hold_on_every_machine(people: People, image_server: ImageServer) -> None:
    pia = people.come("pia", admin=True)
    signs = pia.create_dataset(
        "Keys", interface="Yes or no", question="A sign?", answers=1, review="Nothing"
    )
    signs.bring([image_server.url(f"/ok/{n}.jpg") for n in (8, 9)])
    pia.button("Label images").click()
    bench = LabellingBench(pia.page, signs.name)
    first = bench.image()
    assert first is not None
    bench.press("?")
    told = pia.page.get_by_role("dialog", name="Keys").get_by_role("region")
    headings = told.get_by_role("heading")
    expect(headings).to_have_text(["Answer", "Look", "Panels and dialogs"])
    expect(told.filter(has_text="Your answers: open it again")).to_contain_text("↓")
    pia.button("Accept and go on: A, change").click()
    bench.press("x")
    expect(pia.page.get_by_role("alert")).to_have_text(
        "X is the key of “Reject and go on”.Exchange the two"
    )
    pia.button("Exchange the two").click()
    expect(pia.button("Reject and go on: A, change")).to_be_visible()
    bench.press("Escape")
    expect(pia.page.get_by_role("button", name="Accept X")).to_be_visible()

    elsewhere = people.come_again(pia)
    elsewhere.page.goto(pia.page.url)
    other = LabellingBench(elsewhere.page, signs.name)
    other.expect_image(first)
    other.answer("x")
    other.expect_gone(first)
    other.press("Backspace")
    expect(elsewhere.page.get_by_role("button", name="Accept X", pressed=True)).to_be_visible()
    other.press("?")
    elsewhere.button("Back to the defaults").click()
    expect(elsewhere.button("Accept and go on: A, change")).to_be_visible()


def test_a_guideline_is_new_until_it_was_beside_the_work(
    people: People, image_server: ImageServer
) -> None:
    pia = people.come("pia", admin=True)
    signs = pia.create_dataset(
        "Guided", interface="Draw shapes", labels=["stop"], answers=1, review="Nothing"
    )
    signs.bring([image_server.url("/ok/10.jpg")])
    _write(signs, "# Boxes\n\nTight ones.", version=1)
    _write(signs, "# Boxes\n\nTight ones, <b>poles</b> left out.", version=2)

    ned = people.come("ned", admin=True)
    ned.page.goto(pia.page.url.replace("/datasets/", "/label/").replace("/settings", ""))
    bench = LabellingBench(ned.page, signs.name)
    bench.expect_image("10.jpg")
    panel = ned.page.get_by_role("complementary", name="Guideline")
    bench.press("g")
    expect(panel.get_by_role("heading", name="Boxes")).to_be_visible()
    expect(panel.locator("p").last).to_have_text("Tight ones, <b>poles</b> left out.")
    bench.press("g")
    expect(panel).to_be_hidden()
    name = "Guideline (G)"
    expect(ned.button(name)).to_be_visible()

    _write(signs, "# Boxes\n\nLoose ones.", version=3)
    ned.page.reload()
    ned.button(f"{name}, changed since you read it").click()
    changed = panel.get_by_role("listitem").filter(has_text="added")
    expect(changed).to_contain_text("Loose ones.")
    expect(ned.button(name)).to_be_visible()
    # It never took anything from the work.
    bench.expect_image("10.jpg")


def test_a_guideline_is_beside_the_review_too(people: People, image_server: ImageServer) -> None:
    pia = people.come("pia", admin=True)
    signs = pia.create_dataset(
        "Reviewed", interface="Yes or no", question="A sign?", answers=1, review="Every image"
    )
    signs.bring([image_server.url("/ok/11.jpg")])
    pia.button("Label images").click()
    bench = LabellingBench(pia.page, signs.name)
    bench.expect_image("11.jpg")
    bench.answer("a")
    expect(pia.page.get_by_role("button", name="Saved")).to_be_visible()
    pia.page.get_by_role("link", name="To the dataset").click()
    _write(signs, "# Signs\n\nPoles are none.", version=1)

    ned = people.come("ned", admin=True)
    ned.page.goto(pia.page.url.replace("/datasets/", "/review/").replace("/settings", ""))
    review = ReviewBench(ned.page, signs.name)
    review.expect_image("11.jpg")
    panel = ned.page.get_by_role("complementary", name="Guideline")
    expect(ned.button("Guideline (G), changed since you read it")).to_be_visible()
    review.press("g")
    expect(panel).to_contain_text("Poles are none.")
    expect(ned.button("Guideline (G)")).to_be_visible()
    review.press("g")
    expect(panel).to_be_hidden()
    review.press("?")
    told = ned.page.get_by_role("dialog", name="Keys").get_by_role("region")
    headings = told.get_by_role("heading")
    expect(headings).to_have_text(["Answer", "Look", "Panels and dialogs"])
    expect(told.first).to_contain_text("EnterAAccept the proposal and go on")
    review.press("?")
    expect(told.first).to_be_hidden()
    # The next version is news, also to whoever has nothing to review any more.
    review.press("Enter")
    expect(ned.page.get_by_role("heading", name="Nothing waits for review")).to_be_visible()
    _write(signs, "# Signs\n\nPoles are some.", version=2)
    ned.page.reload()
    expect(ned.page.get_by_role("heading", name="Nothing waits for review")).to_be_visible()
    review.press("g")
    changed = panel.get_by_role("listitem").filter(has_text="added")
    expect(changed).to_contain_text("Poles are some.")


def _write(dataset: DatasetPages, text: str, *, version: int) -> None:
    dataset.open("Settings")
    dataset.page.get_by_role("textbox", name="Guideline").fill(text)
    dataset.site.button("Save as a new version").click()
    expect(dataset.page.get_by_text(f"Version {version} is saved")).to_be_visible()
