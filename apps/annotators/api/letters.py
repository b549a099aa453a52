"""The request for a letter by which somebody sets a new password."""

from __future__ import annotations

from allauth.headless.account.response import RequestPasswordResponse
from allauth.headless.account.views import RequestPasswordResetView
from allauth.headless.internal.restkit import inputs
from django.http import HttpRequest, HttpResponse

from apps.annotators.api.doors import LETTER, Guarded, never, typed_email
from apps.annotators.models import normalise_email
from concord.jobs.actions import enqueue


class LetterInput(inputs.Input):  # type: ignore[misc]  # allauth has no types
    """Whose password was forgotten."""

    email = inputs.EmailField()


class LetterView(RequestPasswordResetView):  # type: ignore[misc]  # allauth has no types
    """allauth's, which would look for the account at once, and take longer where there is one."""

    guarded = Guarded(LETTER, typed_email, never)
    input_class = LetterInput

    def post(self, request: HttpRequest, *_: object, **__: object) -> HttpResponse:
        """Put the request down as a job, the same for any address: whether somebody has it shows
        neither in the answer nor in how long that takes."""
        email = normalise_email(self.input.cleaned_data["email"])
        enqueue(kind="annotators.password_reset", args={"email": email})
        answer: HttpResponse = RequestPasswordResponse(request)
        return answer
