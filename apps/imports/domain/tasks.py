"""One task as files and the API write it: Prodigy-style JSON."""

from __future__ import annotations

from typing import Any

from apps.imports.domain.addresses import (
    POSSIBLE_NAMES,
    USUAL_NAMES,
    checked_address,
    looks_like_address,
)
from apps.imports.domain.boxes import BoxFormat, size_said, with_box
from apps.imports.domain.folders import folder_of
from apps.imports.domain.marks import MARKS
from apps.imports.domain.ranks import rank_of
from apps.imports.domain.rows import Payload, RowError, RowRead

URL_KEYS = ("image", "url", "image_url")
LIKELY_KEYS = {*USUAL_NAMES, *POSSIBLE_NAMES}
OF_OURS = "_image_sha256"
"""A key by which lines that we wrote are known."""
FEWEST_TILES, MOST_TILES = 2, 12


def row_of_task(
    value: Any, *, line: int, url_field: str = "", box_format: BoxFormat = BoxFormat.XYWH
) -> RowRead:
    """The row of one JSON value: an object with an `image`, or a bare address.

    An object without one whose options are images names several to pick from. Keys that we do not
    know are kept in `extra`, untouched, and so are `priority` and `score`, which thereby go out
    again as they came. Raises RowError.
    """
    if isinstance(value, str):
        return RowRead(line, checked_address(value))
    if not isinstance(value, dict):
        raise RowError("not_an_object", "The line is neither a task nor an address.")
    rest = {key: part for key, part in value.items() if key not in MARKS}
    options = _options(rest)
    tiles = _tiles(options) if _names_several(rest, options, url_field) else []
    key, address, named = ("", tiles[0]["image"], "") if tiles else _address(rest, url_field)
    spans = [with_box(span, box_format) for span in _objects(rest, "spans")]
    payload: Payload = {
        "spans": spans,
        "size": size_said(rest.get("width"), rest.get("height")) if spans else None,
        "options": [] if tiles else options,
        "tiles": tiles,
        "label": _label(rest),
        "accept": _accept(rest),
        "meta": _object(rest, "meta"),
        "extra": rest,
    }
    said = {key: part for key, part in payload.items() if part}
    _check_folders(address, said)
    said = {**said, **rank_of(rest)}
    return RowRead(line, address, said, key=key, keys=tuple(value), named=named)


def _check_folders(address: str, said: Payload) -> None:
    """Raise RowError where a folder stands in the place of one image."""
    if any(folder_of(tile["image"]) for tile in said.get("tiles", [])):
        raise RowError("bad_field", "options name a folder; each must be one image.")
    if folder_of(address) and said.keys() & {"spans", "options", "accept"}:
        raise RowError("bad_field", "A line that names a folder has no spans or options.")


def _names_several(rest: dict[str, Any], options: list[dict[str, Any]], url_field: str) -> bool:
    top = any(key in rest for key in ([url_field] if url_field else URL_KEYS))
    return not top and any("image" in option for option in options)


def _tiles(options: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not FEWEST_TILES <= len(options) <= MOST_TILES:
        reason = f"options names {len(options)} images; {FEWEST_TILES} to {MOST_TILES} fit."
        raise RowError("bad_field", reason)
    for index, option in enumerate(options):
        if not isinstance(option.get("image"), str):
            raise RowError("bad_field", f"options[{index}].image is not a text.")
    return [_tile(option) for option in options]


def _tile(option: dict[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in option.items() if key != "image"}
    return {"image": checked_address(option["image"]), "upload": "", "option": rest}


def _address(rest: dict[str, Any], url_field: str) -> tuple[str, str, str]:
    """Take the address out of `rest`; returns its key, itself, and in its place what the image is
    called, where a file of ours is about one that was uploaded."""
    for key in [url_field] if url_field else URL_KEYS:
        if key in rest:
            address = rest.pop(key)
            if not isinstance(address, str):
                raise RowError("bad_field", f"{key} is not a text.")
            if OF_OURS in rest and not looks_like_address(address):
                return key, "", address
            return key, checked_address(address), ""
    if not url_field and (key := _likely_key(rest)):
        return key, checked_address(rest.pop(key)), ""
    raise RowError("no_url", f"The task has no {url_field or 'image'}.")


def _likely_key(rest: dict[str, Any]) -> str:
    """A key that is called so in tables and holds what looks like an address."""
    for key, value in rest.items():
        if key.lower() in LIKELY_KEYS and isinstance(value, str) and looks_like_address(value):
            return key
    return ""


def _label(rest: dict[str, Any]) -> str:
    label = rest.pop("label", None)
    if label is None:
        return ""
    if not isinstance(label, str) or len(label) > 200:
        raise RowError("bad_field", "label is not a text of at most 200 characters.")
    return label


def _object(rest: dict[str, Any], key: str) -> dict[str, Any]:
    value = rest.pop(key, None)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise RowError("bad_field", f"{key} is not an object.")
    return value


def _objects(rest: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = rest.pop(key, None)
    if value is None:
        return []
    if not isinstance(value, list):
        raise RowError("bad_field", f"{key} is not a list.")
    for index, item in enumerate(value):
        if not isinstance(item, dict):
            raise RowError("bad_field", f"{key}[{index}] is not an object.")
    return value


def _options(rest: dict[str, Any]) -> list[dict[str, Any]]:
    """Options with ids that are whole numbers or texts; 1 and "1" are two different ids."""
    options = _objects(rest, "options")
    seen: set[tuple[type, Any]] = set()
    for index, option in enumerate(options):
        identifier = option.get("id")
        if not _is_option_id(identifier):
            raise RowError("bad_field", f"options[{index}].id is neither a number nor a text.")
        if (type(identifier), identifier) in seen:
            raise RowError("duplicate_option", f"options[{index}].id {identifier!r} occurs twice.")
        seen.add((type(identifier), identifier))
        if not isinstance(option.get("text", ""), str):
            raise RowError("bad_field", f"options[{index}].text is not a text.")
    return options


def _accept(rest: dict[str, Any]) -> list[int | str]:
    accept = rest.pop("accept", None)
    if accept is None:
        return []
    if not isinstance(accept, list) or not all(_is_option_id(item) for item in accept):
        raise RowError("bad_field", "accept is not a list of option ids.")
    return accept


def _is_option_id(value: Any) -> bool:
    return isinstance(value, int | str) and not isinstance(value, bool)
