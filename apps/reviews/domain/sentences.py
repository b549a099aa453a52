"""The English sentence of a conflict, for readers of the API; the browser has its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from apps.reviews.domain.answers import OptionId

Params = Mapping[str, Any]

_DOUBTED = "but their other answers speak against it"


@dataclass(frozen=True, slots=True)
class Names:
    """What to call keys in a sentence, as far as the reader may know; else the key itself."""

    people: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[OptionId, str] = field(default_factory=dict)
    blocks: Mapping[str, tuple[str, Mapping[OptionId, str]]] = field(default_factory=dict)
    """Titles of blocks by id, each with the texts of its options."""

    def person(self, key: str) -> str:
        return self.people.get(key, key)

    def label(self, key: str) -> str:
        return self.labels.get(key, key)

    def option(self, key: OptionId) -> str:
        return self.options.get(key, str(key))

    def within(self, block: str) -> tuple[str, Names]:
        """Return the title of a block, and the names that hold within it."""
        title, options = self.blocks.get(block, (block, {}))
        return title, replace(self, options=options)


def english(code: str, params: Params, names: Names | None = None) -> str:
    """The sentence for a conflict's code and params, as `Conflict` or its stored dict has them."""
    return _SENTENCES[code](params, names or Names())


def _drawn_by(params: Params, names: Names) -> str:
    by = [names.person(key) for key in params["by"]]
    if len(by) == 1:
        return f"only {by[0]} drew this"
    missing = _listed([names.person(key) for key in params["missing"]])
    return f"{len(by)} of {params['of']} drew this, {missing} did not"


def _label_split(params: Params, names: Names) -> str:
    said = _split([(names.label(key), count) for key, count in params["counts"]], params["of"])
    return f"{said}; {names.label(params['likely'])} is likelier" if "likely" in params else said


def _one_over_several(params: Params, names: Names) -> str:
    over = _NUMBERS.get(params["over"], params["over"])
    return f"{_listed([names.person(key) for key in params['by']])} drew one box over {over}"


def _edge_differs(params: Params, _: Names) -> str:
    return f"{params['edge']} edge differs {params['px']:g} px"


def _outlines_differ(params: Params, _: Names) -> str:
    return f"outlines overlap by {params['iou']:.0%} only"


def _drawn_twice(params: Params, names: Names) -> str:
    return f"{_listed([names.person(key) for key in params['by']])} drew this twice"


def _answer_split(params: Params, _: Names) -> str:
    return _split([(verdict, count) for verdict, count in params["counts"]], params["of"])


def _selection_split(params: Params, names: Names) -> str:
    said = [
        (_listed([names.option(key) for key in selection]) or "none", count)
        for selection, count in params["counts"]
    ]
    return _split(said, params["of"])


def _option_split(params: Params, names: Names) -> str:
    verb = "picks" if params["yes"] == 1 else "pick"
    return f"{params['yes']} of {params['of']} {verb} {names.option(params['option'])}"


def _answer_doubted(params: Params, _: Names) -> str:
    return f"all {params['of']} {params['said']}, {_DOUBTED}"


def _selection_doubted(params: Params, names: Names) -> str:
    return f"{_selection_split(params, names)}, {_DOUBTED}"


def _option_doubted(params: Params, names: Names) -> str:
    return f"{_option_split(params, names)}, {_DOUBTED}"


def _block_split(params: Params, names: Names) -> str:
    title, within = names.within(params["block"])
    return f"{title}: {_selection_split(params, within)}"


def _block_option_split(params: Params, names: Names) -> str:
    title, within = names.within(params["block"])
    return f"{title}: {_option_split(params, within)}"


def _too_few_votes(params: Params, _: Names) -> str:
    return f"{params['unsure']} of {params['of']} {_be(params['unsure'])} unsure"


def _split(counts: Sequence[tuple[str, int]], of: int) -> str:
    """`2 of 3 say car, 1 says van`."""
    (first, count), *rest = counts
    said = [f"{n} {_say(n)} {what}" for what, n in rest]
    return ", ".join([f"{count} of {of} {_say(count)} {first}", *said])


def _say(count: int) -> str:
    return "says" if count == 1 else "say"


def _be(count: int) -> str:
    return "is" if count == 1 else "are"


def _listed(words: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


_NUMBERS = {2: "two", 3: "three", 4: "four"}
_SENTENCES: dict[str, Callable[[Params, Names], str]] = {
    "drawn_by": _drawn_by,
    "label_split": _label_split,
    "one_over_several": _one_over_several,
    "edge_differs": _edge_differs,
    "outlines_differ": _outlines_differ,
    "drawn_twice": _drawn_twice,
    "answer_split": _answer_split,
    "selection_split": _selection_split,
    "option_split": _option_split,
    "block_selection_split": _block_split,
    "block_option_split": _block_option_split,
    "too_few_votes": _too_few_votes,
    "answer_doubted": _answer_doubted,
    "selection_doubted": _selection_doubted,
    "option_doubted": _option_doubted,
}
