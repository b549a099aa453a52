"""Guidelines as HTML: what comes through, and what hostile text cannot do."""

from __future__ import annotations

import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.datasets.actions.guidelines import LONGEST_TEXT
from apps.datasets.guideline_html import render_guideline

IMAGE = "/api/images/0190b7b0-c0de-7000-8000-00000000cafe/file/"
BLOCKS = {"blockquote", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul"}
PHRASES = {"a", "br", "code", "em", "img", "s", "strong"}
TABLES = {"table", "tbody", "td", "th", "thead", "tr"}
TAGS = BLOCKS | PHRASES | TABLES
ATTRIBUTES = {"href", "target", "rel", "src", "alt", "loading", "start", "style"}


class Reader(HTMLParser):
    """Holds every tag against what a guideline may consist of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = {name: value or "" for name, value in attrs}
        assert tag in TAGS
        assert set(given) <= ATTRIBUTES
        assert given.get("href", "https:").lower().startswith(("http:", "https:", "mailto:"))
        assert given.get("src", "/api/images/").startswith("/api/images/")
        assert given.get("style", "text-align:left").startswith("text-align:")

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = unknown_decl = handle_pi = handle_comment


def tags_of(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.tags


def test_what_guidelines_are_made_of_comes_through() -> None:
    text = (
        f"# Signs\n\n1. *tight* **boxes**, ~~not loose~~ `x`\n\n![good]({IMAGE})\n\n|a|\n|:-:|\n|b|"
    )
    rendered = render_guideline(text)
    assert rendered.left_out == ()
    assert "<h3>Signs</h3>" in rendered.html
    assert f'<img src="{IMAGE}" alt="good" loading="lazy" />' in rendered.html
    assert '<td style="text-align:center">b</td>' in rendered.html
    assert {"ol", "em", "strong", "s", "code"} <= set(tags_of(rendered.html))


def test_a_link_opens_beside_the_work_and_tells_nothing_of_it() -> None:
    html = render_guideline("[rules](https://example.org/a?b=1)").html
    assert 'target="_blank" rel="noopener noreferrer nofollow"' in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](java&#115;cript:alert(1))",
        "[a](java\tscript:alert(1))",
        "[a](&#x6A;avascript:alert(1))",
        "[a](vbscript:x) [b](data:text/html;base64,PHNjcmlwdD4=) [c](file:///etc/passwd)",
        "[a](//evil.example.org) [b](/api/me/) [c](#x)",
        "<javascript:alert(1)>",
        "![a](data:image/svg+xml;base64,PHN2Zz4=)",
        "![a](data:image/png;base64,iVBORw0KGgo=)",
        "![a](https://evil.example.org/pixel.gif)",
        "![a](/api/images/../me/)",
        f"![a]({IMAGE}?x=1)",
        '![a" onerror="alert(1)](x)',
        f'![a" onerror="alert(1)]({IMAGE} "t\\" onload=\\"x")',
        '[a](https://x.org/"onmouseover="alert(1))',
        '[a](https://x.org "t\\" onclick=\\"x")',
        "[a]: javascript:alert(1)\n[a]",
        '```js" onload="alert(1)\nx\n```',
        "<!-- --><?php ?><![CDATA[x]]>",
        "[<img src=x onerror=alert(1)>](https://x.org)",
        "[![a](data:image/png;base64,AA)](javascript:x)",
    ],
)
def test_hostile_text_is_only_text(text: str) -> None:
    html = render_guideline(text).html
    tags_of(html)
    assert "<script" not in html
    assert "<img" not in html or IMAGE in html


def test_what_is_left_out_is_named_and_its_words_stay() -> None:
    rendered = render_guideline("[ours](/x) ![theirs](https://e.org/a.png) [ours](/x)")
    assert rendered.html == "<p>ours theirs ours</p>\n"
    assert rendered.left_out == ("/x", "https://e.org/a.png")


FRAGMENTS = [
    "<",
    ">",
    '"',
    "'",
    "[",
    "](",
    ")",
    "![",
    "`",
    "*",
    "|",
    "\n",
    "javascript:",
    "&#",
    "a",
]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))
def test_no_text_breaks_out(text: str) -> None:
    tags_of(render_guideline(text).html)


@pytest.mark.parametrize(
    "piece", ["[", "![", "*a", "> ", "[[a]", "- ", "|-|-|\n", "<!--", "[a]: b\n", "``a`", "\n  - "]
)
def test_a_text_of_the_greatest_length_is_rendered_soon(piece: str) -> None:
    text = (piece * LONGEST_TEXT)[:LONGEST_TEXT]
    start = time.process_time()
    tags_of(render_guideline(text).html)
    assert time.process_time() - start < 10  # most take less than one
