"""The person behind a request."""

from typing import cast

from rest_framework.request import Request

from apps.annotators.models import User


def user_of(request: Request) -> User:
    """Return who sent an authenticated request; the permission classes refused anybody else."""
    return cast(User, request.user)
