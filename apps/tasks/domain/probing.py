"""When somebody is shown gold once more, and what it is called so that nobody can tell."""

from __future__ import annotations

import hashlib
import re
import uuid
from pathlib import PurePosixPath
from random import Random

HASH = re.compile(r"(?=[0-9a-f-]*\d)(?=[0-9a-f-]*[a-f])[0-9a-f-]{8,}")
LAST_DIGIT = re.compile(r"\d(?=\D*$)")


def draws(lease: uuid.UUID, *, rate: float) -> bool:
    """Whether gold follows on the lease with this token, as it does on a share `rate` of them.

    Of the token alone, so a lease that is looked at again draws the same.
    """
    digest = hashlib.blake2b(lease.bytes, digest_size=8).digest()
    return int.from_bytes(digest) < rate * 2**64


def name_beside(neighbour: str, *, original: str, chance: Random) -> str:
    """Return a name for the image `original` that is like its neighbour's.

    Of a number another last digit, of a hash or a UUID other digits throughout; where there is
    neither, the name itself. The ending is the original's: it tells of what kind the bytes are.
    """
    name = PurePosixPath(neighbour)
    stem = name.stem
    if HASH.search(stem):
        stem = HASH.sub(lambda found: _other_digits(found[0], chance), stem)
    else:
        stem = LAST_DIGIT.sub(lambda found: _other_digit(found[0], chance), stem)
    return f"{stem}{PurePosixPath(original).suffix}"


def _other_digits(digits: str, chance: Random) -> str:
    return "".join(digit if digit == "-" else chance.choice("0123456789abcdef") for digit in digits)


def _other_digit(digit: str, chance: Random) -> str:
    return chance.choice("0123456789".replace(digit, ""))
