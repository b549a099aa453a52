"""What every test may ask for by name."""

from hypothesis import HealthCheck, settings

# A busy machine is no reason to fail: slowness is measured by `make bench`, not here.
settings.register_profile("concord", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("concord")

pytest_plugins = [
    "tests.cast",
    "tests.servers.images",
    "tests.servers.s3",
    "tests.servers.browser",
    "tests.servers.stack",
]
