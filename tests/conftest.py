"""What every test may ask for by name."""

from django.contrib.auth.hashers import Argon2PasswordHasher
from hypothesis import HealthCheck, settings

# A busy machine is no reason to fail: slowness is measured by `make bench`, not here.
settings.register_profile("concord", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("concord")

# Guessing a test's password need not be dear: a fifth of a second each adds up to a minute.
Argon2PasswordHasher.time_cost = Argon2PasswordHasher.parallelism = 1
Argon2PasswordHasher.memory_cost = 8

pytest_plugins = [
    "tests.cast",
    "tests.servers.images",
    "tests.servers.s3",
    "tests.servers.browser",
    "tests.servers.stack",
    "tests.servers.registrar",
    "tests.e2e.people",
]
