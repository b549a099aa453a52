"""Brings the database to this version of the code: `python -m concord.services.prepare`.

One process for both steps, since starting Django takes longer than either on a second start.
"""

import django
from django.core.management import call_command


def main() -> None:
    django.setup()
    call_command("migrate", interactive=False)
    call_command("createcachetable")


if __name__ == "__main__":
    main()
