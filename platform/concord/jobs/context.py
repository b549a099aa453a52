"""What a running job sees of its row."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Now

from concord.jobs.models import Job


class JobStopped(Exception):
    """This worker must stop: the job is no longer its own. Not an error of the job."""


class JobLost(JobStopped):
    """The job was presumed dead and given to another worker."""


class JobCancelled(JobStopped):
    """Somebody cancelled the job."""


@dataclass(frozen=True)
class RunAgain:
    """Returned by a job that did one piece of its work: come back for the next.

    Pieces keep well below the time limit of a Celery task, so that none is cut off.
    """

    after_seconds: float = 0


@dataclass(frozen=True)
class JobContext:
    """One attempt at a job; `progress` is what an earlier attempt or piece last said of it."""

    job_id: uuid.UUID
    lease: uuid.UUID
    attempt: int
    args: Mapping[str, Any]
    progress: Mapping[str, Any]
    dataset_id: uuid.UUID | None
    created_by_id: uuid.UUID | None

    def beat(self, *, done: int | None = None, total: int | None = None, place: Any = None) -> None:
        """Say that the job lives and, if given, how far it is and at which place (JSON) to go on.

        Raises JobCancelled or JobLost when the job is no longer this worker's.
        """
        changes: dict[str, Any] = {"heartbeat_at": Now()}
        if done is not None:
            changes["progress"] = {"done": done, "total": total, "place": place}
        if Job.objects.filter(id=self.job_id, lease=self.lease).update(**changes):
            return
        state = Job.objects.filter(id=self.job_id).values_list("state", flat=True).first()
        raise JobCancelled if state == Job.State.CANCELLED else JobLost
