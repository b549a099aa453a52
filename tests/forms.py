"""The short form of a test for every run, and the long one for `make soak`."""

import os
from collections.abc import Sequence

LONG = bool(os.environ.get("SOAK"))


def rounds(*, long: int) -> Sequence[int]:
    """Once as a rule, `long` times in a soak; for `pytest.mark.parametrize("_round", ...)`."""
    return range(long if LONG else 1)
