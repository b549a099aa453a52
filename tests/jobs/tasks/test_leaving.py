"""Who may not label any more holds nothing, also if they were just being given work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from apps.annotators.actions.accounts import change_user
from apps.annotators.models import User
from apps.datasets.actions.members import change_member, remove_member
from apps.datasets.models import Dataset, Membership, Role
from apps.tasks.models import Slot
from tests.factories import make_dataset, make_task, make_user
from tests.jobs.tasks.test_nothing_left import annotator, claim, in_thread, unfinished

pytestmark = pytest.mark.django_db(transaction=True)

Leaving = Callable[[Dataset, User], object]


def be_removed(dataset: Dataset, user: User) -> None:
    remove_member(member=_membership(dataset, user), actor=dataset.created_by)


def only_look_on(dataset: Dataset, user: User) -> None:
    change_member(member=_membership(dataset, user), actor=dataset.created_by, role=Role.VIEWER)


def be_deactivated(dataset: Dataset, user: User) -> None:
    change_user(user=user, actor=dataset.created_by, changes={"is_active": False})


def _membership(dataset: Dataset, user: User) -> Membership:
    return Membership.objects.get(dataset=dataset, user=user)


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


@pytest.fixture(params=[1, "all"], ids=["one answer", "everybody answers"])
def dataset(request: pytest.FixtureRequest) -> Dataset:
    """One task; where everybody answers, it has no slot that a newcomer could take."""
    owner = make_user("Olga", is_admin=True)
    dataset = make_dataset(owner=owner, overlap=request.param)
    make_task(dataset)
    if request.param == "all":
        Slot.objects.update(state="submitted", user=owner, submitted_at="2026-01-01T00:00Z")
    return dataset


each_way = pytest.mark.parametrize("leave", [be_removed, only_look_on, be_deactivated])


@each_way
def test_work_that_is_just_being_claimed_is_given_back(
    leave: Leaving, dataset: Dataset, threads: ThreadPoolExecutor
) -> None:
    ann = annotator(dataset, "Ann")
    claimed = []
    with unfinished(threads, lambda: claimed.extend(claim(ann, dataset))):
        left = in_thread(threads, lambda: leave(dataset, User.objects.get(pk=ann.pk)))
        with pytest.raises(TimeoutError):  # the claim is waited for
            left.result(0.5)
    left.result(10)
    assert len(claimed) == 1
    assert not Slot.objects.filter(user=ann, state="leased").exists()


@each_way
def test_a_claim_that_comes_while_its_person_leaves_gets_nothing(
    leave: Leaving, dataset: Dataset, threads: ThreadPoolExecutor
) -> None:
    ann = annotator(dataset, "Ann")
    with unfinished(threads, lambda: leave(dataset, User.objects.get(pk=ann.pk))):
        claimed = in_thread(threads, lambda: claim(ann, dataset))
        with pytest.raises(TimeoutError):
            claimed.result(0.5)
    assert claimed.result(10) == []
    assert not Slot.objects.filter(user=ann, state="leased").exists()
