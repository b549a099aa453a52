"""Which tasks are the same question, and which of them a share picks."""

from hypothesis import given
from hypothesis import strategies as st

from apps.tasks.domain.identity import falls_in_share, input_hash


def test_the_question_makes_the_task() -> None:
    same = input_hash(images=["aa"], options=None, label="")
    assert same == input_hash(images=["aa"], options=None, label="")
    assert same != input_hash(images=["ab"], options=None, label="")
    assert same != input_hash(images=["aa"], options=None, label="cat")


def test_an_option_id_is_not_its_text() -> None:
    number = input_hash(images=["aa"], options=[{"id": 1}], label="")
    assert number != input_hash(images=["aa"], options=[{"id": "1"}], label="")


def test_the_order_of_keys_does_not_matter_and_that_of_images_does() -> None:
    one = input_hash(images=["aa"], options=[{"id": 1, "text": "x"}], label="")
    assert one == input_hash(images=["aa"], options=[{"text": "x", "id": 1}], label="")
    two = input_hash(images=["aa", "ab"], options=None, label="")
    assert two != input_hash(images=["ab", "aa"], options=None, label="")


digests = st.binary(min_size=32, max_size=32).map(bytes.hex)


@given(digests, st.floats(0, 1), st.floats(0, 1))
def test_a_larger_share_keeps_what_a_smaller_one_had(digest: str, one: float, two: float) -> None:
    small, large = sorted((one, two))
    assert falls_in_share(digest, large) or not falls_in_share(digest, small)


def test_the_ends_of_the_share() -> None:
    assert not falls_in_share("0" * 64, 0.0)
    assert falls_in_share("f" * 64, 1.0)
    assert falls_in_share("7" + "f" * 63, 0.5)
    assert not falls_in_share("8" + "0" * 63, 0.5)
