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


ARCHIVES = {
    Format.YOLO: "YOLO is read from a zip of labels with their data.yaml; this is one file.",
    Format.IMAGE_FOLDER: "Image folders are read from a zip; this is one file.",
}
"""Formats of many files, and what is said of one file that is to be such a thing."""

JSON = (".json", ".jsonl", ".ndjson")
TABLES = (".csv", ".tsv", ".tab")
ENDINGS = {
    Format.JSON_LINES: JSON,
    Format.JSON_ARRAY: JSON,
    Format.LABEL_STUDIO: JSON,
    Format.COCO: JSON,
    Format.CVAT: (".xml",),
    Format.TABLE: TABLES,
    Format.ANSWER_TABLE: TABLES,
    Format.ADDRESSES: (".txt",),
}
"""How the one list in an archive is called that is to be read as such."""
