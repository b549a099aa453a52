"""A person's own answers: all of them, or those that they look for."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    OuterRef,
    QuerySet,
    Subquery,
    UUIDField,
    When,
)
from django.db.models.functions import Coalesce

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.tasks.models import Answer, TaskImage, Verdict
from apps.tasks.searching import has_text


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for among their answers: a verdict, a text (see `has_text`), or all."""

    answer: Verdict | None = None
    text: str = ""


def my_answers(*, user: User, dataset: Dataset, wanted: Wanted) -> QuerySet[Answer]:
    """Return `user`'s own answers here, newest first, each with its head and task.

    `image` is the id of the first image, its tile where images are picked from; `image_name` is
    that image's name.
    """
    answers = Answer.everything.filter(user=user, dataset=dataset, head__isnull=False)
    answers = answers.filter(task__withdrawn_at=None)
    if wanted.answer is not None:
        answers = answers.filter(head__answer=wanted.answer)
    if wanted.text:
        # As a CASE, or the planner takes a search for rare, and reads and sorts every own answer
        # instead of going back from the newest until a page is full.
        found = When(has_text(wanted.text, dataset=dataset), then=True)
        answers = answers.filter(Case(found, default=False, output_field=BooleanField()))
    first = TaskImage.objects.filter(task=OuterRef("task"), n=0)
    shown = first.values(shown=Coalesce("tile", "image_id"))[:1]
    name = first.values("image__name")[:1]
    return (
        answers.select_related("head", "task")
        .annotate(
            image=Subquery(shown, output_field=UUIDField()),
            image_name=Subquery(name, output_field=CharField()),
        )
        .order_by("-updated_at", "-id")
    )
