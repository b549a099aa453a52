"""In which order a dataset's tasks are handed out: the words of two settings."""

from __future__ import annotations

from typing import Literal

Order = Literal["as_imported", "random", "priority", "score", "uncertain"]
"""Which task is next: by its place in the list, shuffled once and for all, the highest first, or
that first of which a model is least sure."""

BY_SCORE: frozenset[Order] = frozenset({"score", "uncertain"})
"""Orders that follow what models say, with a share of the tasks at random among the others."""

Spread = Literal["finish_first", "spread_first"]
"""All answers to one task before the next one, or one answer to each before any gets a second."""
