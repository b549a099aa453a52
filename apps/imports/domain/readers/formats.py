"""The forms that lists come in."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """The forms of lists: ours, and those of other tools."""

    ADDRESSES = "addresses"
    TABLE = "table"
    ANSWER_TABLE = "answer_table"
    JSON_LINES = "json_lines"
    JSON_ARRAY = "json_array"
    LABEL_STUDIO = "label_studio"
    COCO = "coco"
    CVAT = "cvat"
    VOC = "voc"
    YOLO = "yolo"
    IMAGE_FOLDER = "image_folder"
