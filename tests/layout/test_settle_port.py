"""The one door through which a lower app calls a higher one has one room behind it."""

import pytest

from apps.reviews.actions.settling import settle
from apps.tasks import ports


def test_reviews_alone_answers_the_call_of_tasks() -> None:
    assert ports._bound == [settle]


def test_a_second_implementation_is_refused() -> None:
    with pytest.raises(RuntimeError):
        ports.bind_settle(settle)
