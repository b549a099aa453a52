"""Fills a running instance, in a process of its own: prints who works there as one line of JSON."""

from __future__ import annotations

import json
import os
import sys

import django

from concord.services.environment import join_running_instance

LABELLED, BROUGHT = "labelled", "brought"
"""The slugs of the dataset in which people work, and of the one into which images are brought."""


def main(people: int, tasks: int) -> None:
    join_running_instance()
    os.environ["DJANGO_SETTINGS_MODULE"] = "concord.settings"
    django.setup()
    from apps.annotators.actions.accounts import create_user  # noqa: PLC0415 - needs the setup
    from bench import datasets  # noqa: PLC0415 - needs the setup

    owner = create_user(email="olga@example.org", password=None, is_admin=True)
    labelled = datasets.make_dataset(slug=LABELLED, tasks=tasks, owner=owner)
    brought = datasets.make_dataset(slug=BROUGHT, tasks=0, owner=owner)
    secrets = [
        datasets.make_annotator(dataset=labelled, email=f"p{n}@example.org") for n in range(people)
    ]
    importer = datasets.make_annotator(dataset=brought, email=owner.email)
    print(json.dumps({"annotators": secrets, "importer": [importer]}), flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
