"""JSON without its loopholes.

The standard parser takes `1e400` for infinity, keeps the last of two equal keys, and passes on
NULs and lone surrogates, which PostgreSQL then refuses; 100,000 brackets end in a
RecursionError. All of that is refused here, by name. Numbers keep all 64 bits.
"""

import json
import math
from typing import Any

MAX_DEPTH = 32


class StrictJsonError(ValueError):
    """Why a text is not acceptable JSON: a stable `code` and an English sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def loads_strict(data: bytes) -> Any:
    """Parse UTF-8 JSON of finite 64-bit numbers, distinct keys, clean strings and depth <= 32.

    Raises StrictJsonError with code `malformed_json`, `duplicate_key`, `number_out_of_range`,
    `bad_string` or `too_deep`.
    """
    try:
        parsed = DECODER.decode(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise StrictJsonError("malformed_json", f"Not UTF-8 at byte {error.start}.") from error
    except RecursionError as error:
        raise StrictJsonError("too_deep", f"Nested deeper than {MAX_DEPTH} levels.") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise StrictJsonError("malformed_json", f"{error.msg} at {where}.") from error
    if _may_be_deep_or_unclean(data):
        _check_depth_and_strings(parsed)
    return parsed


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise StrictJsonError("duplicate_key", f"The key {key[:40]!a} occurs twice.")
        result[key] = value
    return result


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise StrictJsonError("number_out_of_range", f"{text[:40]} is too large a number.")
    return value


def _of_64_bits(text: str) -> int:
    # The length first: parsing a long run of digits takes quadratic time.
    if len(text) > 20 or not -(2**63) <= (value := int(text)) < 2**64:
        raise StrictJsonError("number_out_of_range", f"{text[:40]} does not fit in 64 bits.")
    return value


def _refuse_constant(text: str) -> None:
    raise StrictJsonError("number_out_of_range", f"{text} is not a number in JSON.")


DECODER = json.JSONDecoder(
    object_pairs_hook=_distinct,
    parse_float=_finite,
    parse_int=_of_64_bits,
    parse_constant=_refuse_constant,
)


def _may_be_deep_or_unclean(data: bytes) -> bool:
    """Whether a look at what was parsed, which costs more than parsing it, can find anything: NULs
    and halves of surrogates have to be escaped, and every level opens with a bracket."""
    return b"\\u" in data or data.count(b"[") + data.count(b"{") > MAX_DEPTH


def _check_depth_and_strings(parsed: Any) -> None:
    """Walk level by level, so that the depth of the input costs no stack."""
    level = [parsed]
    depth = 0
    while level:
        below: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                below.extend(item)
                below.extend(item.values())
            elif isinstance(item, list):
                below.extend(item)
            elif isinstance(item, str):
                _check_string(item)
        nested = any(isinstance(item, dict | list) for item in level)
        depth += nested
        if depth > MAX_DEPTH:
            raise StrictJsonError("too_deep", f"Nested deeper than {MAX_DEPTH} levels.")
        level = below


def _check_string(text: str) -> None:
    if text.isascii():
        clean = "\0" not in text
    else:
        clean = not any(char == "\0" or "\ud800" <= char <= "\udfff" for char in text)
    if not clean:
        raise StrictJsonError("bad_string", "A string holds a NUL or half of a surrogate pair.")
