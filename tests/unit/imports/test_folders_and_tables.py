"""Images in folders by class, our own table of answers, and formats that the importer names."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apps.imports.domain.readers import Format, Reading, read_archive
from apps.imports.domain.rows import ListRefused, Row, RowRead, RowRefused
from tests.unit.imports.opening import (
    CVAT,
    DATA,
    VOC,
    coco,
    codes,
    loads,
    opened,
    packed,
    read,
    unpacked,
)


class TestImageFolders:
    def test_the_last_folder_is_what_was_chosen(self) -> None:
        images = {"train/Kätzchen/1.jpg": b"", "val/dog/2.PNG": b"", "3.jpg": b""}
        said = json.dumps([{"folder": "dog", "id": 7, "text": "Dog!"}])
        form, rows = unpacked({**images, "classes.json": said}, answers=True)
        assert form == Format.IMAGE_FOLDER
        assert codes(rows) == ["no_answer", "", ""]
        assert [chosen(row) for row in rows[1:]] == [["Kätzchen"], [7]]
        assert [row.member for row in rows[1:] if isinstance(row, RowRead)] == [*images][:2]

    def test_folders_called_like_verdicts_are_verdicts(self) -> None:
        images: dict[str, bytes | str] = {"accept/1.jpg": b"", "ignore/2.jpg": b""}
        _, rows = unpacked(images, answers=True)
        assert [row.payload["answers"][0]["data"]["answer"] for row in rows] == ["accept", "ignore"]
        _, rows = unpacked({**images, "cat/3.jpg": b""}, answers=True)
        assert [chosen(row) for row in rows] == [["accept"], ["cat"], ["ignore"]]

    def test_what_only_the_manifest_names_is_fetched_or_looked_for(self) -> None:
        lines = [
            {"file": "cat/1.jpg", "address": "https://example.org/1.jpg", "missing": "not kept"},
            {"file": "cat/2.jpg", "address": "2.jpg", "missing": "not kept"},
            {"file": None, "address": "https://example.org/3.jpg", "missing": "no option"},
            {"file": "dog/4.jpg", "address": "https://example.org/4.jpg"},
        ]
        manifest = "\n".join(["no JSON", "[]", *map(json.dumps, lines)])
        _, rows = unpacked({"dog/4.jpg": b"", "manifest.jsonl": manifest}, answers=True)
        found = [(row.url, row.named) for row in rows if isinstance(row, RowRead)]
        assert found == [
            *[("upload:dog/4.jpg", ""), ("https://example.org/1.jpg", ""), ("", "cat/2.jpg")]
        ]
        assert [chosen(row) for row in rows] == [["dog"], ["cat"], ["cat"]]

    @pytest.mark.parametrize(
        "said", ["{", "7", "[1]", '[{"folder": "a"}]', '[{"folder": "a", "id": true}]']
    )
    def test_classes_that_make_no_sense(self, said: str) -> None:
        with pytest.raises(ListRefused) as refused:
            unpacked({"a/1.jpg": b"", "classes.json": said})
        assert refused.value.code == "bad_classes"


def chosen(row: Row) -> list[int | str]:
    assert isinstance(row, RowRead), row
    found: list[int | str] = row.payload["answers"][0]["data"]["accept"]
    return found


class TestTablesOfAnswers:
    HEAD = "image,image_width,image_height,question,answer,span,label,x,y,width,height,points,more"

    def table(self, *lines: str, **reading: Any) -> list[Row]:
        found = opened("\n".join([self.HEAD, *lines]).encode(), "a.csv", **reading)
        assert found.format == Format.ANSWER_TABLE
        return list(found.rows)

    def test_records_of_one_answer_are_one_row(self) -> None:
        where = "https://example.org/1.jpg"
        asked = f"{where},640,480,'=1+1"
        more = '"{""_annotator_id"": ""ann"", ""ünknown"": [9007199254740993, null]}"'
        rows = self.table(
            f"{asked},accept,s1,'-stop,-0.5,1,2,3,,{more}",
            f'{asked},accept,,Ü,,,,,"[[0,0],[9,0],[9,9]]",{more}',
            f"{asked},reject,,,,,,,,{more}",
            answers=True,
        )
        assert [row.line for row in rows] == [2, 4]
        first, second = (row for row in rows if isinstance(row, RowRead))
        assert (first.url, first.payload["label"]) == (where, "=1+1")
        assert first.payload["extra"]["ünknown"] == [2**53 + 1, None]
        (answer,) = first.payload["answers"]
        assert (answer["by"], answer["data"]["spans"]) == (
            "ann",
            [
                {"id": "s1", "label": "-stop", "x": -0.5, "y": 1, "width": 2, "height": 3},
                {"label": "Ü", "points": [[0, 0], [9, 0], [9, 9]]},
            ],
        )
        assert second.payload["answers"][0]["data"]["answer"] == "reject"

    def test_a_bad_cell_costs_its_answer_and_says_where(self) -> None:
        where = "https://example.org/"
        rows = self.table(
            f"{where}1.jpg,640,480,,accept,a,stop,1,1,1,1,,",
            f"{where}1.jpg,640,480,,accept,b,stop,one,1,1,1,,",
            f"{where}2.jpg,,,,accept,,,,,,,,[]",
            f"{where}3.jpg,,,,accept,,,,,,,,",
            "nowhere.jpg,,,,accept,,,,,,,,",
        )
        assert codes(rows) == ["bad_json", "bad_field", "", "not_a_url"]
        assert isinstance(rows[0], RowRefused)
        assert rows[0].reason.startswith("Line 3: x is not valid JSON")

    def test_another_column_of_addresses_makes_it_any_table(self) -> None:
        text = f"{self.HEAD}\na,1,1,,accept,https://example.org/1.jpg,,,,,,,".encode()
        found = opened(text, "a.csv", url_field="span")
        assert (found.format, codes(list(found.rows))) == (Format.TABLE, [""])


LISTS: dict[str, bytes | str] = {
    "a.txt": "https://example.org/1.jpg\n7\n",
    "a.csv": "image,answer\nhttps://example.org/1.jpg,accept\n",
    "a.jsonl": '{"image": "https://example.org/1.jpg"}\n["data"]\n',
    "a.json": '[{"data": {"image": "https://example.org/1.jpg"}, "annotations": []}, 7]',
    "coco.json": json.dumps(coco()),
    "cvat.xml": CVAT.format(""),
    "voc.xml": VOC,
    "blob.bin": bytes(range(256)),
}
TREES: list[dict[str, bytes | str]] = [
    {"data.yaml": DATA, "labels/a.txt": "0 .5 .5 1 1", "images/a.jpg": b"1"},
    {"Annotations/1.xml": VOC, "JPEGImages/1.jpg": b"1"},
    {"cat/1.jpg": b"1"},
    {"1.jpg": b"1"},
    {"notes.md": "none"},
    *({name: text} for name, text in LISTS.items()),
]


class TestFormatsThatAreChosen:
    """A wrong choice is told in words, of the list or of its lines; nothing else is ever raised."""

    @pytest.mark.parametrize("form", Format)
    @pytest.mark.parametrize("name", LISTS)
    def test_for_a_list(self, name: str, form: Format) -> None:
        text = LISTS[name]
        data = text if isinstance(text, bytes) else text.encode()
        told_or_read(lambda: opened(data, name, format=form), form)
        told_or_read(lambda: opened(data, name, format=form, answers=True), form)

    @pytest.mark.parametrize("form", Format)
    @pytest.mark.parametrize("files", TREES)
    def test_for_an_archive(self, files: dict[str, bytes | str], form: Format) -> None:
        told_or_read(
            lambda: read_archive(packed(files), loads=loads, reading=Reading(format=form)), form
        )

    def test_what_is_chosen_wins(self) -> None:
        as_tasks = read([{"data": {"photo": "x"}, "annotations": []}], format=Format.JSON_ARRAY)
        assert codes(as_tasks) == ["no_url"]
        as_theirs = read([{"image": "https://a.org/1"}], format=Format.LABEL_STUDIO)
        assert codes(as_theirs) == ["not_this_format"]
        columns = b"image,image_width,image_height,answer,span\nhttps://a.org/1,1,1,accept,\n"
        (row,) = read(columns, "a.csv", format=Format.TABLE)
        assert isinstance(row, RowRead)
        assert row.payload["meta"]["answer"] == "accept"
        lines = LISTS["a.txt"]
        assert isinstance(lines, str)
        assert codes(read(lines.encode(), "a.csv", format=Format.ADDRESSES)) == ["", "not_a_url"]


def told_or_read(read_it: Any, form: Format) -> None:
    try:
        found = read_it()
        rows = list(found.rows)
    except ListRefused as refused:
        assert refused.reason.endswith(".")
        return
    assert found.format in {form, Format.LABEL_STUDIO}
    assert all(row.reason for row in rows if isinstance(row, RowRefused))
