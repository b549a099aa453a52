"""What every test may ask for by name."""

pytest_plugins = [
    "tests.cast",
    "tests.servers.images",
    "tests.servers.s3",
    "tests.servers.browser",
    "tests.servers.stack",
]
