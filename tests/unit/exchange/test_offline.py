"""`concord merge`, `concord vote` and `concord agreement`: files in, files out, no server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from concord.client.cli import cli

IMAGES = {
    "images": {
        "street.jpg": {
            "annotators": {
                "ann": [[100, 100, 200, 100, "car"], [500, 300, 80, 80, "dog"]],
                "bob": [[500, 300, 80, 80, "dog"], [104, 98, 200, 104, "car"]],
                "cyd": [[500, 300, 80, 80, "dog"], [96, 101, 230, 99, "van"]],
            }
        },
        "sky.jpg": {"annotators": {"ann": [], "bob": []}, "expert": [[1, 2, 3, 4]]},
        "lone.jpg": {"annotators": {"ann": [[1.5, 2, 30, 40]], "bob": [], "cyd": []}},
    }
}
ANSWERS = {
    "answers": [
        *[["1", who, "cat"] for who in "abc"],
        *[["2", "a", "dog"], ["2", "b", "cat"], ["2", "c", "dog"]],
        *[[3, "a", "dog"], [3, "b", "cat"]],
    ],
    "truth": {"1": "cat"},
}


def write(folder: Path, content: object) -> Path:
    path = folder / "in.json"
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, encoding="utf-8")
    return path


def concord(verb: str, folder: Path, content: object) -> Any:
    result = CliRunner().invoke(cli, [verb, str(write(folder, content))])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_merge_makes_one_object_of_several_boxes(tmp_path: Path) -> None:
    images = concord("merge", tmp_path, IMAGES)["images"]
    car, dog = images["street.jpg"]
    # Each edge lies between those of Ann, Bob and Cyd.
    assert 96 <= car["x"] <= 104 and 98 <= car["y"] <= 101
    assert 300 <= car["x"] + car["width"] <= 326 and 200 <= car["y"] + car["height"] <= 202
    assert (car["label"], car["label_votes"]) == ("car", {"car": 2, "van": 1})
    assert (car["votes"], car["of"], car["state"]) == (3, 3, "label")
    assert car["members"] == [
        {"annotator": "ann", "box": 0},
        {"annotator": "bob", "box": 1},
        {"annotator": "cyd", "box": 1},
    ]
    assert [dog[key] for key in ("x", "y", "width", "height")] == [500, 300, 80, 80]
    assert (dog["label"], dog["state"]) == ("dog", "agreed")
    assert 0 < car["confidence"] < dog["confidence"] <= dog["existence"] <= 1
    assert images["sky.jpg"] == []
    (lone,) = images["lone.jpg"]
    assert (lone["label"], lone["votes"], lone["of"], lone["state"]) == (None, 1, 3, "existence")
    assert lone["existence"] < 0.5
    assert list(images) == list(IMAGES["images"])


def test_boxes_without_a_side_are_slips_and_told_of(tmp_path: Path) -> None:
    boxes = [[5, 5, 0, 40], [100, 100, 50, 50], [7, 7, 30, 0.9]]
    content = {"images": {"a": {"annotators": {"ann": boxes, "bob": [[100, 100, 50, 50]]}}}}
    found = concord("merge", tmp_path, content)
    assert found["left_out"] == [
        {"image": "a", "annotator": "ann", "box": 0},
        {"image": "a", "annotator": "ann", "box": 2},
    ]
    (merged,) = found["images"]["a"]
    assert merged["members"][0] == {"annotator": "ann", "box": 1}
    assert concord("agreement", tmp_path, content)["f1"]["value"] == 1.0


def test_nothing_at_all_is_no_error(tmp_path: Path) -> None:
    assert concord("merge", tmp_path, {"images": {}})["images"] == {}
    assert concord("vote", tmp_path, {"answers": []})["items"] == {}
    assert concord("agreement", tmp_path, {"answers": []})["alpha"]["value"] is None
    assert concord("agreement", tmp_path, {"images": {"a": {"annotators": {}}}})["boxes"] == 0


def test_vote_says_what_each_item_is(tmp_path: Path) -> None:
    items = concord("vote", tmp_path, ANSWERS)["items"]
    assert items["1"] == {
        "label": "cat",
        "majority": "cat",
        "votes": {"cat": 3},
        "confidence": 1.0,
        "by": "majority",
        "conflict": None,
    }
    assert (items["2"]["label"], items["2"]["votes"]) == ("dog", {"dog": 2, "cat": 1})
    assert items["2"]["confidence"] == pytest.approx(2 / 3)
    assert (items["3"]["label"], items["3"]["majority"]) == (None, None)
    assert items["3"]["conflict"] == "tie"


def test_labels_come_back_as_they_were_written(tmp_path: Path) -> None:
    answers = [[f"{n}", who, n % 2 == 0] for n in range(25) for who in ("x", "y", 7)]
    found = concord("vote", tmp_path, {"answers": answers})
    assert (found["items"]["4"]["label"], found["items"]["5"]["majority"]) == (True, False)
    assert found["items"]["4"]["votes"] == {"true": 3}
    assert {item["by"] for item in found["items"].values()} == {"skills"}
    assert set(found["annotators"]) == {"x", "y", "7"}


def test_agreement_reads_votes(tmp_path: Path) -> None:
    found = concord("agreement", tmp_path, ANSWERS)
    # Alike: 1, 1/3 and 0 of all pairs; alpha: 8 answers, 5 cat and 3 dog,
    # differing 2 x 2 / 2 + 2 x 1 / 1 = 4.
    assert found["percent"]["value"] == pytest.approx((1 + 1 / 3) / 3)
    assert found["alpha"]["value"] == pytest.approx(1 - 7 * 4 / (64 - 25 - 9))
    assert (found["alpha"]["n"], found["alpha"]["band"]) == (3, "fix_guideline")
    assert found["alpha"]["low"] <= found["alpha"]["value"] <= found["alpha"]["high"]
    assert (found["items"], found["annotators"], found["answers"]) == (3, 3, 8)
    assert [pair["annotators"] for pair in found["pairs"]] == [["a", "b"], ["a", "c"], ["b", "c"]]
    assert set(found["alpha_without"]) == {"a", "b", "c"}
    assert found == concord("agreement", tmp_path, ANSWERS)


def test_agreement_reads_boxes(tmp_path: Path) -> None:
    found = concord("agreement", tmp_path, IMAGES)
    # Ann and Bob: 2 of 2 and 2 on the street, none of 1 and 0 on the third image: F1 4 / 5.
    (pair,) = (pair for pair in found["pairs"] if pair["annotators"] == ["ann", "bob"])
    assert pair["f1"] == {**pair["f1"], "value": pytest.approx(4 / 5), "n": 3}
    # On the street 2 + 2 + 2 matches; every box counts twice, having two possible partners.
    assert found["f1"]["value"] == pytest.approx(2 * 6 / (2 * 6 + 2 * 1))
    assert found["iou"]["n"] == 3
    # car, dog, and one that two did not draw
    assert found["percent"]["value"] == pytest.approx((1 / 3 + 1 + 1 / 3) / 3)
    assert set(found["labels"]) == {"car", "dog", "van"}
    assert (found["images"], found["annotators"], found["boxes"]) == (3, 3, 7)


ROOT = Path(__file__).parents[3]
BARE = """
import sys
from concord.client.cli import cli
cli(standalone_mode=False)
sys.exit("django" in sys.modules)
"""


@pytest.mark.parametrize("verb", ["merge", "vote", "agreement"])
def test_it_runs_anywhere_without_settings_server_or_django(verb: str, tmp_path: Path) -> None:
    path = write(tmp_path, ANSWERS if verb == "vote" else IMAGES)
    bare = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("CONCORD", "DJANGO", "DATABASE", "CELERY"))
    }
    bare["PYTHONPATH"] = f"{ROOT / 'platform'}{os.pathsep}{ROOT}"
    command = [sys.executable, "-c", BARE, verb, path.name, "--output", "out.json"]
    done = subprocess.run(
        command, cwd=tmp_path, env=bare, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert json.loads((tmp_path / "out.json").read_bytes())


BOXES = 'images["a"].annotators["ann"]'


@pytest.mark.parametrize(
    ("verb", "content", "said"),
    [
        ("merge", "", "Expecting value at line 1, column 1."),
        ("merge", "[]", "not a JSON object"),
        ("merge", '{"images": {}, "images": {}}', "The key 'images' occurs twice."),
        ("merge", '{"images": 1e999}', "1e999 is too large a number."),
        ("merge", "[" * 100_000, "Nested deeper than 32 levels."),
        ("merge", {}, "images: an object is needed"),
        ("merge", {"images": []}, "images: an object is needed"),
        ("merge", {"images": {"a": []}}, 'images["a"]: an object is needed'),
        ("merge", {"images": {"a\n": {}}}, 'images["a\\n"].annotators: an object is needed'),
        ("vote", {"answers": {}}, "answers: a list is needed"),
        ("vote", {"answers": [["1", "a"]]}, "answers[0]: [item, annotator, label] is needed"),
        ("vote", {"answers": [[1.5, "a", "x"]]}, "answers[0][0]: a string or a whole number is"),
        ("vote", {"answers": [[1, True, "x"]]}, "answers[0][1]: a string or a whole number is"),
        ("vote", {"answers": [["1", "a", None]]}, "answers[0][2]: a label is a string"),
        ("vote", {"answers": [[1, "a", 1], [1, "b", "1"]]}, "answers[1][2]: 1 is another label"),
        ("vote", {"answers": [[1, "a", "x"], ["1", "a", "x"]]}, "answers[1]: answers[0] is by"),
        ("agreement", {"neither": 1}, 'neither "images" nor "answers" in it'),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_one_line(
    verb: str, content: object, said: str, tmp_path: Path
) -> None:
    path = write(tmp_path, content)
    result = CliRunner().invoke(cli, [verb, str(path), "--output", str(tmp_path / "out")])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"in.json: {said}")
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        ({}, f"{BOXES}: a list of boxes is needed"),
        ([[1, 2, 3]], f"{BOXES}[0]: [x, y, width, height] is needed"),
        ([[1, 2, 3, 4], [1, 2, 3, 4, "x", 5]], f"{BOXES}[1]: [x, y, width, height] is needed"),
        ([[1, 2, "3", 4]], f"{BOXES}[0][2]: a number of pixels is needed"),
        ([[True, 2, 3, 4]], f"{BOXES}[0][0]: a number of pixels is needed"),
        ([[1, 1e300, 3, 4]], f"{BOXES}[0][1]: a number of pixels is needed"),
        ([[1, 2, 3, -4]], f"{BOXES}[0]: width and height cannot be below 0"),
        ([[1, 2, 3, 4, 5]], f"{BOXES}[0][4]: a label is a string"),
        ([[1, 2, 3, 4]] * 10_001, 'images["a"]: more than 10000 boxes'),
    ],
)
@pytest.mark.parametrize("verb", ["merge", "agreement"])
def test_what_is_wrong_with_a_box_is_said_with_its_place(
    verb: str, boxes: object, said: str, tmp_path: Path
) -> None:
    path = write(tmp_path, {"images": {"a": {"annotators": {"ann": boxes}}}})
    result = CliRunner().invoke(cli, [verb, str(path)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"in.json: {said}")


def test_files_that_cannot_be_read_or_written_are_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["vote", str(tmp_path / "none.json")])
    assert (result.exit_code, result.stderr) == (2, "none.json: No such file or directory\n")
    path = write(tmp_path, ANSWERS)
    result = CliRunner().invoke(cli, ["vote", str(path), "--output", f"{tmp_path}/no/out"])
    assert result.exit_code == 2
    assert result.stderr == f"{tmp_path}/no/out: No such file or directory\n"


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("merge", '{"images": {ID: {"annotators": {NAME: [[x, y, width, height, label?], ...]}}}}'),
        ("vote", '{"answers": [[item, annotator, label], ...]}'),
    ],
)
def test_the_help_shows_the_form_of_the_file(verb: str, form: str) -> None:
    shown = CliRunner().invoke(cli, [verb, "--help"]).stdout
    assert form in " ".join(shown.split())


def test_names_in_any_script_come_through(tmp_path: Path) -> None:
    found = concord("vote", tmp_path, {"answers": [["画像", "Łucja", "猫"]]})
    assert found["items"]["画像"]["label"] == "猫"
