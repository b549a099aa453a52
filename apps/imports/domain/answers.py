"""What a line says that somebody answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from apps.imports.domain.boxes import is_number
from apps.imports.domain.rows import Payload, Row, RowError, RowRefused

VERDICTS = ("accept", "reject", "ignore")
NOBODY = "imported"
"""Whose the answers are of files that do not say it."""
WHO = ("_annotator_id", "_session_id")
OF_ANSWERS = ("answer", "attributes", "_timestamp", "_revision", "_review", *WHO)
LONGEST_NAME = 200
LONGEST_DAY = 86_400.0


def as_answers(row: Row) -> Row:
    """Return a row whose shapes and choices are an answer, not what people start from.

    Rows that have `answers` already keep them. A line of JSON says what was answered under
    `answer`, by whom under `_annotator_id` or `_session_id`, and when under `_timestamp`.
    """
    if isinstance(row, RowRefused):
        return row
    try:
        return replace(row, payload=_answered(row.payload))
    except RowError as error:
        return RowRefused(
            row.line, error.code, error.reason, url=row.url, keys=row.keys, payload=row.payload
        )


def as_suggestions(row: Row) -> Row:
    """Return a row of which the first answer, if it has several, is what people start from."""
    if isinstance(row, RowRefused) or "answers" not in row.payload:
        return row
    payload = {key: part for key, part in row.payload.items() if key != "answers"}
    first = row.payload["answers"][0]["data"] if row.payload["answers"] else {}
    said = {key: first[key] for key in ("spans", "accept") if first.get(key)}
    return replace(row, payload={**payload, **said, "adds": True})


def given(
    *,
    by: str,
    answer: str = "accept",
    spans: list[dict[str, Any]] | None = None,
    accept: list[int | str] | None = None,
    attributes: dict[str, Any] | None = None,
    at: str | None = None,
    seconds: float | None = None,
) -> dict[str, Any]:
    """Return one answer as `payload["answers"]` holds it; `at` is ISO 8601."""
    data = {
        "answer": answer,
        "spans": spans or [],
        "accept": accept or [],
        "attributes": attributes or {},
        "seconds": seconds,
    }
    return {"by": by, "at": at, "data": data}


def seconds_said(value: Any) -> float | None:
    """Return how long somebody took, if that can be."""
    return float(value) if is_number(value) and 0 <= value <= LONGEST_DAY else None


def _answered(payload: Payload) -> Payload:
    if "answers" in payload:
        return {key: part for key, part in payload.items() if key not in {"spans", "accept"}}
    said = payload.get("extra", {})
    extra = {key: part for key, part in said.items() if key not in OF_ANSWERS}
    kept = {k: part for k, part in payload.items() if k not in {"spans", "accept", "extra"}}
    return {**kept, **({"extra": extra} if extra else {}), "answers": [_given(payload, said)]}


def _given(payload: Payload, said: dict[str, Any]) -> dict[str, Any]:
    attributes = said.get("attributes", {})
    if not isinstance(attributes, dict):
        raise RowError("bad_field", "attributes is not an object.")
    return given(
        by=_who(said),
        answer=_verdict(said),
        spans=payload.get("spans"),
        accept=payload.get("accept"),
        attributes=attributes,
        at=moment_said(said.get("_timestamp")),
    )


def _verdict(said: dict[str, Any]) -> str:
    answer = said.get("answer")
    if answer is None:
        reason = "The line has no answer: accept, reject or ignore. Import it as suggestions."
        raise RowError("no_answer", reason)
    if answer not in VERDICTS:
        raise RowError("bad_field", "answer is not accept, reject or ignore.")
    return str(answer)


def _who(said: dict[str, Any]) -> str:
    found = next((said[key] for key in WHO if said.get(key) is not None), NOBODY)
    return name_said(found)


def name_said(value: Any) -> str:
    """Return who a file says that somebody is. Raises RowError `bad_field`."""
    name = str(value).strip() if isinstance(value, str | int) else ""
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise RowError("bad_field", f"Who answered is no name of at most {LONGEST_NAME} letters.")
    return name


def moment_said(value: Any) -> str | None:
    """Return when, by seconds since 1970, as ISO 8601. Raises RowError `bad_field`."""
    if value is None:
        return None
    try:
        return datetime.fromtimestamp(value, UTC).isoformat()
    except (TypeError, ValueError, OverflowError, OSError):
        raise RowError("bad_field", "_timestamp is not a number of seconds since 1970.") from None
