"""Background work, done here and now."""

from concord.jobs.models import Job
from concord.jobs.runner import run_job


def work_off(kind: str) -> int:
    """Run the jobs of a kind that wait, one after the other; returns how many. Each ends well."""
    ran = 0
    while job := Job.objects.filter(kind=kind, state=Job.State.QUEUED).first():
        assert run_job(job.id)
        job.refresh_from_db()
        assert job.state == Job.State.DONE, job.error_code
        ran += 1
    return ran
