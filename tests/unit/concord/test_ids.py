import time
import uuid

from concord.ids import uuid7, uuid7_after, uuid7_between


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


def test_an_id_between_two_others_sorts_between_them() -> None:
    first = uuid7()
    time.sleep(0.002)
    second = uuid7()
    for _ in range(200):
        made = uuid7_between(first, second)
        assert first.int >> 62 < made.int >> 62 < second.int >> 62
        assert (made.version, made.int >> 62 & 0b11) == (7, 0b10)


def test_an_id_beside_a_lone_one_is_of_the_next_millisecond_at_most() -> None:
    first = uuid7()
    before = uuid.UUID(int=first.int - (1 << 90))
    for second in (None, first, before):
        made = uuid7_between(first, second)
        assert first < made
        assert made.int >> 80 <= (first.int >> 80) + 1


def test_an_id_between_two_that_are_far_apart_is_near_the_first() -> None:
    first = uuid7()
    second = uuid.UUID(int=first.int + (86_400_000 << 80))
    assert uuid7_between(first, second).int >> 80 <= (first.int >> 80) + 1000


def test_an_id_for_a_seed_stays_the_same() -> None:
    first = uuid7()
    made = uuid7_after(first, seed=b"a")
    assert made == uuid7_after(first, seed=b"a") != uuid7_after(first, seed=b"b")
    assert first.int >> 80 <= made.int >> 80 <= (first.int >> 80) + 1
    assert (made.version, made.int >> 62 & 0b11) == (7, 0b10)
