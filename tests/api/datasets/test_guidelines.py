"""Guidelines: written in versions, read by everybody, marked until they are."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from apps.annotators.models import User
from apps.datasets.models import Dataset, Guideline
from concord.events.models import Event
from tests.factories import browser_of

PATH = "/api/datasets/street-signs/guidelines/"


def write(user: User, text: str, *, based_on: int) -> Any:
    return browser_of(user).post(
        PATH, {"text": text}, content_type="application/json", headers={"If-Match": f'"{based_on}"'}
    )


def versions(user: User) -> list[tuple[int, bool]]:
    rows = browser_of(user).get(PATH).json()["results"]
    return [(row["version"], row["read"]) for row in rows]


def test_each_save_is_a_version_and_each_version_is_new_until_read(
    owner: User, annotator: User, viewer: User
) -> None:
    assert versions(annotator) == []
    assert write(owner, "# Signs\n\nTight boxes.", based_on=0).status_code == 201
    assert versions(annotator) == [(1, False)]
    assert versions(owner) == [(1, True)]  # who wrote it has read it
    for _ in range(2):
        assert browser_of(annotator).put(f"{PATH}1/read/").status_code == 204
    assert versions(annotator) == [(1, True)]

    assert write(owner, "# Signs\n\nTight boxes, poles left out.", based_on=1).status_code == 201
    assert versions(annotator) == [(2, False), (1, True)]
    assert versions(viewer) == [(2, False), (1, False)]
    changed = browser_of(annotator).get(f"{PATH}2/?since=1").json()
    assert "<h3>Signs</h3>" in changed["html"]
    assert changed["by"] == "Olga"
    assert [(line["change"], line["text"]) for line in changed["diff"]] == [
        ("same", "# Signs"),
        ("same", ""),
        ("removed", "Tight boxes."),
        ("added", "Tight boxes, poles left out."),
    ]
    old = browser_of(annotator).get(f"{PATH}1/").json()
    assert (old["text"], old["diff"]) == ("# Signs\n\nTight boxes.", None)
    saves = Event.objects.filter(kind="guideline.saved").order_by("id")
    assert [event.data for event in saves] == [{"version": 1}, {"version": 2}]


def test_two_managers_do_not_overwrite_each_other(owner: User, signs: Dataset) -> None:
    write(owner, "mine", based_on=0)
    reply = write(owner, "theirs", based_on=0)
    assert reply.status_code == 412
    assert reply.json()["current"] == {"version": 1, "text": "mine"}
    assert [row.text for row in signs.guidelines.all()] == ["mine"]


@pytest.mark.parametrize("text", ["x" * 30_001, "\n" * 3_000, None, "half \ud83d"])
def test_texts_that_nobody_could_read_are_refused(owner: User, signs: Dataset, text: Any) -> None:
    reply = browser_of(owner).post(
        PATH, {"text": text}, content_type="application/json", headers={"If-Match": '"0"'}
    )
    assert reply.status_code == 400
    assert not signs.guidelines.exists()


def test_what_changes_nothing_is_no_version_and_an_empty_text_takes_back(
    owner: User, signs: Dataset
) -> None:
    write(owner, "a", based_on=0)
    assert write(owner, "a", based_on=1).json()["code"] == "unchanged"
    assert write(owner, "", based_on=1).json()["html"] == ""


def test_a_preview_shows_what_would_be_read_and_saves_nothing(owner: User, signs: Dataset) -> None:
    body = {"text": "*a* <b> ![x](https://e.org/x.png)"}
    reply = browser_of(owner).post(f"{PATH}preview/", body, content_type="application/json")
    assert reply.json() == {
        "html": "<p><em>a</em> &lt;b&gt; x</p>\n",
        "left_out": ["https://e.org/x.png"],
    }
    assert not signs.guidelines.exists()


@pytest.mark.parametrize("query", ["?since=x", "?since=-1", "?since=999999999999", "?sinc=1"])
def test_a_comparison_with_what_is_no_version_is_refused(
    owner: User, signs: Dataset, query: str
) -> None:
    assert write(owner, "a", based_on=0).status_code == 201
    assert browser_of(owner).get(f"{PATH}1/{query}").status_code == 400


@pytest.mark.parametrize("path", ["2/", "1/?since=7", "99999999999999999999/"])
def test_versions_that_never_were_are_missing(owner: User, signs: Dataset, path: str) -> None:
    assert write(owner, "a", based_on=0).status_code == 201
    assert browser_of(owner).get(PATH + path).status_code == 404


def test_nobody_rewrites_what_people_were_told(owner: User, signs: Dataset) -> None:
    write(owner, "a", based_on=0)
    for act in (
        lambda: Guideline.objects.update(text="b"),
        lambda: Guideline.objects.filter(dataset=signs)._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
