"""When mails go out, and what they say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from apps.desk.domain.mail_text import KINDS, Item, write
from apps.desk.domain.mail_times import due_at

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def due(oldest: datetime, *, last: datetime | None = None, daily: bool = False) -> datetime:
    return due_at(oldest=oldest, last=last, daily=daily, zone=BERLIN)


def test_a_mail_waits_two_minutes_for_more_and_as_long_after_the_last() -> None:
    assert due(NOON) == NOON + timedelta(minutes=2)
    assert due(NOON, last=NOON - timedelta(hours=1)) == NOON + timedelta(minutes=2)
    assert due(NOON, last=NOON + timedelta(seconds=90)) == NOON + timedelta(seconds=210)


@pytest.mark.parametrize(
    ("happened", "morning"),
    [
        ("2026-03-04T06:59:00+00:00", "2026-03-04T07:00:00+00:00"),
        ("2026-03-04T07:01:00+00:00", "2026-03-05T07:00:00+00:00"),
        # The clocks go forward in the night before.
        ("2026-03-28T20:00:00+00:00", "2026-03-29T06:00:00+00:00"),
    ],
)
def test_a_daily_mail_comes_at_eight_in_the_morning_where_its_reader_is(
    happened: str, morning: str
) -> None:
    assert due(datetime.fromisoformat(happened), daily=True) == datetime.fromisoformat(morning)


def item(kind: str, *, dataset: str = "Street signs", at: str = "/l", **data: Any) -> Item:
    return Item(kind, dataset, f"https://c.example{at}", data)


def mail(*items: Item) -> tuple[str, str]:
    stops = {kind: f"https://c.example/stop/{kind}" for kind in {each.kind for each in items}}
    written = write(name="Ann", items=items, settings="https://c.example/account", stops=stops)
    return written.subject, written.text


def test_one_thing_is_the_subject_and_what_says_the_same_is_said_once() -> None:
    subject, text = mail(item("sent_back"), item("sent_back"), item("sent_back"))
    assert subject == "Street signs: 3 answers came back to you"
    assert text == (
        "Hello Ann,\n\n"
        "Street signs\n- 3 answers came back to you.\n  https://c.example/l\n\n"
        "--\nWhat you hear of, and how often: https://c.example/account\nNo more mails\n"
        "  when an answer comes back to you: https://c.example/stop/sent_back\n"
    )


def test_several_things_are_told_by_dataset() -> None:
    subject, text = mail(
        item("sent_back"),
        item("import_done", dataset="Birds", at="/i", done=1, failed=2),
        item("import_stopped", dataset="Birds", at="/i", why="storage_full"),
    )
    assert subject == "2 datasets: 3 things for you"
    assert "Birds\n- An import is over: 1 new image. 2 lines could not be brought in.\n" in text
    assert "- Your import waits: the disk is full.\n" in text


def test_a_name_cannot_add_a_line_to_the_head_of_a_mail() -> None:
    subject, _ = mail(item("sent_back", dataset="Signs\r\nBcc: all@example.org"))
    assert "\n" not in subject
    assert "\r" not in subject


def test_every_kind_has_its_sentence() -> None:
    data = {"role": "viewer", "what": "flag", "why": "paused", "format": "coco"}
    for kind in KINDS:
        subject, _ = mail(item(kind, done=0, failed=0, **data))
        assert len(subject) > len("Street signs: "), kind
