"""The doors that somebody may guess at, and what their addresses count of it.

A view of our own names its `door`; those of allauth, whose own limits lock out and do not say for
how long, stand in a table here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.stages import LoginStageController
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from apps.annotators.actions.tries import Door, Knock, Pace, knock, let_in
from apps.annotators.models import User, normalise_email
from concord.errors import RateLimited
from concord.http.problem import problem
from concord.http.strictjson import StrictJsonError, loads_strict

LOGIN = Door("login", pair=Pace(5, 2, 300), account=Pace(20, 1, 10), address=Pace(30, 1, 60))
# A code has six digits, and whoever guesses one knows the password already.
CODE = Door("code", pair=Pace(5, 2, 300), account=Pace(10, 5, 60), address=Pace(30, 1, 60))
LETTER = Door("letter", pair=Pace(3, 10, 300), account=Pace(5, 5, 60), address=Pace(20, 1, 60))
LINK = Door("link", pair=Pace(30, 1, 60), account=Pace(30, 1, 60), address=Pace(30, 1, 60))
# Nothing is guessed there, but each asks another server; a whole office may come at nine.
SIGN_ON = Door("sso", pair=Pace(60, 1, 10), account=Pace(60, 1, 10), address=Pace(60, 1, 10))

OF_ALLAUTH = "headless:browser:"
MOST_BYTES = 65536
TRIED = "concord.tried"


def typed_email(request: HttpRequest) -> str:
    """Return the address that somebody says to have; empty where the body says nothing of use."""
    try:
        body = loads_strict(request.body)
    except StrictJsonError:
        return ""
    email = body.get("email") if isinstance(body, dict) else None
    return normalise_email(email) if isinstance(email, str) else ""


def nobody(request: HttpRequest) -> str:  # noqa: ARG001 (by its place)
    """Of a door that is nobody's: the secret itself says whose it is."""
    return ""


def own_email(request: HttpRequest) -> str:
    """Return the address of who is logged in, and says their password again."""
    return request.user.email if isinstance(request.user, User) else ""


def halfway_in(request: HttpRequest) -> str:
    """Return the id of who gave the password, and now the code of their second factor."""
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    return str(stage.login.user.pk) if stage else ""


def own_id(request: HttpRequest) -> str:
    """Return the id of who is logged in, and gives a code again."""
    return str(request.user.pk or "")


def fits(_request: HttpRequest, answer: HttpResponseBase) -> bool:
    """Whether the password or the code was right."""
    return answer.status_code == 200


def fits_so_far(request: HttpRequest, answer: HttpResponseBase) -> bool:
    """Whether the password was right, though a second factor may be asked for now."""
    return fits(request, answer) or (
        answer.status_code == 401 and get_pending_stage(request) is not None
    )


def fits_in_script(request: HttpRequest, answer: HttpResponseBase) -> bool:
    """The same of the log-in for scripts, which are asked for the code in the same request."""
    said = getattr(answer, "data", None) or {}
    return fits(request, answer) or (
        answer.status_code == 403 and said.get("code") == "mfa_required"
    )


def link_is_known(_request: HttpRequest, answer: HttpResponseBase) -> bool:
    """Whether there is such a link. A browser that it leads on gets a 302."""
    return answer.status_code in {200, 201, 204, 302}


def set_anew(_request: HttpRequest, answer: HttpResponseBase) -> bool:
    """Whether a letter's link was right: afterwards allauth says 401, for nobody is logged in."""
    return answer.status_code in {200, 401}


def never(_request: HttpRequest, _answer: HttpResponseBase) -> bool:
    """Of a door where each try counts, whatever comes of it."""
    return False


@dataclass(frozen=True)
class Guarded:
    """A door at an address: whose it is, and which answers say that the guess was right.

    Whatever else is answered says nothing about the guess, and opens nothing.
    """

    door: Door
    whose: Callable[[HttpRequest], str] = nobody
    right: Callable[[HttpRequest, HttpResponseBase], bool] = fits
    also_read: bool = False
    """Whether a GET tries it, too."""

    def counts(self, method: str | None) -> bool:
        """Whether it is a try. allauth compares what comes by any method but GET before it says
        that there is no such method."""
        return method != "GET" or self.also_read

    def opens(self, request: HttpRequest, answer: HttpResponseBase) -> bool:
        """Whether that was the right guess, made the right way."""
        asked = request.method == "POST" or (self.also_read and request.method in {"GET", "HEAD"})
        return asked and self.right(request, answer)


GUARDED = {
    "account:login": Guarded(LOGIN, typed_email, fits_so_far),
    "account:reauthenticate": Guarded(LOGIN, own_email),
    "account:change_password": Guarded(LOGIN, own_email),
    "mfa:authenticate": Guarded(CODE, halfway_in),
    "mfa:reauthenticate": Guarded(CODE, own_id),
    "account:reset_password": Guarded(LINK, right=set_anew, also_read=True),
}
"""Addresses of allauth, by the end of their names."""

BY_LINK = Guarded(LINK, right=link_is_known, also_read=True)
"""Whoever has the link may come in, once."""

BY_SCRIPT = Guarded(LOGIN, typed_email, fits_in_script)

BY_PROVIDER = Guarded(SIGN_ON, right=never)
"""Nobody is judged here, but at the provider."""


class DoorsMiddleware:
    """Counts what is tried at guarded doors; 429 with Retry-After while the next try must wait."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        tried: tuple[Knock, Guarded] | None = request.META.get(TRIED)
        if tried is not None and tried[1].opens(request, response):
            let_in(tried=tried[0])
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        _args: tuple[Any, ...],
        _named: dict[str, Any],
    ) -> HttpResponseBase | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.path.startswith("/_allauth/") and (refusal := _unreadable(request)):
            return refusal
        guarded: Guarded | None = getattr(getattr(view, "view_class", None), "guarded", None)
        guarded = guarded or GUARDED.get(name.removeprefix(OF_ALLAUTH))
        if guarded is None or not guarded.counts(request.method):
            return None
        try:
            tried = knock(
                door=guarded.door, address=get_ip(request), account=guarded.whose(request)
            )
        except RateLimited as error:
            return too_many(error)
        request.META[TRIED] = (tried, guarded)
        return None


def too_many(error: RateLimited) -> HttpResponseBase:
    """Answer a try that came too early."""
    answer = problem(429, error.code, error.detail)
    answer["Retry-After"] = str(error.retry_after)
    return answer


def _unreadable(request: HttpRequest) -> HttpResponseBase | None:
    """Answer a body that our own views would not read; allauth reads some that break it, whatever
    they say to be."""
    if request.method in {"GET", "HEAD"} or not request.body:
        return None
    if request.content_type != "application/json":
        return problem(415, "unsupported_media_type", "Only JSON is read here.")
    if len(request.body) > MOST_BYTES:
        return problem(413, "too_large", f"The body is larger than {MOST_BYTES} bytes.")
    try:
        loads_strict(request.body)
    except StrictJsonError as error:
        return problem(400, error.code, str(error))
    return None
