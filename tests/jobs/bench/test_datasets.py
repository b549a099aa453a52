"""What the benchmark writes by statements of its own is what the application works with."""

from __future__ import annotations

import pytest

from apps.reviews.actions.measuring import measure
from apps.tasks.actions.claiming import lease_tasks
from apps.tasks.models import Task
from bench.answered import ANSWERS, make_answered
from bench.datasets import OVERLAP, make_annotator, make_dataset
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_tasks_made_by_statements_can_be_claimed_in_order() -> None:
    dataset = make_dataset(slug="filled", tasks=3, owner=make_user("Olga"))
    make_annotator(dataset=dataset, email="ann@example.org")
    (membership,) = dataset.memberships.all()
    leases = lease_tasks(user=membership.user, dataset=dataset, count=5)
    tasks = Task.objects.filter(dataset=dataset).order_by("order_key")
    assert [lease.task_id for lease in leases] == [task.pk for task in tasks]
    assert all(task.slots.count() == OVERLAP == task.overlap for task in tasks)


def test_answers_made_by_statements_can_be_measured() -> None:
    dataset = make_answered(slug="answered", tasks=30, owner=make_user("Olga"))
    figures = measure(dataset=dataset, beat=lambda: None).figures
    assert figures["part"]["tasks"] == 30
    assert figures["part"]["answers"] == 30 * ANSWERS
    assert 0 < figures["part"]["decided"] < 30
    assert figures["agreement"]["overall"]["percent"]["value"] > 0.7
