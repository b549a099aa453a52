"""What the registrar does in a process of its own: reads a line of JSON about each person, and says
in a line with which cookie they come."""

import json
import sys

import django
from django.conf import settings

from concord.services.environment import join_running_instance
from tests.passwords import hash_cheaply


def main() -> None:
    join_running_instance()
    django.setup()
    hash_cheaply()
    from apps.annotators.actions.accounts import create_user  # noqa: PLC0415 - needs the setup
    from apps.annotators.models import User  # noqa: PLC0415 - needs the setup
    from tests.factories import browser_of  # noqa: PLC0415 - needs the setup

    for line in sys.stdin:
        person = json.loads(line)
        email = person["email"]
        user = create_user(**person) if "password" in person else User.objects.get(email=email)
        cookie = browser_of(user).cookies[settings.SESSION_COOKIE_NAME]
        print(json.dumps({"name": cookie.key, "value": cookie.value}), flush=True)


if __name__ == "__main__":
    main()
