"""The languages of model servers: how each is asked about images, and how its answer is read."""

from __future__ import annotations

from collections.abc import Mapping

from apps.assist.domain.protocols import kserve, own, tensorflow
from apps.assist.domain.protocols.words import Protocol

PROTOCOLS: Mapping[str, Protocol] = {
    "concord": own.PROTOCOL,
    "kserve": kserve.PROTOCOL,
    "tensorflow": tensorflow.PROTOCOL,
}
