"""The people of every test, by the role that they have in the one dataset `signs`."""

from __future__ import annotations

import pytest

from apps.annotators.models import User
from apps.datasets.models import Dataset, Role
from tests.factories import add_member, make_dataset, make_user


@pytest.fixture
def admin(db: None) -> User:
    """Administers the instance; a member of nothing."""
    return make_user("Ada", is_admin=True)


@pytest.fixture
def owner(db: None) -> User:
    """Manages `signs`, and may create datasets."""
    return make_user("Olga", may_create_datasets=True)


@pytest.fixture
def signs(owner: User) -> Dataset:
    """A dataset of boxes with the labels stop and yield, two answers to a task."""
    return make_dataset(owner=owner, overlap=2)


@pytest.fixture
def reviewer(signs: Dataset) -> User:
    """Reviews `signs`."""
    return _member(signs, "Rita", Role.REVIEWER)


@pytest.fixture
def annotator(signs: Dataset) -> User:
    """Labels `signs`."""
    return _member(signs, "Anna", Role.ANNOTATOR)


@pytest.fixture
def second_annotator(signs: Dataset) -> User:
    """Labels `signs` too."""
    return _member(signs, "Bert", Role.ANNOTATOR)


@pytest.fixture
def viewer(signs: Dataset) -> User:
    """Sees the results of `signs`."""
    return _member(signs, "Vera", Role.VIEWER)


@pytest.fixture
def outsider(db: None) -> User:
    """Has an account, but no part in `signs`."""
    return make_user("Otto")


def _member(dataset: Dataset, name: str, role: Role) -> User:
    user = make_user(name)
    add_member(dataset, user, role)
    return user
