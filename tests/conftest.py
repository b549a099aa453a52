"""What every test may ask for by name."""

from django.conf import settings as product
from hypothesis import HealthCheck, settings

from tests.passwords import hash_cheaply

# A busy machine is no reason to fail: slowness is measured by `make bench`, not here.
settings.register_profile("concord", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("concord")

hash_cheaply()

# Each client of a test would read the whole folder of the front end's files, and none asks for one:
# they are served by running instances.
product.WHITENOISE_ROOT = None

pytest_plugins = [
    "tests.cast",
    "tests.servers.databases",
    "tests.servers.images",
    "tests.servers.model_servers",
    "tests.servers.moto",
    "tests.servers.s3",
    "tests.servers.sign_on",
    "tests.servers.browser",
    "tests.servers.stack",
    "tests.servers.registrar",
    "tests.servers.scripting",
    "tests.e2e.people",
]
