"""`concord upload`, the program, at a running instance: a folder as people have them."""

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.pages import unique
from tests.servers.images import picture
from tests.servers.scripting import Script


@pytest.fixture
def dataset(script: Script) -> dict[str, Any]:
    body = {"name": unique("Street"), "interface": "image_manual", "labels": ["sign"]}
    made: dict[str, Any] = script.ask("POST", "datasets/", body)
    return made


@pytest.fixture
def street(tmp_path: Path) -> Path:
    """Four images, one of them twice and one cut off, in folders within folders; a text and what is
    hidden."""
    files = {
        "2.jpg": picture(2),
        "10.jpg": picture(10),
        "Wände/Tür & Tor \u2013 \u00fc\u4e2d.png": picture(3, "png"),
        "Wände/tief/again.jpg": picture(2),
        "Wände/tief/broken.jpg": picture(4)[:900],
        "notes.txt": b"Taken on a grey day.",
        ".hidden.jpg": picture(5),
        ".cache/6.jpg": picture(6),
    }
    for name, data in files.items():
        path = tmp_path / "street" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "street"


def test_a_folder_comes_in_once_and_what_did_not_is_named(
    script: Script, dataset: dict[str, Any], street: Path
) -> None:
    done = script.concord("upload", dataset["slug"], str(street))
    assert done.stderr == "", "no progress where nobody looks"
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "5 images sent: 3 new, 1 in the dataset already, 1 failed.",
        "1 failed: The image is damaged: Premature end of JPEG file",
        "  street/Wände/tief/broken.jpg",
        "1 not sent: This is text. Images may be JPEG, PNG, WebP, GIF, BMP, TIFF and AVIF.",
        "  street/notes.txt",
        f"{script.stack.address}/datasets/{dataset['slug']}",
    ]
    [made] = script.ask("GET", f"datasets/{dataset['id']}/imports/")["results"]
    rows = script.ask("GET", f"imports/{made['id']}/rows/")["results"]
    assert [row["url"].removeprefix("upload:street/") for row in rows] == [
        "2.jpg",
        "10.jpg",
        "Wände/tief/again.jpg",
        "Wände/tief/broken.jpg",
        "Wände/Tür & Tor \u2013 \u00fc\u4e2d.png",
    ]
    (street / "Wände/tief/broken.jpg").unlink()
    again = script.concord("upload", dataset["id"], str(street / "2.jpg"), f"{street}/Wände")
    assert again.returncode == 0, again.stderr
    assert again.stdout.splitlines()[0] == "Nothing new: 3 images sent, all in the dataset already."
    assert len(script.ask("GET", f"datasets/{dataset['id']}/tasks/")["results"]) == 3


def test_what_cannot_be_done_is_told_in_one_line(
    script: Script, dataset: dict[str, Any], street: Path
) -> None:
    address, slug = script.stack.address, dataset["slug"]
    [mine] = script.ask("GET", "tokens/")["results"]

    def refusal(*arguments: str, **variables: str) -> str:
        done = script.concord("upload", *arguments, **variables)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.count("\n") == 1
        return done.stderr.strip()

    account = f"Make a token at {address}/account, and set CONCORD_TOKEN to it."
    assert refusal(slug, str(street), CONCORD_TOKEN="") == (
        f"CONCORD_TOKEN is not set. Make a token at {address}/account, and set it."
    )
    assert refusal(slug, str(street), CONCORD_TOKEN="concord_wrong") == (
        f"This token does not open anything. {account}"
    )
    assert refusal("no-such-dataset", str(street)) == (
        "There is no dataset 'no-such-dataset', or you may not see it."
    )
    assert refusal(slug, str(street / "none")) == f"Not there, or not to be read: {street}/none"
    nobody = "http://127.0.0.1:9"
    away = refusal(slug, str(street), CONCORD_URL=nobody)
    assert away.startswith(f"{nobody} cannot be reached: ")
    wrong = refusal(slug, str(street), CONCORD_URL=f"{address}/datasets/{slug}")
    assert wrong.endswith("does not answer as Concord does. Is CONCORD_URL right?")
    assert mine["prefix"] == script.token[:12]
