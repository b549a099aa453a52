"""The demo of a first start: real photos through the real import, answers through the real actions.

Merges, conflicts and finals are computed from the answers, never stored in the pack. Every step
looks at what is there first, so a start that was cut short is completed by the next one.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.conf import settings

from apps.annotators.actions.accounts import create_user
from apps.annotators.models import User
from apps.datasets.actions.creating import create_dataset
from apps.datasets.actions.members import add_member
from apps.datasets.models import Dataset, Interface, Role
from apps.imports.actions.lists import Upload, create_import_of_files
from apps.imports.models import Import, ImportState
from apps.imports.options import Options
from apps.tasks.actions.answering import Response, Submission, submit_answer
from apps.tasks.actions.claiming import MOST_AT_ONCE, lease_tasks
from apps.tasks.actions.leasing import release_leases
from apps.tasks.models import Task, TaskImage
from apps.tasks.spans import label_ids, store_spans

PACK = settings.ROOT / "deploy" / "demo"
PATIENCE = 120.0  # seconds for the import of a pack of 24 photos
ENDED = {ImportState.DONE, ImportState.FAILED, ImportState.CANCELLED}

PEOPLE = [
    ("admin", "Olga Owner", "admin", None),
    ("rita", "Rita Reviewer", "reviewer", Role.REVIEWER),
    ("ada", "Ada Annotator", "annotator", Role.ANNOTATOR),
    ("ben", "Ben Annotator", "annotator", Role.ANNOTATOR),
]
DATASETS: list[dict[str, Any]] = [
    {
        "key": "boxes",
        "name": "Things in photos",
        "interface": Interface.IMAGE_MANUAL,
        "labels": ["person", "animal", "vehicle", "plant", "building", "object"],
        "description": "Draw a box around everything that matters, and say what it is.",
        "config": {"overlap": 2},
    },
    {
        "key": "classification",
        "name": "People or not",
        "interface": Interface.CLASSIFICATION,
        "labels": [],
        "description": "One question, one key.",
        "config": {"overlap": 2, "question": "Is there a person in this photo?"},
    },
    {
        "key": "choice",
        "name": "Where was it taken",
        "interface": Interface.CHOICE,
        "labels": [],
        "description": "Pick one of four places.",
        "config": {
            "overlap": 2,
            "question": "Where was this photo taken?",
            "options": [
                {"id": place, "text": place.capitalize()}
                for place in ("indoors", "outdoors", "aerial", "studio")
            ],
        },
    },
]


def seed(*, say: Callable[[str], Any]) -> str:
    """Complete the demo and return a sentence on what was done."""
    if User.objects.exists() and not _accounts_file().exists():
        return "People work here already; the demo is left out."
    people = _people()
    answers = json.loads((PACK / "annotations.json").read_text())
    for plan in DATASETS:
        dataset = _dataset(plan, people)
        _import_photos(dataset, people["admin"])
        for name in ("ada", "ben"):
            _answer(dataset, people[name], answers[plan["key"]], name)
        say(f"{dataset.name} is ready.")
    return "The demo is ready."


def _accounts_file() -> Path:
    return Path(settings.DATA_DIR) / "demo.json"


def _people() -> dict[str, User]:
    """Create the accounts; their passwords are made up here and kept in the data folder alone."""
    path = _accounts_file()
    if not path.exists():
        accounts = [
            {
                "email": f"{key}@demo.example.org",
                "name": name,
                "role": role,
                "password": secrets.token_urlsafe(9),
            }
            for key, name, role, _ in PEOPLE
        ]
        draft = path.with_suffix(".draft")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(accounts, file, indent=1)
        draft.replace(path)
    return {account["email"].partition("@")[0]: _person(account) for account in _read(path)}


def _read(path: Path) -> list[dict[str, str]]:
    accounts: list[dict[str, str]] = json.loads(path.read_text())
    return accounts


def _person(account: dict[str, str]) -> User:
    known = User.objects.filter(email=account["email"]).first()
    return known or create_user(
        email=account["email"],
        name=account["name"],
        password=account["password"],
        is_admin=account["role"] == "admin",
        may_create_datasets=account["role"] == "admin",
    )


def _dataset(plan: dict[str, Any], people: dict[str, User]) -> Dataset:
    owner = people["admin"]
    dataset = Dataset.objects.filter(name=plan["name"], created_by=owner).first()
    dataset = dataset or create_dataset(
        actor=owner,
        name=plan["name"],
        interface=plan["interface"],
        labels=plan["labels"],
        description=plan["description"],
        config=plan["config"],
    )
    for key, _, _, role in PEOPLE:
        if role and not dataset.memberships.filter(user=people[key]).exists():
            add_member(dataset=dataset, actor=owner, email=people[key].email, role=role)
    return dataset


def _import_photos(dataset: Dataset, owner: User) -> None:
    """Bring the photos in by an import of files, and wait until it has ended."""
    found = Import.objects.filter(dataset=dataset).first()
    if found is None:
        with ExitStack() as files:
            uploads = [
                Upload(path.name, files.enter_context(path.open("rb")))
                for path in sorted((PACK / "photos").iterdir())
            ]
            found = create_import_of_files(
                user=owner, dataset=dataset, uploads=uploads, options=Options()
            )
    waited_until = time.monotonic() + PATIENCE
    while found.state not in ENDED:
        if time.monotonic() > waited_until:
            raise TimeoutError("The import of the demo's photos takes too long: is a worker up?")
        time.sleep(0.2)
        found.refresh_from_db()


def _answer(dataset: Dataset, user: User, answers: dict[str, Any], name: str) -> None:
    """Work through the dataset as this person would; what has no answer in the pack stays open."""
    for task, lease in _work(dataset, user):
        image = TaskImage.objects.select_related("image__blob").get(task=task, n=0).image
        given = answers.get(image.name, {}).get(name)
        if given is None:
            continue
        submission = Submission(
            key=f"demo-{user.pk}-{task.pk}", request_hash="demo", lease=lease, base=0
        )
        size = (image.blob.width, image.blob.height)
        submit_answer(
            user=user, task=task, response=_response(dataset, given, size), submission=submission
        )
    release_leases(user=user, dataset=dataset)


def _work(dataset: Dataset, user: User) -> Iterator[tuple[Task, Any]]:
    """Lease one task after another; those left unanswered stay held, so that they come once."""
    seen: set[Any] = set()
    while len(seen) < Task.objects.filter(dataset=dataset).count():
        leases = lease_tasks(user=user, dataset=dataset, count=MOST_AT_ONCE)
        fresh = [lease for lease in leases if lease.task_id not in seen]
        if not fresh:
            return
        for lease in fresh:
            seen.add(lease.task_id)
            yield Task.objects.select_related("dataset").get(pk=lease.task_id), lease.token


def _response(dataset: Dataset, given: Any, size: tuple[int, int]) -> Response:
    answer, spans, accept = "accept", [], []
    if dataset.interface == Interface.IMAGE_MANUAL:
        spans = store_spans(
            [{"type": "rect", **box} for box in given],
            labels=label_ids(dataset),
            width=size[0],
            height=size[1],
        )
    elif dataset.interface == Interface.CHOICE:
        accept = list(given)
    else:
        answer = given
    return Response(answer=answer, spans=spans, accept=accept, attributes={}, seconds=None)
