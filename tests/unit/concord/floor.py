"""Asking a view that no URL leads to."""

from typing import Any, ClassVar

from rest_framework.test import APIRequestFactory, force_authenticate
from rest_framework.views import APIView

from apps.annotators.models import User

FACTORY = APIRequestFactory()


def ask(view: type[APIView], user: User | None = None, **request: Any) -> Any:
    """Send a request to a view; the answer, rendered."""
    made = FACTORY.generic(**{"method": "GET", "path": "/x/", **request})
    if user is not None:
        force_authenticate(made, user)
    response = view.as_view()(made)
    if hasattr(response, "render"):
        response.render()
    return response


class OpenView(APIView):
    authentication_classes: ClassVar[list[Any]] = []
    permission_classes: ClassVar[list[Any]] = []
