"""kill -9 in the middle of writing a file: nobody gets half of one, and it is written anew."""

from __future__ import annotations

import pytest

from apps.exchange.models import Export
from concord.jobs.models import Job
from concord.jobs.runner import run_job
from tests.api.exchange.files import export, lines, order
from tests.factories import make_task
from tests.jobs.tasks.test_killed_worker import kill_worker_of
from tests.team import Team

pytestmark = pytest.mark.django_db(transaction=True)


def answer(team: Team, who: str) -> None:
    (task,) = team.next(who)["tasks"]
    assert team.answer(who, task).status_code == 200


@pytest.mark.parametrize("form", ["jsonl", "label_studio"])
def test_kill_9_while_a_file_is_written(form: str) -> None:
    team = Team(overlap=1)
    for place in range(3):
        make_task(team.dataset, name=f"{place}.jpg", order_key=place)
    answer(team, "Ann")
    answer(team, "Ben")
    body = {"format": form, "which": "answers", "images": form != "jsonl"}
    made = order(team, **body).json()
    job = Job.objects.get(args__export=made["id"])
    # Ben is named first in the second of the answers, when one is written.
    kill_worker_of(job, after="apps.exchange.reading:pseudonym", chunk=1)
    half = Export.objects.get()
    assert (half.state, half.file_sha256) == ("running", "")
    assert team.get("Olga", f"exports/{half.pk}/file/").json()["code"] == "not_ready"
    answer(team, "Ann")  # the file is of the moment at which it is begun anew
    assert run_job(job.id)
    whole = Export.objects.get()
    assert (whole.state, whole.error) == ("done", "")
    again = export(team, **body)
    assert len(set(Export.objects.values_list("file_sha256", flat=True))) == 1
    if form == "jsonl":
        assert [line["image"] for line in lines(again)] == ["0.jpg", "1.jpg", "2.jpg"]
