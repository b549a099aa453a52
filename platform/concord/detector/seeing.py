"""Two detectors that come with OpenCV: people on foot, and faces from the front.

People: histograms of oriented gradients and a linear SVM (N. Dalal and B. Triggs, 2005, CVPR).
Faces: a cascade of Haar features (P. Viola and M. Jones, 2001, CVPR). OpenCV 5 has neither.
"""

from __future__ import annotations

import threading
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from concord.detector.serving import Detector, Span, UnreadableImage

MOST_PIXELS = 50_000_000
LONGEST_EDGE = 1024
"""Larger images are looked at smaller: HOG needs a second for a megapixel."""

Grey = NDArray[np.uint8]
Box = tuple[float, float, float, float, float]
"""Left, top, width, height and how sure, from 0 to 1."""


def people_detector() -> Detector:
    """A detector of people who stand or walk, `person`."""
    hog = cast(Any, cv2).HOGDescriptor()
    hog.setSVMDetector(cast(Any, cv2).HOGDescriptor_getDefaultPeopleDetector())
    lock = threading.Lock()

    def find(grey: Grey) -> list[Box]:
        with lock:
            boxes, weights = hog.detectMultiScale(grey, winStride=(8, 8), padding=(8, 8))
        pairs = zip(boxes, np.asarray(weights).ravel(), strict=True)
        return [_found(box, float(weight)) for box, weight in pairs]

    return _detector("opencv-hog-people", "person", find)


def face_detector() -> Detector:
    """A detector of faces seen from the front, `face`."""
    folder = cast(Any, cv2).data.haarcascades
    cascade = cv2.CascadeClassifier(folder + "haarcascade_frontalface_default.xml")
    lock = threading.Lock()

    def find(grey: Grey) -> list[Box]:
        with lock:
            boxes, _, weights = cascade.detectMultiScale3(
                grey, scaleFactor=1.1, minNeighbors=5, outputRejectLevels=True
            )
        # The last stage's sum; 5 and more is as sure as it gets.
        pairs = zip(boxes, np.asarray(weights).ravel(), strict=True)
        return [_found(box, float(weight) / 4) for box, weight in pairs]

    return _detector("opencv-haar-faces", "face", find)


DETECTORS = {"people": people_detector, "faces": face_detector}


def _found(box: Any, weight: float) -> Box:
    left, top, width, height = map(float, box)
    return left, top, width, height, _sure(weight)


def _sure(weight: float) -> float:
    """A distance from the deciding line as a number from 0 to 1."""
    return round(1 / (1 + float(np.exp(-2 * weight))), 4)


def _detector(model: str, label: str, find: Any) -> Detector:
    def found(data: bytes) -> list[Span]:
        grey, scale = _read(data)
        height, width = (edge / scale for edge in grey.shape)
        return [_span(box, scale, width, height, label) for box in find(grey)]

    return Detector(model=model, version=cv2.__version__, labels=(label,), find=found)


def _read(data: bytes) -> tuple[Grey, float]:
    """The image in grey, as it was made small by this scale. Raises UnreadableImage.

    Images come upright; what a file says of turning it is left aside.
    """
    raw = np.frombuffer(data, np.uint8)
    flags = cv2.IMREAD_GRAYSCALE | cv2.IMREAD_IGNORE_ORIENTATION
    try:
        image = cv2.imdecode(raw, flags)
    except cv2.error as error:
        raise UnreadableImage from error
    if image is None or image.size > MOST_PIXELS:
        raise UnreadableImage
    scale = min(1.0, LONGEST_EDGE / max(image.shape))
    if scale < 1:
        image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return cast(Grey, image), scale


def _span(
    box: Box,
    scale: float,
    width: float,
    height: float,
    label: str,
) -> Span:
    """A box in pixels of the image as it came, no larger than that."""
    left, top, wide, high, sure = box
    x, y = max(0.0, left / scale), max(0.0, top / scale)
    right, bottom = min(width, (left + wide) / scale), min(height, (top + high) / scale)
    return {
        "type": "rect",
        "x": x,
        "y": y,
        "width": right - x,
        "height": bottom - y,
        "label": label,
        "score": sure,
    }
