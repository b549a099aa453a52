"""Bringing another image in the place of one, which is taken down at the moment when it lands.

The bytes of an image never change, since answers are about them.
"""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction

from apps.annotators.models import User
from apps.datasets.models import Image, Interface
from apps.imports.actions.bringing import NotBrought
from apps.imports.actions.lists import Upload, create_import_of_files, create_import_of_one
from apps.imports.actions.taking_down import clear_away, has_work, hold_work, tasks_about
from apps.imports.models import Import, Replacement
from apps.imports.options import Options
from apps.tasks.actions.asking_anew import ask_anew, questions_about
from apps.tasks.actions.removing import Held, count_anew, work_on
from apps.tasks.models import Task
from concord.errors import Conflict, Invalid
from concord.events.actions import record

CODE = "replaced"
ONE_TASK = (Interface.IMAGE_MANUAL, Interface.CLASSIFICATION, Interface.CHOICE)
"""Where an image is a task by itself, which its row names."""


@transaction.atomic
def replace_image(*, image: Image, source: Upload | str, withdraw: bool, user: User) -> Import:
    """Have a file, or what lies at an address, brought in the place of `image`.

    The image stays until the other one lands. Raises Conflict `has_work` where people have worked
    on it and nobody said `withdraw`, as `take_down` does; Invalid for an address that is none, or
    that names a folder.
    """
    counts = work_on(tasks=tasks_about(image))
    if counts and not withdraw:
        raise has_work(counts)
    name = f"Replacement of {image.name}"
    if isinstance(source, str):
        made = create_import_of_one(user=user, dataset=image.dataset, address=source, name=name)
    else:
        made = create_import_of_files(
            user=user, dataset=image.dataset, uploads=[source], options=Options(), name=name
        )
    Replacement.objects.create(
        of_import=made, dataset=image.dataset, image=image, withdraw=withdraw
    )
    return made


def put_in_place(*, found: Import, image: Image) -> Task | None:
    """Let a new `image` take the place of the one that the import is to replace; call it in the
    transaction that makes it.

    It gets that one's name and meta, and is asked what was asked of it, at the same place in the
    queue; that one is taken down. Returns the new task, where an image is one by itself. Raises
    Invalid `nothing_to_replace` if it is gone, `has_work` if people have worked on it since that
    was asked, `other_size` as `questions_about` does; NotBrought while somebody has it in hand.
    """
    old, held = _hold(found.replacement)
    questions = questions_about(image=old, instead=image)
    actor = found.created_by
    counts = clear_away(image=old, held=held, actor=actor, code=CODE)
    Image.objects.filter(pk=image.pk).update(name=old.name, meta=old.meta, known=old.known)
    tasks = ask_anew(dataset=found.dataset, questions=questions, actor=actor)
    count_anew(dataset=found.dataset)
    digests = {"from": old.blob.sha256, "to": image.blob.sha256}
    record(
        kind="image.replaced",
        actor=actor,
        dataset_id=found.dataset_id,
        subject=image,
        data={**digests, **asdict(counts)},
    )
    return tasks[0] if tasks and found.dataset.interface in ONE_TASK else None


def _hold(replacement: Replacement) -> tuple[Image, Held]:
    """The image to be replaced and all tasks about it, locked without waiting: the caller has
    locked another image, which those may wait for who have this one."""
    there = Image.objects.filter(pk__in=[replacement.image_id])
    if not there.exists():
        raise Invalid("nothing_to_replace", "The image to be replaced is here no more.")
    locked = there.select_related("dataset", "blob").select_for_update(
        skip_locked=True, of=["self"]
    )
    old = locked.first()
    try:
        held = None if old is None else hold_work(image=old, withdraw=replacement.withdraw)
    except Conflict as error:
        reason = "People have worked on the image since; replace it again to put that aside."
        raise Invalid(error.code, reason) from error
    if old is None or held is None:
        raise NotBrought("busy", "Somebody has the image in hand at the moment.", retryable=True)
    return old, held
