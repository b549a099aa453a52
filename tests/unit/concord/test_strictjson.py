import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from concord.errors import Invalid, TooLarge
from concord.http.parsers import StrictJSONParser
from concord.http.strictjson import StrictJsonError, loads_strict

REFUSED = {
    b"": "malformed_json",
    b"[1,]": "malformed_json",
    b"{'a': 1}": "malformed_json",
    b"\xff\xfe[\x001\x00]\x00": "malformed_json",
    b'"\xed\xa0\x80"': "malformed_json",
    b"\xef\xbb\xbf[]": "malformed_json",
    b'"a\x00b"': "malformed_json",
    b"NaN": "number_out_of_range",
    b"[Infinity]": "number_out_of_range",
    b"-Infinity": "number_out_of_range",
    b"1e400": "number_out_of_range",
    b"[-1e400]": "number_out_of_range",
    b"18446744073709551616": "number_out_of_range",
    b"-9223372036854775809": "number_out_of_range",
    b"9" * 100_000: "number_out_of_range",
    b'{"a": 1, "a": 1}': "duplicate_key",
    b'[{"b": {"a": 1, "\\u0061": 2}}]': "duplicate_key",
    b'"\\u0000"': "bad_string",
    b'{"\\u0000": 1}': "bad_string",
    b'["\\ud800"]': "bad_string",
    b'{"a": ["x\\udfffy"]}': "bad_string",
    b"[" * 33 + b"]" * 33: "too_deep",
    b'{"a":' * 33 + b"1" + b"}" * 33: "too_deep",
    b"[" * 100_000: "too_deep",
    b"[" * 100_000 + b"]" * 100_000: "too_deep",
}


@pytest.mark.parametrize(("text", "code"), REFUSED.items(), ids=lambda value: repr(value)[:30])
def test_what_postgresql_or_arithmetic_would_choke_on_is_refused_by_name(
    text: bytes, code: str
) -> None:
    with pytest.raises(StrictJsonError) as caught:
        loads_strict(text)
    assert caught.value.code == code


ACCEPTED = {
    b"18446744073709551615": 18446744073709551615,
    b"-9223372036854775808": -9223372036854775808,
    b"-0.0": -0.0,
    b"1e308": 1e308,
    b' {"a": [true, null]} ': {"a": [True, None]},
    b'"\\ud83d\\ude00 \xc3\xa9"': "😀 é",
    b"[" * 32 + b"]" * 32: None,
}


@pytest.mark.parametrize(("text", "value"), ACCEPTED.items(), ids=lambda value: repr(value)[:30])
def test_what_is_sound_passes_unchanged(text: bytes, value: object) -> None:
    assert loads_strict(text) == (value if value is not None else json.loads(text))


scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
)
keys = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
documents = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=20
)


@given(documents)
def test_every_sound_document_comes_back_equal(document: object) -> None:
    assert loads_strict(json.dumps(document).encode()) == document


@given(st.binary(max_size=200))
def test_no_bytes_at_all_raise_anything_else(data: bytes) -> None:
    try:
        loads_strict(data)
    except StrictJsonError as error:
        assert error.code


def test_many_distinct_keys_with_one_repeated_cost_linear_time() -> None:
    keys = ",".join(f'"{n}":1' for n in range(200_000))
    with pytest.raises(StrictJsonError) as caught:
        loads_strict(f'{{{keys},"199999":1}}'.encode())
    assert caught.value.code == "duplicate_key"


def test_the_parser_refuses_a_body_over_the_limit(settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 4
    assert StrictJSONParser().parse(io.BytesIO(b"[12]")) == [12]
    with pytest.raises(TooLarge):
        StrictJSONParser().parse(io.BytesIO(b"[123]"))


def test_the_parser_reads_no_charset_but_utf_8() -> None:
    with pytest.raises(Invalid):
        StrictJSONParser().parse(io.BytesIO(b"[]"), "application/json; charset=utf-7")
    read = StrictJSONParser().parse(io.BytesIO(b"[]"), 'application/json; charset="UTF-8"')
    assert read == []
