"""Recognising a file by its first bytes. What a server or a file name claims is never believed."""

from __future__ import annotations

import re

from apps.imports.domain.rows import RowError

MARKS = [
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"BM....\0\0\0\0", re.DOTALL), "image/bmp"),
    (re.compile(rb"II\x2a\0|MM\0\x2a"), "image/tiff"),
    (re.compile(rb"....ftypavi[fs]", re.DOTALL), "image/avif"),
]
OTHERS = [
    (re.compile(rb"\s*(<!doctype html|<html|<head|<body)", re.IGNORECASE), "a web page"),
    (re.compile(rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?<svg", re.IGNORECASE | re.DOTALL), "SVG"),
    (re.compile(rb"\s*<\?xml"), "XML"),
    (re.compile(rb"%PDF"), "a PDF"),
    (re.compile(rb"%!PS|\xc5\xd0\xd3\xc6"), "PostScript"),
    (re.compile(rb"PK\x03\x04"), "an archive"),
    (re.compile(rb"....ftyp(heic|heix|mif1|msf1)", re.DOTALL), "HEIC"),
    (re.compile(rb"\0\0\0\x0cJXL |\xff\x0a"), "JPEG XL"),
    (re.compile(rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51"), "JPEG 2000"),
    (re.compile(rb"8BPS"), "a Photoshop file"),
    (re.compile(rb"\s*[\[{]\s*[\"\[{\]}]"), "JSON"),
]
ACCEPTED = "JPEG, PNG, WebP, GIF, BMP, TIFF and AVIF"


def media_type(data: bytes) -> str:
    """The media type of an image file that we take.

    Raises RowError `empty_file` or `not_an_image`, with a sentence on what it is instead.
    """
    if not data:
        raise RowError("empty_file", "The file is empty.")
    for mark, kind in MARKS:
        if mark.match(data):
            return kind
    head = data[:1024]
    for mark, name in OTHERS:
        if mark.match(head):
            raise RowError("not_an_image", f"This is {name}. Images may be {ACCEPTED}.")
    what = "text" if _is_text(head) else "no image that we know"
    raise RowError("not_an_image", f"This is {what}. Images may be {ACCEPTED}.")


def _is_text(head: bytes) -> bool:
    try:
        text = head.decode(errors="strict") if len(head) < 1024 else head[:-4].decode()
    except UnicodeDecodeError:
        return False
    return all(letter.isprintable() or letter.isspace() for letter in text)
