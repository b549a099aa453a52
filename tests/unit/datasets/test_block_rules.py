"""Which blocks a dataset accepts."""

from __future__ import annotations

from typing import Any

import pytest

from apps.datasets.config import DatasetConfig
from apps.datasets.config_rules import check_config
from apps.datasets.models import Dataset, Interface
from concord.errors import Invalid

OPTIONS = [{"id": 1, "text": "one"}, {"id": "1", "text": "uno"}]
CHOICE = {"id": "weather", "type": "choice", "title": " Weather ", "options": OPTIONS}
NOTE = {"id": "note", "type": "text", "title": "Note"}


def test_blocks_come_back_as_they_went_in() -> None:
    config = check_config({"blocks": [CHOICE, NOTE]}, interface=Interface.IMAGE_MANUAL)
    weather, note = config.blocks
    assert (weather.title, [option.id for option in weather.options]) == ("Weather", [1, "1"])
    assert (note.type, note.options, note.multiple, note.required) == ("text", (), False, False)
    assert DatasetConfig.of(Dataset(config=config.as_json())) == config


@pytest.mark.parametrize(
    ("blocks", "at"),
    [
        ([NOTE, NOTE], "note"),
        ([{**NOTE, "id": "2nd"}], "1"),
        ([NOTE, {"id": "b", "type": "text"}], "b"),
        ([{**NOTE, "title": " "}], "note"),
        ([{**NOTE, "type": "html"}], "note"),
        ([{**NOTE, "type": ["text"]}], "note"),
        ([{**NOTE, "options": OPTIONS}], "note"),
        ([{**NOTE, "multiple": True}], "note"),
        ([{**NOTE, "script": "alert(1)"}], "note"),
        ([{**CHOICE, "options": []}], "weather"),
        ([{**CHOICE, "options": [OPTIONS[0], OPTIONS[0]]}], "weather"),
        ([{**CHOICE, "required": 1}], "weather"),
        (["note"], "1"),
    ],
)
def test_a_block_that_cannot_work_is_refused_in_its_place(blocks: Any, at: str) -> None:
    with pytest.raises(Invalid) as error:
        check_config({"blocks": blocks}, interface=Interface.IMAGE_MANUAL)
    assert list(error.value.errors["blocks"]) == [at]


def test_twenty_are_the_most() -> None:
    blocks = [{**NOTE, "id": f"note{n}"} for n in range(21)]
    assert len(check_config({"blocks": blocks[:20]}, interface=Interface.CHOICE).blocks) == 20
    with pytest.raises(Invalid):
        check_config({"blocks": blocks}, interface=Interface.CHOICE)


@pytest.mark.parametrize(
    ("interface", "more", "field"),
    [
        (Interface.IMAGE_CHOICE, {}, "blocks"),
        (Interface.CHOICE, {"auto_accept": True}, "auto_accept"),
    ],
)
def test_blocks_need_room_and_time(interface: Interface, more: Any, field: str) -> None:
    with pytest.raises(Invalid) as error:
        check_config({"blocks": [NOTE], **more}, interface=interface)
    assert list(error.value.errors) == [field]
