"""Lines of a list as they come in, never held as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from apps.imports.domain.rows import RowError

MAX_LINE = 16 * 1024 * 1024
NumberedLine = tuple[int, bytes | None]
"""A line's number from 1, and its bytes without its end; None for one longer than MAX_LINE."""


def numbered_lines(chunks: Iterable[bytes]) -> Iterator[NumberedLine]:
    """The lines of UTF-8 with line feeds; one that is too long is skipped as it streams by."""
    number, kept, size = 1, [b""], 0
    for chunk in chunks:
        *ended, open_end = chunk.split(b"\n")
        for part in ended:
            kept.append(part)
            size += len(part)
            yield number, _joined(kept, size)
            number, kept, size = number + 1, [], 0
        size += len(open_end)
        if size <= MAX_LINE:
            kept.append(open_end)
        else:
            kept.clear()
    if size:
        yield number, _joined(kept, size)


def text_of(raw: bytes | None) -> str:
    """The line as text. Raises RowError when it is too long, not UTF-8 or holds NUL."""
    if raw is None:
        raise RowError("line_too_long", f"The line is longer than {MAX_LINE // 1024**2} MB.")
    if b"\x00" in raw:
        raise RowError("not_text", "The line holds NUL bytes.")
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        byte, place = raw[error.start], error.start + 1
        if byte == 0xED:
            raise RowError("not_utf8", f"The letter at byte {place} is only half there.") from None
        raise RowError(
            "not_utf8", f"The line is not UTF-8: byte {place} is 0x{byte:02x}."
        ) from None


def _joined(parts: list[bytes], size: int) -> bytes | None:
    return b"".join(parts) if size <= MAX_LINE else None
