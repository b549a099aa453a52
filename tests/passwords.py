"""Guessing a test's password need not be dear: a third of a second each adds up to a minute."""

from django.contrib.auth.hashers import Argon2PasswordHasher


def hash_cheaply() -> None:
    """From now on in this process."""
    Argon2PasswordHasher.time_cost = Argon2PasswordHasher.parallelism = 1
    Argon2PasswordHasher.memory_cost = 8
