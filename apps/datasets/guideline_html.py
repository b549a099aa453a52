"""From the Markdown of a guideline to HTML that may be put into our page as it is.

There are two walls. The parser reads no HTML, so that a tag in the text comes out as text. Of the
tokens that it makes only known ones are rendered, with known attributes, links to the web and to
mail addresses, and images that we serve ourselves: a foreign one would tell its host who reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])

BLOCKS = {"blockquote", "bullet_list", "heading", "list_item", "ordered_list", "paragraph"}
PHRASES = {"em", "link", "s", "strong"}
TABLES = {"table", "tbody", "td", "th", "thead", "tr"}
PAIRS = {f"{part}_{end}" for part in BLOCKS | PHRASES | TABLES for end in ("open", "close")}
SINGLES = {"code_block", "code_inline", "fence", "hardbreak", "hr", "image", "inline"}
KNOWN = PAIRS | SINGLES | {"softbreak", "text"}

WEB_ADDRESS = re.compile(r"(https?://|mailto:)[^\s\"'<>]+", re.IGNORECASE)
OUR_IMAGE = re.compile(r"/api/images/[0-9a-f-]{36}/(file|thumbnail)/")
ALIGNMENT = re.compile(r"text-align:(left|right|center)")
OUTLINE = 2
"""Headings stand below those of the page."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """The HTML, and the addresses of links and images that it may not hold."""

    html: str
    left_out: tuple[str, ...]


@lru_cache(maxsize=64)
def render_guideline(text: str) -> Rendered:
    """Return a guideline as HTML; what is not allowed in it is left out, its words are kept."""
    left_out: list[str] = []
    tokens = _allowed(MARKDOWN.parse(text), left_out)
    html: str = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    return Rendered(html=html, left_out=tuple(dict.fromkeys(left_out)))


def _allowed(tokens: list[Token], left_out: list[str]) -> list[Token]:
    kept: list[Token] = []
    open_links: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            open_links.append(_is_allowed(token, "href", WEB_ADDRESS, left_out))
        linked = token.type not in ("link_open", "link_close") or open_links[-1]
        if token.type == "link_close":
            open_links.pop()
        if token.type in KNOWN and linked:
            kept.append(_cleaned(token, left_out))
    return kept


def _is_allowed(token: Token, name: str, form: re.Pattern[str], left_out: list[str]) -> bool:
    address = str(token.attrGet(name) or "")
    if form.fullmatch(address):
        return True
    left_out.append(address)
    return False


def _cleaned(token: Token, left_out: list[str]) -> Token:
    """The token with the attributes that its type may have, and no others."""
    if token.type == "image" and not _is_allowed(token, "src", OUR_IMAGE, left_out):
        return Token("text", "", 0, content=token.content)
    if token.type.startswith("heading"):
        token.tag = f"h{min(int(token.tag[1]) + OUTLINE, 6)}"
    if token.type == "inline":
        token.children = _allowed(token.children or [], left_out)
    token.info = ""
    token.attrs = _attributes(token)
    return token


def _attributes(token: Token) -> dict[str, str | int | float]:
    given = token.attrs
    if token.type == "link_open":
        # In a tab of its own: the work on this page goes on.
        away = {"target": "_blank", "rel": "noopener noreferrer nofollow"}
        return {"href": given["href"], **away}
    if token.type == "image":
        return {"src": given["src"], "alt": "", "loading": "lazy"}
    if token.type == "ordered_list_open":
        return {name: int(given[name]) for name in ("start",) if name in given}
    if token.type in ("td_open", "th_open") and ALIGNMENT.fullmatch(str(given.get("style", ""))):
        return {"style": given["style"]}
    return {}
