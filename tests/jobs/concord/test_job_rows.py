"""What the database itself does not let a job be."""

import uuid

import pytest
from django.db import IntegrityError
from django.db.models.functions import Now

from concord.jobs.models import Job

pytestmark = pytest.mark.django_db

BROKEN_ROWS = [
    {"state": "sleeping"},
    {"state": "running"},
    {"lease": uuid.uuid4()},
    {"state": "done"},
    {"finished_at": Now()},
    {"state": "failed", "finished_at": Now()},
    {"attempts": 6},
    {"max_attempts": 0},
]


@pytest.mark.parametrize("fields", BROKEN_ROWS, ids=",".join)
def test_the_database_refuses_a_job_that_contradicts_itself(fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError):
        Job.objects.create(kind="test.kind", **fields)
