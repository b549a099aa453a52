"""What the benchmark writes by statements of its own is what the application works with."""

from __future__ import annotations

import pytest

from apps.annotators.models import User
from apps.reviews.actions.leasing import lease_reviews
from apps.reviews.actions.measuring import measure
from apps.reviews.api.render import render_review
from apps.tasks.actions.claiming import lease_tasks
from apps.tasks.models import Slot, Task
from bench.answered import ANSWERS, make_answered
from bench.datasets import OVERLAP, make_annotator, make_dataset
from bench.grown import make_grown
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


def test_a_dataset_that_is_nearly_done_can_be_worked_on_and_reviewed() -> None:
    owner = make_user("Olga")
    dataset = make_grown(slug="grown", tasks=60, owner=owner)
    make_annotator(dataset=dataset, email="ann@example.org")
    ann = User.objects.get(email="ann@example.org")
    free = Task.objects.filter(dataset=dataset, state="open").count()
    assert len(lease_tasks(user=ann, dataset=dataset, count=12)) == min(free, 12)
    (ticket,) = lease_reviews(user=owner, dataset=dataset, count=1)
    page = render_review(Task.objects.get(pk=ticket.task_id), ticket)
    assert [len(version["spans"]) for version in page["versions"]] == [1, 1, 1]
    assert not Slot.objects.filter(dataset=dataset, state="submitted", user=None).exists()
