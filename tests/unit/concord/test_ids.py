import time

from concord.ids import uuid7


def test_the_first_48_bits_are_the_milliseconds_of_now() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid7()
    after = time.time_ns() // 1_000_000
    assert before <= made.int >> 80 <= after


def test_version_and_variant_are_those_of_rfc_9562() -> None:
    made = uuid7()
    assert made.version == 7
    assert made.int >> 62 & 0b11 == 0b10


def test_ids_sort_by_creation_and_never_repeat() -> None:
    made = []
    for _ in range(200):
        made.append(uuid7())
        time.sleep(0.000_01)
    assert made == sorted(made)
    assert len({uuid7() for _ in range(10_000)}) == 10_000
