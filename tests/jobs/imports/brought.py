"""An import that is over, without the bytes of its images."""

from __future__ import annotations

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.imports.models import Import, ImportRow, ImportState, RowState
from apps.tasks.models import Task, TaskImage
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from tests.factories import make_task


def make_import(dataset: Dataset, owner: User, *, images: int) -> tuple[Import, list[Task]]:
    """An import that brought so many images, and their tasks by line."""
    made = Import.objects.create(
        dataset=dataset, created_by=owner, name="list.txt", state=ImportState.DONE
    )
    tasks = [make_task(dataset, name=f"{n}.jpg", order_key=n) for n in range(images)]
    for line, task in enumerate(tasks, start=1):
        ImportRow.objects.create(
            of_import=made,
            dataset=dataset,
            line=line,
            url=f"https://example.org/{line}.jpg",
            address_key=made.key_of(line.to_bytes(16)),
            state=RowState.DONE,
            image=TaskImage.objects.get(task=task).image,
            task=task,
        )
    return made, tasks


def do_jobs(kind: str = "imports.") -> None:
    """Do all jobs of a kind that wait."""
    waiting = Job.objects.filter(state=Job.State.QUEUED, kind__startswith=kind)
    while job := waiting.order_by("run_after").first():
        Job.objects.filter(pk=job.pk).update(run_after=job.created_at)
        run_job(job.pk)
