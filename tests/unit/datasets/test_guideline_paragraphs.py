"""A guideline in paragraphs that can be cited."""

from __future__ import annotations

import pytest

from apps.datasets.guideline_paragraphs import Paragraph, paragraphs_of

TEXT = """# Boxes
Keep them *tight*, see [this](https://example.org).

- No shadow
- No pole
  - not even a short one

## Labels
> A stop sign is red.

| a | b |
|---|---|
| 1 | 2 |

```
x = 1
```
"""


def test_what_stands_in_one_piece_is_a_paragraph_under_its_heading() -> None:
    assert paragraphs_of(TEXT) == (
        Paragraph(1, "Boxes", "Keep them tight, see this."),
        Paragraph(2, "Boxes", "No shadow"),
        Paragraph(3, "Boxes", "No pole not even a short one"),
        Paragraph(4, "Labels", "A stop sign is red."),
        Paragraph(5, "Labels", "a b 1 2"),
        Paragraph(6, "Labels", "x = 1"),
    )


@pytest.mark.parametrize("text", ["", "# Only a heading", "---", "\n\n"])
def test_what_has_no_words_has_no_paragraphs(text: str) -> None:
    assert paragraphs_of(text) == ()


def test_markup_is_text_and_a_long_one_is_cut() -> None:
    (hostile,) = paragraphs_of("<img src=x onerror=alert(1)>")
    assert hostile.text == "<img src=x onerror=alert(1)>"
    assert len(paragraphs_of("word " * 1000)[0].text) == 400
