"""Files as COCO, CVAT, Pascal VOC and YOLO have them, worked out by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apps.imports.domain.boxes import BoxFormat
from apps.imports.domain.readers import Format
from apps.imports.domain.readers.yolo import names_in_yaml
from apps.imports.domain.rows import ListRefused, RowRead
from tests.unit.imports.opening import CVAT, DATA, VOC, coco, codes, opened, read, spans, unpacked


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


def test_voc_counts_pixels_from_1_and_the_last_one_still_belongs_to_the_box() -> None:
    found = opened(VOC.encode(), "1.xml")
    (row,) = found.rows
    rect = {"type": "rect", "x": 0.0, "y": 10.0, "width": 640.0, "height": 10.0}
    said = {"lit": "true", "difficult": True}
    assert (found.format, spans(row)) == (Format.VOC, [{"label": "Ü", **rect, "attributes": said}])


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
