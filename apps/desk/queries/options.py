"""What the filters of the data browser can choose from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from apps.annotators.models import User
from apps.datasets.models import Dataset, Label
from apps.datasets.queries import labellers_of
from apps.desk.access import Reach
from apps.imports.models import Import
from apps.tasks.models import Answer
from concord.rows import all_rows

MOST_IMPORTS = 200

TAGS = """
SELECT tag, count(*) FROM reviews_taskfacts f, unnest(f.tags) tag
 WHERE f.dataset_id = %(dataset)s AND f.tags <> '{}' AND NOT f.withdrawn
 GROUP BY tag ORDER BY tag
"""


@dataclass(frozen=True, slots=True)
class Options:
    """By what the tasks of a dataset can be told apart, as far as somebody may know."""

    labels: list[str]
    tags: list[tuple[str, int]]
    people: list[User]
    labellers: list[User]
    imports: list[Import]


def options_for(*, dataset: Dataset, reach: Reach) -> Options:
    """Return labels for everybody, tags and people who answered for who sees answers; imports, and
    who may be assigned something, for managers."""
    labels = Label.objects.filter(dataset=dataset, merged_into=None)
    imports = Import.objects.filter(dataset=dataset) if reach.manages else Import.objects.none()
    return Options(
        labels=[label.name for label in labels],
        tags=[(tag, n) for tag, n in all_rows(TAGS, {"dataset": dataset.pk})]
        if reach.answers
        else [],
        people=_people(dataset) if reach.answers else [],
        labellers=_labellers(dataset) if reach.manages else [],
        imports=list(imports.order_by("-created_at", "-id")[:MOST_IMPORTS]),
    )


def _people(dataset: Dataset) -> list[User]:
    """Those who have answered something here."""
    given = Answer.objects.filter(user=OuterRef("pk"), dataset=dataset, head__isnull=False)
    return _sorted(User.objects.filter(Exists(given)))


def _labellers(dataset: Dataset) -> list[User]:
    """The members who may label here."""
    members = User.objects.filter(memberships__dataset=dataset)
    return _sorted(members.filter(pk__in=labellers_of(dataset).values()))


def _sorted(people: Iterable[User]) -> list[User]:
    return sorted(people, key=lambda user: user.display_name)
