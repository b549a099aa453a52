"""Images in folders by class."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apps.exchange.domain.folders import FolderTree
from apps.exchange.domain.formats import Unfit
from tests.unit.exchange.entries import asked, entry, placed, settled

OPTIONS = [
    {"id": 1, "text": "../cat"},
    {"id": "1", "text": "../CAT"},
    {"id": 0, "text": "con"},
    {"id": 7, "text": "v1.5"},
]


def path(tree: FolderTree, accept: list[Any], split: str = "") -> str:
    task = asked(interface="choice", options=OPTIONS)
    return tree.image_path(placed(entry(task, settled(accept=accept)), split=split))


def test_a_class_is_a_folder_of_its_own() -> None:
    tree = FolderTree()
    chosen: list[int | str] = [1, "1", 0, 7, 1]
    assert [path(tree, [one]) for one in chosen] == [
        "_cat/a.jpg", "_CAT-2/a.jpg", "_con/a.jpg", "v1.5/a.jpg", "_cat/a.jpg",
    ]  # fmt: skip
    ((name, data),) = tree.ending()
    assert name == "classes.json"
    assert json.loads(data)[1] == {"folder": "_CAT-2", "id": "1", "text": "../CAT"}


def test_a_split_is_the_folder_above() -> None:
    assert path(FolderTree(), [0], split="val") == "val/_con/a.jpg"
    assert path(FolderTree(whole="train"), [0]) == "train/_con/a.jpg"


def test_where_nothing_was_chosen_there_is_no_folder() -> None:
    assert path(FolderTree(), []) == ""


def test_two_options_are_not_one_folder() -> None:
    with pytest.raises(Unfit, match=r"a\.jpg"):
        path(FolderTree(), [0, 1])


def test_yes_and_no_are_folders() -> None:
    task = asked(interface="classification", label="A sign?")
    said = [entry(task, settled(answer=answer)) for answer in ("accept", "reject")]
    tree = FolderTree()
    assert [tree.image_path(placed(one)) for one in said] == ["accept/a.jpg", "reject/a.jpg"]
