"""Colours of labels: nine that colour-blind people can tell apart, then more of equal lightness.

The first seven are Okabe and Ito's (2008). Their black would drown in dark photos; in its place are
a light grey and a light green, as far from the seven, and from each other, as those are among
themselves for every kind of colour vision. The others walk around the hue circle of OKLCH
(Ottosson, 2020) by the golden angle, so that neighbours in the list are far apart on the circle;
after some rounds a little lighter, then darker, for a circle has only so many colours.
The page that makes a dataset has the same series in frontend/src/lib/palette.ts.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from functools import cache

FIRST = (
    "#e69f00",
    "#56b4e9",
    "#009e73",
    "#f0e442",
    "#0072b2",
    "#d55e00",
    "#cc79a7",
    "#e0e0e0",
    "#c7ffbb",
)
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
LIGHTNESSES = (0.72, 0.77, 0.67)
CHROMA = 0.11
"""Every hue of these lightnesses and chroma lies inside sRGB, so nothing is clipped."""
ROUND = 200
"""So many colours have one lightness, then the next: a circle has no more than 764 in 8 bits."""
STEPS = 5_000


def next_colour(taken: Collection[str]) -> str:
    """Return the first colour of the series that is not in `taken`; grey if there is none left."""
    for colour in FIRST:
        if colour not in taken:
            return colour
    free = (colour for step in range(STEPS) if (colour := _on_circle(step)) not in taken)
    return next(free, FIRST[-2])


@cache
def _on_circle(step: int) -> str:
    # A thousand labels walk the same way again and again.
    lightness = LIGHTNESSES[step // ROUND % len(LIGHTNESSES)]
    return oklch_hex(lightness, CHROMA, step * GOLDEN_ANGLE)


def oklch_hex(lightness: float, chroma: float, hue: float) -> str:
    """Return the sRGB colour as #rrggbb; `hue` in radians. Matrices by Ottosson."""
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{_encode(channel):02x}" for channel in linear)


def _encode(linear: float) -> int:
    """One channel of sRGB, 0 to 255."""
    value = min(max(linear, 0.0), 1.0)
    bent = 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
    return round(bent * 255)
