"""The paragraphs of a guideline, numbered so that a decision can cite one.

A paragraph is what stands in one piece at the outermost level: a paragraph, a table, a quote, or
one item of a list. With the number of its version, its number names it for ever, since versions
never change.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from markdown_it.token import Token

from apps.datasets.guideline_html import MARKDOWN

LONGEST = 400
PIECES = {"paragraph_open", "list_item_open", "blockquote_open", "table_open"}
WHOLE = {"fence", "code_block"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its number from 1, the heading that it stands under, and its words."""

    number: int
    heading: str
    text: str


@lru_cache(maxsize=64)
def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a guideline in their order; those without words do not count.

    *Example.* "# Boxes", "Tight.", "- no shadow", "- no pole" has three: "Tight." and each item,
    all under "Boxes".
    """
    found: list[Paragraph] = []
    heading = ""
    tokens = MARKDOWN.parse(text)
    for place, token in enumerate(tokens):
        outer = token.level - (1 if token.type == "list_item_open" else 0)
        if outer != 0:
            continue
        if token.type == "heading_open":
            heading = _words(tokens[place + 1 : place + 2])
        elif token.type in PIECES | WHOLE:
            words = _words(_piece(tokens, place))
            if words:
                found.append(Paragraph(len(found) + 1, heading, words))
    return tuple(found)


def _piece(tokens: list[Token], place: int) -> list[Token]:
    """The tokens from one that opens a piece to the one that closes it."""
    first = tokens[place]
    if first.type in WHOLE:
        return [first]
    ends = (at for at in range(place + 1, len(tokens)) if tokens[at].level == first.level)
    return tokens[place : next(ends, len(tokens))]


def _words(tokens: list[Token]) -> str:
    """What is to be read there, as plain text in one line."""
    parts = []
    for token in tokens:
        if token.type == "inline":
            parts.append("".join(_word(child) for child in token.children or []))
        elif token.type in WHOLE:
            parts.append(token.content)
    return " ".join(" ".join(parts).split())[:LONGEST]


def _word(child: Token) -> str:
    return " " if child.type in {"softbreak", "hardbreak"} else child.content
