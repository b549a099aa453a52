"""JPEGs that end too early, which Pillow takes for whole ones.

libjpeg fills what is missing with grey and warns; Pillow does not hand that on. simplejpeg decodes
with the same library, to the same pixels, and tells.
"""

from __future__ import annotations

import simplejpeg
from PIL import Image

COLOURS = {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK"}
CUT_SHORT = "premature end"


def decoded_jpeg(data: bytes, mode: str) -> Image.Image | None:
    """The pixels of a JPEG that Pillow opens in this mode, bit by bit as it would have them.

    None where it has to decode them itself: ink, and oddities that all programs pass over, such as
    bytes between two segments. Raises ValueError for a file that lacks some of its pixels.
    """
    if mode not in COLOURS:
        return None
    try:
        pixels = simplejpeg.decode_jpeg(data, colorspace=COLOURS[mode])
    except ValueError as error:
        if CUT_SHORT in str(error).lower():
            raise
        return None
    if mode == "CMYK":  # some programs store it inverted, which Pillow knows
        return None
    return Image.fromarray(pixels[:, :, 0] if mode == "L" else pixels)
