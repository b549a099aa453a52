"""Migrates a running instance, from outside, as an operator does before the servers change over."""

import os

import django
from django.conf import settings
from django.core.management import call_command

from concord.services.environment import join_running_instance

if __name__ == "__main__":
    join_running_instance()
    os.environ["DJANGO_SETTINGS_MODULE"] = "concord.settings"
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "tests.faults.next_version"]
    django.setup()
    call_command("migrate", interactive=False)
