"""Addresses of allauth that are answered our way."""

from allauth.headless.constants import Client
from django.urls import path

from apps.annotators.api.letters import LetterView

urlpatterns = [
    path(
        "browser/v1/auth/password/request",
        LetterView.as_api_view(client=Client.BROWSER),
        name="letter",
    )
]
