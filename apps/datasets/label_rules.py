"""Which labels a dataset accepts: what a label is in the API, checked and completed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from apps.datasets.colours import next_colour
from apps.datasets.domain.attributes import LONGEST_VALUE, Attribute, AttributeKind, takes
from apps.datasets.domain.drawing import ShapeKind
from apps.datasets.domain.label_lists import Listed
from apps.datasets.setting_values import DIGIT_KEYS, RuleError, read_flag

SHAPES: tuple[str, ...] = get_args(ShapeKind)
KINDS: tuple[str, ...] = get_args(AttributeKind)
MOST_ATTRIBUTES = 50
MOST_OPTIONS = 1000
LONGEST_NAME = 100
HEX = re.compile(r"#[0-9a-f]{6}")
FIELDS = {"name", "colour", "key", "shapes", "attributes"}


@dataclass(frozen=True, slots=True)
class LabelSpec:
    """A label as somebody wants it."""

    name: str
    colour: str
    key: str = ""
    shapes: tuple[str, ...] = SHAPES
    attributes: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Judged:
    """What becomes of a line of a list: only a `new` one has a `spec`, only a `refused` one a
    `detail`. `known` labels were there, `repeated` ones stand further up in the list."""

    line: int
    name: str
    state: Literal["new", "known", "repeated", "refused"]
    detail: str = ""
    spec: LabelSpec | None = None


def check_labels(
    raw: Sequence[Any],
    *,
    names: Collection[str] = (),
    colours: Collection[str] = (),
    keys: Collection[str] = (),
) -> list[LabelSpec]:
    """Return the labels with a colour each and a digit key while there are any.

    `raw` holds names or `{name, colour?, key?, shapes?, attributes?}`; the other arguments are what
    existing labels have taken. Raises RuleError with the place of the first fault.
    """
    taken_names, taken_colours, taken_keys = set(names), set(colours), set(keys)
    given = [item if isinstance(item, dict) else {"name": item} for item in raw]
    # What is asked for by name is reserved before the rest is given out.
    taken_colours |= {item["colour"].lower() for item in given if _is_text(item.get("colour"))}
    wanted = {item["key"] for item in given if _is_text(item.get("key"))}
    specs = []
    for item in given:
        spec = _check(item, taken_colours, taken_keys | wanted)
        if spec.name in taken_names:
            raise RuleError(f"There is a label {spec.name!r} already; names are unique for ever.")
        if spec.key and spec.key in taken_keys:
            raise RuleError(f"The key {spec.key} belongs to another label.")
        taken_names.add(spec.name)
        taken_colours.add(spec.colour)
        taken_keys.add(spec.key)
        specs.append(spec)
    return specs


def judge_labels(
    listed: Iterable[Listed],
    *,
    names: Collection[str] = (),
    colours: Collection[str] = (),
    keys: Collection[str] = (),
) -> list[Judged]:
    """Say of each line of a list whether its label is new; the others are as for `check_labels`."""
    listed = list(listed)
    taken_names, taken_colours, taken_keys = set(names), set(colours), set(keys)
    wanted = {str(row.label["key"]) for row in listed if _is_text(row.label.get("key"))}
    judged = []
    for row in listed:
        one = _judge(row, taken_names, taken_colours, taken_keys, wanted, known=names)
        judged.append(one)
        if one.spec is not None:
            taken_names.add(one.spec.name)
            taken_colours.add(one.spec.colour)
            taken_keys.add(one.spec.key)
    return judged


def _judge(
    row: Listed,
    names: Collection[str],
    colours: Collection[str],
    keys: Collection[str],
    wanted: Collection[str],
    *,
    known: Collection[str],
) -> Judged:
    said = row.label.get("name")
    name = said if isinstance(said, str) else ""
    if row.fault:
        return Judged(row.line, name, "refused", row.fault)
    try:
        spec = _check(dict(row.label), colours, {*keys, *wanted})
    except RuleError as error:
        return Judged(row.line, name, "refused", str(error))
    if spec.name in names:
        return Judged(row.line, spec.name, "known" if spec.name in known else "repeated")
    if spec.key and spec.key in keys:
        return Judged(row.line, spec.name, "refused", f"The key {spec.key} belongs to another.")
    return Judged(row.line, spec.name, "new", spec=spec)


def _check(item: dict[str, Any], colours: Collection[str], keys: Collection[str]) -> LabelSpec:
    if unknown := sorted(item.keys() - FIELDS):
        raise RuleError(f"A label has no {unknown[0]}.")
    free = (digit for digit in DIGIT_KEYS if digit not in keys)
    return LabelSpec(
        name=check_name(item.get("name")),
        colour=check_colour(item.get("colour") or next_colour(colours)),
        key=check_key(item["key"]) if "key" in item else next(free, ""),
        shapes=check_shapes(item.get("shapes", list(SHAPES))),
        attributes=check_attributes(item.get("attributes", [])),
    )


def check_name(value: Any) -> str:
    """Return a label's name without outer blanks, in Unicode's composed form."""
    name = unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else ""
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise RuleError(f"A label's name has 1 to {LONGEST_NAME} printable characters.")
    return name


def check_colour(value: Any) -> str:
    """Return a colour as #rrggbb in lower case."""
    if not isinstance(value, str) or not HEX.fullmatch(value.lower()):
        raise RuleError("A colour is #rrggbb.")
    return value.lower()


def check_key(value: Any) -> str:
    """Return the digit that picks a label; empty for none."""
    if value == "" or (_is_text(value) and len(value) == 1 and value in DIGIT_KEYS):
        return str(value)
    raise RuleError("The key of a label is a digit.")


def check_shapes(value: Any) -> tuple[str, ...]:
    """Return the kinds of shapes that may carry a label, in their fixed order."""
    if not isinstance(value, list) or not value or any(shape not in SHAPES for shape in value):
        raise RuleError(f"The shapes of a label are some of {', '.join(SHAPES)}.")
    return tuple(shape for shape in SHAPES if shape in value)


def check_attributes(value: Any) -> list[dict[str, Any]]:
    """Return the attributes: `{name, kind, options?, default?, required?}` each."""
    if not isinstance(value, list) or len(value) > MOST_ATTRIBUTES:
        raise RuleError(f"The attributes of a label are a list of at most {MOST_ATTRIBUTES}.")
    checked = [_check_attribute(item) for item in value]
    if len({item["name"] for item in checked}) < len(checked):
        raise RuleError("Every attribute needs a name of its own.")
    return checked


def _check_attribute(item: Any) -> dict[str, Any]:
    known = {"name", "kind", "options", "default", "required"}
    if not isinstance(item, dict) or not {"name", "kind"} <= item.keys() <= known:
        raise RuleError("An attribute is {name, kind, options?, default?, required?}.")
    if item["kind"] not in KINDS:
        raise RuleError(f"The kind of an attribute is one of {', '.join(KINDS)}.")
    options = _check_options(item.get("options", []))
    if (item["kind"] == "select") != bool(options):
        raise RuleError("A select needs options; the other kinds have none.")
    checked = {**item, "name": check_name(item["name"]), "options": options}
    read_flag(item.get("required", False))
    default = item.get("default")
    if default is not None and not takes(Attribute.of(checked), default):
        raise RuleError(f"The default of {checked['name']} is none of its values.")
    return {key: each for key, each in checked.items() if each not in (None, [])}


def _check_options(value: Any) -> list[str]:
    if not isinstance(value, list) or len(value) > MOST_OPTIONS:
        raise RuleError(f"The options of a select are a list of at most {MOST_OPTIONS}.")
    options = [each.strip() if isinstance(each, str) else "" for each in value]
    if not all(each and len(each) <= LONGEST_VALUE for each in options):
        raise RuleError(f"An option of a select is a text of at most {LONGEST_VALUE} characters.")
    if len(set(options)) < len(options):
        raise RuleError("Every option of a select can be there once only.")
    return options


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value != ""
