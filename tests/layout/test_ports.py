"""Every door through which a lower app calls a higher one has one room behind it."""

from typing import Any

import pytest

from apps.annotators import ports as annotators
from apps.datasets import ports as datasets
from apps.datasets.actions.members import refit_datasets
from apps.imports.actions.running import stop_imports
from apps.imports.referenced import fetch_rendition
from apps.reviews.actions.leasing import release_work
from apps.reviews.actions.relabelling import order_relabelling
from apps.reviews.actions.settling import settle
from apps.tasks import ports as tasks
from apps.tasks.actions.fitting import follow, order_fit
from apps.tasks.actions.gold import take_back
from concord.ports import Port, port

ROOMS: list[tuple[Port[Any, Any], object]] = [
    (annotators.release_work, release_work),
    (annotators.refit_datasets, refit_datasets),
    (datasets.fit_tasks, order_fit),
    (datasets.follow_members, follow),
    (datasets.drop_probes, take_back),
    (datasets.compare_anew, order_relabelling),
    (datasets.fetch_rendition, fetch_rendition),
    (datasets.stop_imports, stop_imports),
    (tasks.settle, settle),
]


@pytest.mark.parametrize(("door", "room"), ROOMS, ids=lambda part: getattr(part, "name", ""))
def test_one_app_alone_answers_the_call(door: Port[Any, Any], room: Any) -> None:
    assert door.bound is room
    with pytest.raises(RuntimeError):
        door.bind(room)


def test_a_door_that_leads_nowhere_is_a_mistake() -> None:
    @port
    def anything() -> None: ...

    with pytest.raises(RuntimeError, match="anything"):
        anything()
