"""Questions about whole images, answered without touching the mouse."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.benches import LabellingBench
from tests.e2e.pages import DatasetPages, Site
from tests.e2e.people import People
from tests.servers.images import ImageServer


@pytest.fixture
def kim(people: People) -> Site:
    """Makes datasets and answers them alone."""
    return people.come("kim", admin=True)


def test_yes_or_no_and_choice_by_keys_alone(
    kim: Site, image_server: ImageServer, tmp_path: Path
) -> None:
    addresses = [image_server.url(f"/ok/{n}.jpg") for n in (5, 6, 7)]
    _say_yes_or_no(kim, addresses, tmp_path)
    _choose(kim, addresses, tmp_path)


def _say_yes_or_no(kim: Site, addresses: list[str], folder: Path) -> None:
    signs = kim.create_dataset(
        "Signs", interface="Yes or no", question="There is a sign", answers=1, review="Nothing"
    )
    signs.paste(addresses)
    bench = _start(kim, signs)
    expect(kim.page.get_by_role("heading", name="There is a sign")).to_be_visible()
    seen = _answer_each(bench, [["a"], ["x"], ["Space"]])
    bench.press("Backspace")
    bench.expect_image(seen[-1])
    expect(kim.page.get_by_role("button", name="Unsure", pressed=True)).to_be_visible()
    bench.answer("x")
    bench.expect_all_done()
    answers = {name: answer for name, (answer, _) in _final(signs, folder).items()}
    assert answers == dict(zip(seen, ["accept", "reject", "reject"], strict=True))


def _choose(kim: Site, addresses: list[str], folder: Path) -> None:
    weather = kim.create_dataset(
        "Weather",
        interface="Choose",
        question="What is the weather like?",
        options=["sun", "rain", "snow"],
        answers=1,
        review="Nothing",
    )
    weather.paste(addresses)
    bench = _start(kim, weather)
    # The last digit counts, and an image of which nothing can be said is no choice at all.
    seen = _answer_each(bench, [["1", "Enter"], ["3", "2", "a"], ["3", "x"]])
    for name, chosen in ((seen[2], "snow"), (seen[1], "rain")):
        bench.press("Backspace")
        bench.expect_image(name)
        expect(bench.option(chosen)).to_be_checked()
    bench.press("3")
    expect(bench.option("snow")).to_be_checked()
    expect(bench.option("rain")).not_to_be_checked()
    bench.answer("Enter")
    bench.expect_image(seen[2])
    bench.answer("Space")
    bench.expect_all_done()
    assert _final(weather, folder) == {
        seen[0]: ("accept", ["sun"]),
        seen[1]: ("accept", ["snow"]),
        seen[2]: ("ignore", []),  # what somebody unsure had picked is no answer
    }


def _start(kim: Site, dataset: DatasetPages) -> LabellingBench:
    kim.button("Label images").click()
    return LabellingBench(kim.page, dataset.name)


def _answer_each(bench: LabellingBench, keys: list[list[str]]) -> list[str]:
    """Presses the keys of one image after the other; returns the names in the order shown."""
    seen: list[str] = []
    for *choosing, answer in keys:
        name = bench.image()
        assert name is not None
        assert name not in seen
        seen.append(name)
        for key in choosing:
            bench.press(key)
        bench.answer(answer)
    bench.expect_all_done()
    return seen


def _final(dataset: DatasetPages, folder: Path) -> dict[str, tuple[str, list[str]]]:
    """Answer and chosen texts of each image, from the exported file."""
    dataset.page.get_by_role("link", name="To the dataset").click()
    file = dataset.export("JSONL", to=folder)
    found = {}
    for line in file.read_text().splitlines():
        record = json.loads(line)
        texts = {option["id"]: option["text"] for option in record.get("options", [])}
        chosen = [texts[option] for option in record.get("accept", [])]
        found[record["image"].rpartition("/")[2]] = (record["answer"], chosen)
    return found
