"""CVAT for images 1.1: one XML file. https://docs.cvat.ai/docs/manual/advanced/xml_format/

Rectangles are boxes, outlines polygons, chosen options tags. An image's id is the place of its
task, from 0. CVAT takes only attributes that the label has in the task into which it is read; the
ones that the dataset's shapes have stand in `meta` as free text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from apps.exchange.domain.choices import option_of
from apps.exchange.domain.markup import attributes, element, number, text
from apps.exchange.domain.records import Category, Placed
from apps.exchange.domain.voc import plain


class CvatWriter:
    """Gives out the parts of one file."""

    def __init__(self, name: str, categories: Sequence[Category]) -> None:
        self._name = name
        self._categories = categories

    def head(self) -> bytes:
        """What comes before the images."""
        labels = "".join(_label(category) for category in self._categories)
        task = element("name", self._name) + f"<mode>annotation</mode><labels>{labels}</labels>"
        begin = '<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n<version>1.1</version>\n'
        return f"{begin}<meta><task>{task}</task></meta>\n".encode()

    def image(self, placed: Placed) -> bytes:
        """An image with all that is on it."""
        asked, settled = placed.entry.asked, placed.entry.accepted
        assert settled is not None, "the format holds accepted answers alone"
        said = {"id": asked.number - 1, "name": placed.name}
        size = {"width": asked.source.width, "height": asked.source.height}
        subset = {"subset": placed.split} if placed.split else {}
        options = [option_of(asked, chosen) for chosen in settled.response.accept]
        inside = [
            *(_shape(span) for span in settled.response.spans if span.get("label")),
            *(_tag(option["text"]) for option in options),
        ]
        tag = f"<image{attributes({**said, **subset, **size})}>"
        return "\n".join([tag, *inside, "</image>\n"]).encode()

    def tail(self) -> bytes:
        """What comes after the images."""
        return b"</annotations>\n"


def _label(category: Category) -> str:
    named = "".join(
        "<attribute>"
        + element("name", name)
        + "<mutable>False</mutable><input_type>text</input_type>"
        + "<default_value></default_value><values></values></attribute>"
        for name in category.attributes
    )
    return f"<label>{element('name', category.name)}<attributes>{named}</attributes></label>"


def _shape(span: Mapping[str, Any]) -> str:
    said = span.get("attributes") or {}
    head = {"label": span["label"], "source": "manual"}
    head |= {"occluded": int(said.get("occluded") is True)}
    kind, where = _box(span) if span["type"] == "rect" else _polygon(span)
    told = (
        f"<attribute{attributes({'name': name})}>{text(plain(value))}</attribute>"
        for name, value in said.items()
    )
    return f"<{kind}{attributes({**head, **where, 'z_order': 0})}>{''.join(told)}</{kind}>"


def _box(span: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    ends = {
        "xtl": span["x"],
        "ytl": span["y"],
        "xbr": span["x"] + span["width"],
        "ybr": span["y"] + span["height"],
    }
    return "box", {name: number(value) for name, value in ends.items()}


def _polygon(span: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    return "polygon", {"points": ";".join(_points(span))}


def _points(span: Mapping[str, Any]) -> Iterator[str]:
    for x, y in span["points"]:
        yield f"{number(x)},{number(y)}"


def _tag(label: str) -> str:
    return f"<tag{attributes({'label': label, 'source': 'manual'})}></tag>"
