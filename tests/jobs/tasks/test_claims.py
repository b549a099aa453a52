"""Many processes claim at once: every slot goes out exactly once, and nobody is sent away early."""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from apps.annotators.models import User
from apps.datasets.models import Dataset, Role
from apps.tasks.models import Slot, SlotState, Task
from tests.factories import add_member
from tests.forms import rounds

ROOT = Path(__file__).resolve().parents[3]
PEOPLE = 16
TASKS = 20
OVERLAP = 2

pytestmark = pytest.mark.django_db(transaction=True)


def make_tasks(*, count: int, overlap: int) -> Dataset:
    owner = User.objects.create(email="owner@example.org")
    dataset = Dataset.objects.create(
        slug="claims", name="Claims", interface="classification", created_by=owner
    )
    for number in range(count):
        task = Task.objects.create(
            dataset=dataset,
            order_key=number,
            overlap=overlap,
            config_version=1,
            input_hash=f"{number:064x}",
        )
        for n in range(overlap):
            Slot.objects.create(task=task, n=n, dataset=dataset, order_key=number)
    return dataset


def start_claimers(emails: list[str]) -> subprocess.Popen[str]:
    """Start annotators on the test's own database."""
    wrapped = connection.settings_dict
    url = f"postgresql://{wrapped['USER']}@/{wrapped['NAME']}?host={wrapped['HOST']}"
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "CONCORD_PROCESS": "worker",
        "CONCORD_DATA_DIR": str(settings.DATA_DIR),
        "PYTHONPATH": f"{ROOT / 'platform'}{os.pathsep}{ROOT}",
    }
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("claimer.py")), "claims", *emails],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("_round", rounds(long=20))
def test_sixteen_processes_get_exactly_forty_slots_and_no_false_nothing_left(_round: int) -> None:
    dataset = make_tasks(count=TASKS, overlap=OVERLAP)
    emails = [f"annotator{number}@example.org" for number in range(PEOPLE)]
    for user in User.objects.bulk_create(User(email=email) for email in emails):
        add_member(dataset, user, Role.ANNOTATOR)
    with start_claimers(emails) as claimers:
        assert claimers.stdout is not None
        assert [claimers.stdout.readline() for _ in emails] == ["ready\n"] * PEOPLE
        said, _ = claimers.communicate(timeout=60)
    assert claimers.returncode == 0
    reports = [json.loads(line) for line in said.splitlines()]
    assert len(reports) == PEOPLE

    taken = Slot.objects.filter(dataset=dataset, state=SlotState.SUBMITTED)
    assert taken.count() == TASKS * OVERLAP
    per_task = Counter(task for report in reports for task in report["held"])
    assert sum(per_task.values()) == TASKS * OVERLAP
    assert set(per_task.values()) == {OVERLAP}
    assert all(len(set(report["held"])) == len(report["held"]) for report in reports)
    for report in reports:
        # A slot of a task that is not theirs and that went out after they were told "nothing
        # left" had been free at that moment.
        told = datetime.fromisoformat(report["empty_at"])
        missed = taken.filter(leased_at__gt=told).exclude(task_id__in=report["held"])
        assert not missed.exists()
