"""Ids for everything that has a URL: UUIDv7, so that they sort by time and index well."""

import hashlib
import os
import secrets
import time
import uuid
from datetime import timedelta

MILLISECOND = 1 << 12
"""Moments are counted in 4096ths of a millisecond, as fine as an id tells them."""
SECOND = 1000 * MILLISECOND


def uuid7() -> uuid.UUID:
    """A UUIDv7 (RFC 9562, 5.7): 48 bits of Unix milliseconds, then 12 bits that hold the
    fraction of the millisecond (6.2, method 3), then 62 random bits.

    Ids made by one machine sort by creation to about a quarter of a microsecond; ids of one
    instant are unordered but distinct. (Python has its own only from 3.14 on.)
    """
    milliseconds, nanoseconds = divmod(time.time_ns(), 1_000_000)
    fraction = (nanoseconds << 12) // 1_000_000
    return _compose(milliseconds << 12 | fraction, os.urandom(8))


def uuid7_since(age: timedelta) -> uuid.UUID:
    """The least UUIDv7 that can have been made within the last `age`."""
    start = time.time_ns() // 1_000_000 - age // timedelta(milliseconds=1)
    return uuid.UUID(int=start << 80 | 7 << 76 | 0b10 << 62)


def uuid7_between(first: uuid.UUID, second: uuid.UUID | None) -> uuid.UUID:
    """A UUIDv7 as if it had been made after `first`, before `second`, and within a second.

    For what must not be told from its neighbours by when it was made. Without a later `second` it
    falls into the millisecond after `first`.
    """
    start = _time_of(first)
    end = start + MILLISECOND
    if second is not None and (later := _time_of(second)) > start + 1:
        end = min(later, start + SECOND)
    return _compose(start + 1 + secrets.randbelow(end - start - 1), os.urandom(8))


def uuid7_after(first: uuid.UUID, *, seed: bytes) -> uuid.UUID:
    """The UUIDv7 within a millisecond after `first` that `seed` stands for, always the same."""
    digest = hashlib.blake2b(seed, digest_size=10).digest()
    return _compose(_time_of(first) + 1 + int.from_bytes(digest[8:]) % MILLISECOND, digest[:8])


def _time_of(identifier: uuid.UUID) -> int:
    return identifier.int >> 80 << 12 | identifier.int >> 64 & MILLISECOND - 1


def _compose(moment: int, chance: bytes) -> uuid.UUID:
    """The id of a moment, in 4096ths of a millisecond, with the 62 bits that `chance` says."""
    value = (moment >> 12 & (1 << 48) - 1) << 80
    value |= 0x7 << 76 | (moment & MILLISECOND - 1) << 64
    value |= 0b10 << 62 | int.from_bytes(chance, "big") >> 2
    return uuid.UUID(int=value)
