"""Files as COCO, CVAT, Pascal VOC and YOLO have them, worked out by hand."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from apps.imports.domain.boxes import BoxFormat
from apps.imports.domain.bundles import Bundle
from apps.imports.domain.readers import Format, Reading, ReadList, read_archive, read_list
from apps.imports.domain.readers.yolo import names_in_yaml
from apps.imports.domain.rows import ListRefused, Row, RowRead, RowRefused
from concord.http.strictjson import loads_strict


def loads(text: str) -> Any:
    return loads_strict(text.encode())


def opened(data: Any, name: str, **reading: Any) -> ReadList:
    text = data if isinstance(data, bytes) else json.dumps(data).encode()
    return read_list([text], name=name, loads=loads, reading=Reading(**reading))


def read(data: Any, name: str = "a.json", **reading: Any) -> list[Row]:
    return list(opened(data, name, **reading).rows)


def packed(files: dict[str, bytes | str]) -> Bundle:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return Bundle(body)


def unpacked(files: dict[str, bytes | str], **reading: Any) -> tuple[Format, list[Row]]:
    found = read_archive(packed(files), loads=loads, reading=Reading(**reading))
    return found.format, list(found.rows)


def codes(rows: list[Row]) -> list[str]:
    return [row.code if isinstance(row, RowRefused) else "" for row in rows]


def spans(row: Row) -> list[dict[str, Any]]:
    assert isinstance(row, RowRead), row
    found: list[dict[str, Any]] = row.payload["spans"]
    return found


def coco(*annotations: dict[str, Any], **image: Any) -> dict[str, Any]:
    made = [{"id": n, "image_id": 7, "category_id": 3, **a} for n, a in enumerate(annotations)]
    images = [{"id": 7, "file_name": "street/1.jpg", "width": 640, "height": 480, **image}]
    return {
        "info": {},
        "annotations": made,
        "images": images,
        "categories": [{"id": 3, "name": "Ü"}],
    }


class TestCoco:
    def test_boxes_and_outlines_are_of_the_image_that_they_name(self) -> None:
        box = {"bbox": [1.5, 2, 30, 40], "attributes": {"lit": True}, "area": 1200, "iscrowd": 0}
        outline = {"segmentation": [[0, 0, 10, 0, 10.25, 10]], "bbox": [0, 0, 10.25, 10]}
        found = opened(coco(box, outline), "a.json")
        (row,) = found.rows
        assert (found.format, row.line) == (Format.COCO, 1)
        assert isinstance(row, RowRead)
        assert (row.named, row.url, row.payload["size"]) == ("street/1.jpg", "", [640, 480])
        rect = {"type": "rect", "x": 1.5, "y": 2.0, "width": 30.0, "height": 40.0}
        assert spans(row) == [
            {"attributes": {"lit": True}, "label": "Ü", **rect},
            {"label": "Ü", "points": [[0.0, 0.0], [10.0, 0.0], [10.25, 10.0]]},
        ]

    def test_four_corners_keep_the_sides_of_their_box(self) -> None:
        corners = [[10, 20, 10, 60, 40, 60, 40, 20]]
        (row,) = read(coco({"segmentation": corners, "bbox": [10, 20, 30, 40]}))
        (span,) = spans(row)
        assert [span[key] for key in ("x", "y", "width", "height")] == [10, 20, 30, 40]
        assert span["points"] == [[10, 20], [10, 60], [40, 60], [40, 20]]

    def test_which_image_an_annotation_means_is_no_text_within_it(self) -> None:
        within = {"attributes": {"image_id": 8}, "bbox": [1, 1, 1, 1]}
        written = {"note": 'not "image_id": 8,', "bbox": [2, 2, 1, 1]}
        (row,) = read(coco(within, written))
        assert [span["x"] for span in spans(row)] == [1, 2]

    def test_how_large_a_file_may_be_is_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("apps.imports.domain.readers.coco.MOST", 1)
        with pytest.raises(ListRefused, match=r"may have 0 MB\. One of COCO .* split it"):
            read(coco())

    def test_an_address_is_preferred_to_a_name(self) -> None:
        (row,) = read(coco(coco_url="https://example.org/1.jpg"))
        assert isinstance(row, RowRead)
        assert (row.url, row.named) == ("https://example.org/1.jpg", "")

    @pytest.mark.parametrize(
        ("form", "numbers"),
        [
            (BoxFormat.XYWH, [10, 20, 30, 40]),
            (BoxFormat.CENTRE, [25, 40, 30, 40]),
            (BoxFormat.XYXY, [40, 20, 10, 60]),
        ],
    )
    def test_what_four_numbers_say_is_the_importers_word(
        self, form: BoxFormat, numbers: list[float]
    ) -> None:
        (row,) = read(coco({"bbox": numbers}), box_format=form)
        (span,) = spans(row)
        assert [span[key] for key in ("x", "y", "width", "height")] == [10, 20, 30, 40]

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"segmentation": {"counts": [1], "size": [1, 1]}, "iscrowd": 1}, "mask"),
            ({"iscrowd": 1, "bbox": [1, 1, 1, 1]}, "crowd"),
            ({"segmentation": [[0, 0, 1, 0, 1, 1], [5, 5, 6, 5, 6, 6]]}, "several_parts"),
            ({"segmentation": [[0, 0, 1, 0]]}, "bad_points"),
            ({"bbox": [1, 2, 3]}, "bad_box"),
            ({"bbox": [1, 2, 3, None]}, "bad_box"),
            ({"category_id": 4, "bbox": [1, 1, 1, 1]}, "no_category"),
            ({"category_id": [4], "bbox": [1, 1, 1, 1]}, "no_category"),
        ],
    )
    def test_what_has_no_counterpart_here_is_refused_with_its_image(
        self, wrong: dict[str, Any], code: str
    ) -> None:
        assert codes(read(coco(wrong))) == [code]

    def test_annotations_of_images_that_are_not_there_are_counted(self) -> None:
        rows = read(coco({"image_id": 8, "bbox": [1, 1, 1, 1]}, {"image_id": None}))
        assert codes(rows) == ["", "no_such_image"]

    @pytest.mark.parametrize("text", [b'{"images": [{"id": 1', b'{"annotations": []}'])
    def test_a_file_without_images_or_end_is_refused(self, text: bytes) -> None:
        with pytest.raises(ListRefused):
            read(text)


CVAT = """<?xml version="1.0" encoding="utf-8"?>
<annotations><version>1.1</version><meta><task><name>t</name></task></meta>
  <image id="0" name="street/1.jpg" width="640" height="480">{}</image>
  <image id="1" name="street/2.jpg" width="640" height="480"></image>
</annotations>"""
BOX = '<box label="Ü" xtl="1.5" ytl="2" xbr="31.5" ybr="42" occluded="0" z_order="0">{}</box>'


class TestCvat:
    def test_boxes_outlines_tags_and_attributes(self) -> None:
        box = BOX.format('<attribute name="lit">true</attribute>')
        outline = '<polygon label="b" points="0,0;10,0;10.25,10"/>'
        found = opened(CVAT.format(box + outline + '<tag label="day"/>').encode(), "a.xml")
        first, second = found.rows
        assert found.format == Format.CVAT
        rect = {"type": "rect", "x": 1.5, "y": 2.0, "width": 30.0, "height": 40.0}
        assert spans(first) == [
            {"label": "Ü", "attributes": {"lit": "true"}, **rect},
            {"label": "b", "type": "polygon", "points": [[0, 0], [10, 0], [10.25, 10]]},
        ]
        assert isinstance(first, RowRead)
        assert first.payload["accept"] == ["day"]
        assert isinstance(second, RowRead)
        assert (second.named, second.line) == ("street/2.jpg", 2)

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            (BOX.format("").replace("<box", '<box rotation="30"'), "rotated"),
            (BOX.format("").replace('label="Ü"', ""), "one_label"),
            (BOX.format("").replace('"31.5"', '"nan"'), "bad_box"),
            ('<mask label="a" rle="1"/>', "mask"),
            ('<polyline label="a" points="1,1;2,2"/>', "not_taken"),
            ('<polygon label="a" points="1,1;2,2"/>', "bad_points"),
        ],
    )
    def test_what_has_no_counterpart_here_is_refused_with_its_image(
        self, wrong: str, code: str
    ) -> None:
        assert codes(read(CVAT.format(wrong).encode(), "a.xml")) == [code, ""]


VOC = """<annotation><folder>x</folder><filename>1.jpg</filename>
<size><width>640</width><height>480</height><depth>3</depth></size>
<object><name>Ü</name><difficult>1</difficult>
<attributes><attribute><name>lit</name><value>true</value></attribute></attributes>
<bndbox><xmin>1</xmin><ymin>11</ymin><xmax>640</xmax><ymax>20</ymax></bndbox></object></annotation>"""


def test_voc_counts_pixels_from_1_and_the_last_one_still_belongs_to_the_box() -> None:
    found = opened(VOC.encode(), "1.xml")
    (row,) = found.rows
    rect = {"type": "rect", "x": 0.0, "y": 10.0, "width": 640.0, "height": 10.0}
    said = {"lit": "true", "difficult": True}
    assert (found.format, spans(row)) == (Format.VOC, [{"label": "Ü", **rect, "attributes": said}])


DATA = "path: .\nnc: 2\nnames:\n  0: stop\n  1: 'it''s'\ntrain: images/train\n"


class TestArchives:
    def test_yolo_labels_find_their_images_and_images_without_any_have_nothing_on_them(
        self,
    ) -> None:
        form, rows = unpacked(
            {
                "set/data.yaml": DATA,
                "set/labels/train/a.txt": "1 0.5 0.5 0.2 0.4\n0 0 0 1 0 1 1\n",
                "set/images/train/a.jpg": b"1",
                "set/images/val/a.jpg": b"2",
                "__MACOSX/set/labels/train/._a.txt": "nonsense",
            }
        )
        assert form == Format.YOLO
        first, second = rows
        assert isinstance(first, RowRead)
        assert isinstance(second, RowRead)
        assert (first.member, second.member) == ("set/images/train/a.jpg", "set/images/val/a.jpg")
        assert first.payload["meta"] == {"path": "set/images/train/a.jpg"}
        assert first.payload["relative"]
        box, outline = spans(first)
        assert [box[key] for key in ("x", "y", "width", "height")] == pytest.approx(
            [0.4, 0.3, 0.2, 0.4]
        )
        assert (box["label"], outline["label"]) == ("it's", "stop")
        assert outline["points"] == [[0, 0], [1, 0], [1, 1]]
        assert "spans" not in second.payload

    def test_without_images_the_name_is_kept_for_those_of_the_dataset(self) -> None:
        _, rows = unpacked({"classes.txt": "stop\nyield\n", "labels/a.txt": "1 .5 .5 1 1"})
        (row,) = rows
        assert isinstance(row, RowRead)
        assert (row.named, row.member) == ("images/a", "")

    @pytest.mark.parametrize(
        "line", ["2 .5 .5 1 1", "x .5 .5 1 1", "0 .5", "0 nan .5 1 1", "-1 0 0 1 1"]
    )
    def test_a_line_that_makes_no_sense_costs_its_image(self, line: str) -> None:
        _, rows = unpacked({"data.yaml": DATA, "labels/a.txt": line, "labels/b.txt": "0 .5 .5 1 1"})
        assert [bool(code) for code in codes(rows)] == [True, False]

    def test_voc_cvat_and_coco_in_archives(self) -> None:
        voc = {"Annotations/1.xml": VOC, "JPEGImages/1.jpg": b"1"}
        cvat = {"annotations.xml": CVAT.format(""), "images/street/1.jpg": b"1"}
        of_coco = {"annotations/all.json": json.dumps(coco()), "images/1.jpg": b"1"}
        for files, form in ((voc, Format.VOC), (cvat, Format.CVAT), (of_coco, Format.COCO)):
            found, rows = unpacked(files)
            assert isinstance(rows[0], RowRead)
            assert (found, rows[0].member) == (form, [*files][1])

    @pytest.mark.parametrize(
        ("files", "code"),
        [
            ({"photo.jpg": b"1"}, "not_a_list"),
            ({"[Content_Types].xml": "", "xl/workbook.xml": ""}, "not_a_list"),
            ({"a.json": "[]", "b.json": "[]"}, "several_lists"),
            ({"data.yaml": "nc: 1", "labels/a.txt": ""}, "bad_yaml"),
        ],
    )
    def test_an_archive_of_nothing_known_is_refused(
        self, files: dict[str, bytes | str], code: str
    ) -> None:
        with pytest.raises(ListRefused) as caught:
            unpacked(files)
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("names: [a, 'b, c', \"d\"]", {0: "a", 1: "b, c", 2: "d"}),
        ("names: {0: a, 2: 'b'}", {0: "a", 2: "b"}),
        ("names:\n- a\n- b c # d\nnc: 2", {0: "a", 1: "b c"}),
        ("nc: 2\nnames:\n  # all\n  0: a\n\n  1: b: c\n", {0: "a", 1: "b: c"}),
    ],
)
def test_names_in_data_yaml(text: str, names: dict[int, str]) -> None:
    assert names_in_yaml(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "nc: 1",
        "names:\n",
        "names: abc",
        "names: !!python/object/apply:os.system [ls]",
        "names:\n  0: !!python/name:os.system\n",
        "names:\n  0: &a [x]\n  1: *a\n",
        "names:\n  a: b\n",
        "names: []",
    ],
)
def test_what_yaml_could_do_besides_is_refused(text: str) -> None:
    with pytest.raises(ListRefused) as caught:
        names_in_yaml(text)
    assert caught.value.code == "bad_yaml"


@pytest.mark.parametrize(
    ("image", "url", "named"),
    [
        ("https://example.org/1.jpg", "https://example.org/1.jpg", ""),
        ("s3://photos/1.jpg", "s3://photos/1.jpg", ""),
        ("/data/upload/3/0a1b2c3d-street.jpg", "", "street.jpg"),
        ("/data/local-files/?d=street/1.jpg", "", "street/1.jpg"),
        ("street.jpg", "", "street.jpg"),
    ],
)
def test_where_the_images_of_label_studio_are(image: str, url: str, named: str) -> None:
    task = {"id": 1, "data": {"image": image, "camera": 7}, "annotations": [], "predictions": []}
    found = opened([task], "a.json")
    (row,) = found.rows
    assert isinstance(row, RowRead)
    assert (found.format, row.url, row.named) == (Format.LABEL_STUDIO, url, named)
    assert row.payload["meta"] == {"camera": 7}


def test_a_label_studio_label_may_stand_beside_its_shape() -> None:
    box = {"x": 50, "y": 25, "width": 10, "height": 20}
    results = [
        {"id": "r", "type": "rectangle", "value": box},
        {"id": "r", "type": "labels", "value": {**box, "labels": ["stop"]}},
    ]
    made = [{"completed_by": 1, "result": results}]
    (row,) = read([{"data": {"photo": "https://a.org/1"}, "annotations": made}])
    rect = {"type": "rect", "x": 0.5, "y": 0.25, "width": 0.1, "height": 0.2}
    assert spans(row) == [{"id": "r", "label": "stop", **rect}]


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
