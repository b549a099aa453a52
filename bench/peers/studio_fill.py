"""Run by the Python of Label Studio: a project of many tasks, and people with tokens.

    python studio_fill.py PEOPLE TASKS

Brings an empty database up to date first; prints `{"project": id, "tokens": [...]}`.
"""

import json
import sys
from typing import Any

import django
from django.apps import apps
from django.core.management import call_command

CONFIG = """<View><Image name="image" value="$image"/><RectangleLabels name="label" toName="image">
<Label value="car"/><Label value="van"/></RectangleLabels></View>"""
OVERLAP = 2
BATCH = 10_000


def fill(people: int, tasks: int) -> dict[str, Any]:
    users = apps.get_model("users", "User").objects
    owner = users.create_user("owner@example.org", "not a secret")
    organization = apps.get_model("organizations", "Organization").create_organization(
        created_by=owner, title="Peer"
    )
    organization.jwt.legacy_api_tokens_enabled = True
    organization.jwt.save()
    members = [users.create_user(f"person{n}@example.org", "not a secret") for n in range(people)]
    for member in members:
        organization.add_user(member)
    for user in (owner, *members):
        user.active_organization = organization
        user.save()
    project = apps.get_model("projects", "Project").objects.create(
        title="Queue",
        label_config=CONFIG,
        organization=organization,
        created_by=owner,
        maximum_annotations=OVERLAP,
    )
    _add_tasks(project, tasks)
    tokens = apps.get_model("authtoken", "Token").objects
    secrets = [tokens.get_or_create(user=member)[0].key for member in members]
    return {"project": project.pk, "tokens": secrets}


def _add_tasks(project: Any, tasks: int) -> None:
    task = apps.get_model("tasks", "Task")
    for start in range(0, tasks, BATCH):
        task.objects.bulk_create(
            task(data={"image": f"/data/{n}.jpg"}, project=project, inner_id=n + 1, overlap=OVERLAP)
            for n in range(start, min(start + BATCH, tasks))
        )


if __name__ == "__main__":
    django.setup()
    call_command("migrate", verbosity=0)
    print(json.dumps(fill(*map(int, sys.argv[1:]))))
