"""Colours that labels get by themselves: for every kind of colour vision, on every page."""

from __future__ import annotations

import json
import math
from itertools import combinations
from pathlib import Path

import pytest

from apps.datasets.colours import FIRST, next_colour, oklch_hex

SERIES = json.loads(Path(__file__).with_name("colour_cases.json").read_text())

Triple = tuple[float, float, float]

# Machado, Oliveira and Fernandes (2009), severity 1, on linear sRGB.
VISIONS: dict[str, tuple[Triple, Triple, Triple]] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}

FAR_ENOUGH = 16
"""Distance in CIELAB; about 2.3 is just noticeable side by side (Mahy, 1994)."""


def test_forty_colours_differ_and_the_generated_ones_are_equally_light() -> None:
    """The page that makes a dataset proposes the same: its own tests read the same series."""
    colours: list[str] = []
    for _ in range(40):
        colours.append(next_colour(colours))
    assert colours == SERIES
    assert len(set(colours)) == 40
    lightness = [_oklab_lightness(colour) for colour in colours[9:]]
    assert max(lightness) - min(lightness) < 0.01


@pytest.mark.parametrize("vision", VISIONS)
def test_the_first_nine_are_far_apart_for_every_colour_vision(vision: str) -> None:
    assert len(FIRST) == 9
    seen = {colour: _lab(_seen(_linear(colour), vision)) for colour in FIRST}
    near = {
        (one, other): round(math.dist(seen[one], seen[other]), 1)
        for one, other in combinations(FIRST, 2)
        if math.dist(seen[one], seen[other]) < FAR_ENOUGH
    }
    assert near == {}


def test_a_colour_by_hand() -> None:
    """OKLCH of pure red is (0.62796, 0.25768, 29.234 degrees), as CSS Color 4 gives it."""
    assert oklch_hex(0.62796, 0.25768, 29.234 * 3.141592653589793 / 180) == "#ff0000"


def _linear(colour: str) -> Triple:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return _bent_back(red), _bent_back(green), _bent_back(blue)


def _bent_back(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _seen(colour: Triple, vision: str) -> Triple:
    red, green, blue = (min(max(_dot(row, colour), 0.0), 1.0) for row in VISIONS[vision])
    return red, green, blue


def _dot(row: Triple, colour: Triple) -> float:
    return sum(part * channel for part, channel in zip(row, colour, strict=True))


def _lab(colour: Triple) -> Triple:
    """CIELAB under D65 (CIE 15)."""
    x = _dot((0.4124, 0.3576, 0.1805), colour) / 0.9505
    y = _dot((0.2126, 0.7152, 0.0722), colour)
    z = _dot((0.0193, 0.1192, 0.9505), colour) / 1.089
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _oklab_lightness(colour: str) -> float:
    """The L of OKLab, by Ottosson's forward matrices."""
    r, g, b = _linear(colour)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short


def test_a_thousand_and_more_labels_have_colours_of_their_own() -> None:
    taken: set[str] = set()
    for _ in range(1500):
        taken.add(next_colour(taken))
    assert len(taken) == 1500
