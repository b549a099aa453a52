"""Saving searches."""

from __future__ import annotations

from urllib.parse import parse_qs

from django.db import transaction

from apps.annotators.models import User
from apps.datasets.models import Dataset, Label
from apps.desk.models import View
from concord.errors import Conflict

MOST_VIEWS = 100


@transaction.atomic
def save_view(*, user: User, dataset: Dataset, name: str, search: str) -> View:
    """Keep a search that was read before. Raises Conflict `name_taken`, `too_many_views`."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # one after the other
    mine = View.objects.filter(user=user, dataset=dataset)
    if mine.count() >= MOST_VIEWS:
        raise Conflict("too_many_views", f"There are {MOST_VIEWS} saved views already.")
    labels = _labels_in(search, dataset=dataset)
    view = View(user=user, dataset=dataset, name=name, search=search, labels=labels)
    _check_name(view)
    view.save(force_insert=True)
    return view


@transaction.atomic
def change_view(*, view: View, name: str | None, search: str | None) -> View:
    """Give a view another name or search. Raises Conflict `name_taken`."""
    User.objects.select_for_update(no_key=True).get(pk=view.user_id)
    view.name = view.name if name is None else name
    if search is not None:
        view.search, view.labels = search, _labels_in(search, dataset=view.dataset)
    _check_name(view)
    view.save(update_fields=["name", "search", "labels"])
    return view


def delete_view(*, view: View) -> None:
    """Forget a view."""
    View.objects.filter(pk=view.pk).delete()


def _labels_in(search: str, *, dataset: Dataset) -> dict[str, str]:
    names = parse_qs(search).get("label", [])
    found = Label.objects.filter(dataset=dataset, name__in=names)
    return {label.name: str(label.pk) for label in found}


def _check_name(view: View) -> None:
    same = View.objects.filter(user=view.user_id, dataset=view.dataset_id, name=view.name)
    if same.exclude(pk=view.pk).exists():
        raise Conflict("name_taken", "You have a view of this name here.")
