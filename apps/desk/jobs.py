"""The doorways of background work: an id in, one action."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from apps.annotators.models import User
from apps.datasets.models import Dataset
from apps.desk.actions import acting, counting, day_counting, going_on, mailing, purging, telling
from apps.desk.filters import read_filter
from apps.desk.models import Act
from concord.celery import app
from concord.jobs.context import JobContext, RunAgain
from concord.jobs.registry import job


@app.task(name="desk.tell_people")
def tell_people() -> None:
    """Make notifications of what happened; called by the scheduler, and when something did."""
    telling.tell_people()


@app.task(name="desk.order_purges")
def order_purges() -> None:
    """Ask for the purge of what was deleted long enough ago; called by the scheduler."""
    purging.order_purges()


@job(purging.KIND, max_attempts=20)
def purge(context: JobContext) -> RunAgain | None:
    """Remove a deleted dataset for a while; what is gone stays so."""
    dataset = uuid.UUID(context.args["dataset"])
    left = purging.purge_for_a_while(dataset_id=dataset, beat=context.beat)
    return RunAgain() if left else None


@job(counting.KIND)
def count(context: JobContext) -> None:
    """Count the tasks that somebody looks for; nothing if the dataset was deleted meanwhile."""
    dataset = Dataset.objects.alive().filter(pk=context.args["dataset"]).first()
    if dataset is None:
        return
    user = User.objects.get(pk=context.args["user"])
    wanted = read_filter(context.args["filter"])
    found = counting.count_tasks(user=user, dataset=dataset, wanted=wanted)
    context.beat(done=found, total=found)


@job(acting.KIND, max_attempts=20)
def act(context: JobContext) -> RunAgain | None:
    """Go on with what is done to many tasks; nothing if the dataset was deleted meanwhile."""
    acts = Act.objects.select_related("dataset", "user").filter(dataset__deleted_at=None)
    found = acts.filter(pk=context.args["act"]).first()
    left = found is not None and going_on.go_on(act=found, beat=context.beat)
    return RunAgain() if left else None


@app.task(name="desk.order_mails")
def order_mails() -> None:
    """Ask for the mails that are due; called by the scheduler."""
    mailing.order_mails(now=timezone.now())


@app.task(name="desk.count_days")
def count_days() -> None:
    """Count how datasets stand today; called by the scheduler."""
    day_counting.count_days(now=timezone.now())


def _give_up(args: Mapping[str, Any]) -> None:
    mailing.tell_of_failure(user=User.objects.get(pk=uuid.UUID(args["user"])))


@job(mailing.KIND, max_attempts=mailing.ATTEMPTS, when_dead=_give_up)
def send_mail(context: JobContext) -> None:
    """Mail one person what waits for it."""
    user = User.objects.get(pk=uuid.UUID(context.args["user"]))
    mailing.try_to_mail(user=user, mail=context.job_id, attempt=context.attempt)
