"""A: single sign-on, with a provider, a browser or somebody between them that lies.

Nobody comes in but who the provider that the operator named vouches for, to whom that address or
account belongs; everything else leads back to the log-in page, with a code that it has words for.
"""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client

from apps.annotators.actions.accounts import create_user
from apps.annotators.actions.invitations import invite, withdraw
from apps.annotators.models import User
from apps.datasets.models import Dataset, Role
from concord.events.models import Event
from tests.factories import make_user
from tests.servers.sign_on import CLIENT_ID, CLIENT_SECRET, OTHER_KEY, Provider

pytestmark = pytest.mark.django_db

BEGIN = "/api/auth/sso/"


@pytest.fixture(autouse=True)
def sso(provider: Provider, settings: Any) -> Provider:
    settings.SSO_ISSUER, settings.SSO_NAME = provider.address, "Example ID"
    settings.SSO_CLIENT_ID, settings.SSO_CLIENT_SECRET = CLIENT_ID, CLIENT_SECRET
    provider.person = {"email": "anna@example.org", "email_verified": True, "name": "Anna A."}
    return provider


@pytest.fixture
def anna() -> User:
    return create_user(email="anna@example.org", name="Anna", password="correct horse battery")


def begin(client: Client, body: Any = None) -> str:
    reply = client.post(BEGIN, body or {}, content_type="application/json")
    assert reply.status_code == 200, reply.content
    url: str = reply.json()["url"]
    return url


def at_provider(url: str) -> str:
    """Where the provider sends the browser back to, without the host."""
    back = urlsplit(httpx.get(url).headers["Location"])
    assert back.path == "/sso/callback/"
    return f"{back.path}?{back.query}"


def sign_on(client: Client) -> str:
    """Go the whole way; returns where it ends."""
    return end_of(client.get(at_provider(begin(client))))


def end_of(reply: Any) -> str:
    """Where somebody is led; the log-in page then leads on to where they wanted to go."""
    assert reply.status_code == 302
    return str(reply["Location"]).removesuffix("&next=%2F")


def name_of(client: Client) -> str | None:
    reply = client.get("/api/me/")
    return reply.json()["email"] if reply.status_code == 200 else None


def test_somebody_who_has_an_account_comes_in_and_is_known_the_next_time(anna: User) -> None:
    client = Client()
    url = begin(client, {"next": "/datasets/signs"})
    assert client.get(at_provider(url))["Location"] == "/datasets/signs"
    assert name_of(client) == anna.email
    User.objects.filter(pk=anna.pk).update(email="anna@new.example")
    again = Client()
    assert sign_on(again) == "/"
    assert name_of(again) == "anna@new.example", "by who they are, not by the address"
    kinds = set(Event.objects.filter(object_id=str(anna.pk)).values_list("kind", flat=True))
    assert {"user.single_sign_on_linked", "user.signed_in"} <= kinds
    assert SocialAccount.objects.get().extra_data == {}


def test_who_was_invited_joins_by_it(signs: Dataset, owner: User) -> None:
    client = Client()
    client.force_login(owner)
    body = {"email": "anna@example.org", "role": "reviewer"}
    path = f"/api/datasets/{signs.slug}/members/"
    assert client.post(path, body, content_type="application/json").status_code == 201
    guest = Client()
    assert sign_on(guest) == "/"
    user = User.objects.get(email="anna@example.org")
    assert (user.name, user.has_usable_password()) == ("Anna A.", False)
    assert user.memberships.get().role == Role.REVIEWER


def test_nobody_signs_up_by_it() -> None:
    client = Client()
    assert sign_on(client) == "/login?sso=no_account"
    assert not User.objects.exists()
    assert not SocialAccount.objects.exists()
    event = Event.objects.get(kind="user.sign_in_failed")
    assert (event.actor, event.object_id, event.data["code"]) == (None, "", "no_account")


def test_a_withdrawn_invitation_opens_nothing() -> None:
    invitation, _ = invite(email="anna@example.org", actor=make_user("Ada", is_admin=True))
    withdraw(invitation=invitation, actor=invitation.invited_by or make_user("x"))
    assert sign_on(Client()) == "/login?sso=no_account"


@pytest.mark.parametrize(
    ("email", "ends"),
    [
        ("anna@example.org", "/"),
        ("anna@EXAMPLE.org", "/"),
        ("anna@sub.example.org", "/login?sso=no_account"),
        ("anna@notexample.org", "/login?sso=no_account"),
        ("anna@example.org@evil.example", "/login?sso=email_unverified"),
    ],
)
def test_a_domain_may_come_in_whole(sso: Provider, settings: Any, email: str, ends: str) -> None:
    settings.SSO_DOMAINS = ["example.org"]
    sso.person["email"] = email
    assert sign_on(Client()) == ends
    assert User.objects.exists() == (ends == "/")


@pytest.mark.parametrize("verified", [False, None, "false", 0, "yes", {}])
def test_an_address_that_nobody_verified_is_nobodys(
    sso: Provider, anna: User, settings: Any, verified: object
) -> None:
    settings.SSO_DOMAINS = ["example.org"]
    sso.person["email_verified"] = verified
    client = Client()
    assert sign_on(client) == "/login?sso=email_unverified"
    assert name_of(client) is None
    assert not SocialAccount.objects.exists()


def test_an_address_from_elsewhere_counts_only_with_the_same_person(
    sso: Provider, anna: User
) -> None:
    sso.without = {"email", "email_verified"}
    sso.userinfo = {"sub": "sub-2", "email": anna.email, "email_verified": True}
    assert sign_on(Client()) == "/login?sso=not_proven"
    sso.userinfo["sub"] = "sub-1"
    assert sign_on(Client()) == "/"


def test_a_deactivated_account_stays_closed(anna: User) -> None:
    assert sign_on(Client()) == "/"
    User.objects.filter(pk=anna.pk).update(is_active=False)
    client = Client()
    assert sign_on(client) == "/login?sso=deactivated"
    SocialAccount.objects.all().delete()
    assert sign_on(client) == "/login?sso=deactivated"
    assert name_of(client) is None
    tries = Event.objects.filter(kind="user.sign_in_failed", object_id=str(anna.pk))
    assert [event.data["code"] for event in tries] == ["deactivated"] * 2


def test_the_second_factor_is_asked_for_all_the_same(anna: User) -> None:
    TOTP.activate(anna, generate_totp_secret())
    client = Client()
    assert sign_on(client) == "/login?code=1"
    assert name_of(client) is None


LIES: dict[str, dict[str, Any]] = {
    "said by another provider": {"claims": {"iss": "https://evil.example"}},
    "made for another site": {"claims": {"aud": "another"}},
    "handed on by another site": {"claims": {"aud": [CLIENT_ID, "b"], "azp": "b"}},
    "run out": {"claims": {"exp": int(time.time()) - 120}},
    "from tomorrow": {"claims": {"iat": int(time.time()) + 86400}},
    "in answer to another question": {"claims": {"nonce": "another"}},
    "in answer to no question": {"without": {"nonce"}},
    "without an end": {"without": {"exp"}},
    "of nobody": {"without": {"sub"}},
    "signed by nobody": {"algorithm": "none"},
    "signed with the public key": {"algorithm": "HS256", "key": "x" * 32},
    "signed by somebody else": {"key": OTHER_KEY},
    "from a provider that says to be another": {"config": {"issuer": "https://evil.example"}},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_does_not_hold_opens_nothing(sso: Provider, anna: User, lie: str) -> None:
    client = Client()
    back = at_provider(begin(client))
    for name, value in LIES[lie].items():
        setattr(sso, name, value)
    cache.clear()  # minutes later
    reply = client.get(back)
    assert end_of(reply) in {"/login?sso=not_proven", "/login?sso=provider_down"}
    assert name_of(client) is None
    assert not SocialAccount.objects.exists()


def test_state_that_is_missing_forged_or_used_opens_nothing(anna: User) -> None:
    victim, attacker = Client(), Client()
    back = at_provider(begin(attacker))
    code = parse_qs(urlsplit(back).query)["code"][0]
    for forged in (back, f"/sso/callback/?code={code}", f"/sso/callback/?code={code}&state=x"):
        assert end_of(victim.get(forged)) == "/login?sso=not_proven"
    assert name_of(victim) is None
    assert end_of(attacker.get(back)) == "/"
    attacker.cookies.clear()
    assert end_of(attacker.get(back)) == "/login?sso=not_proven", "a callback works once"


def test_a_code_is_exchanged_once_and_only_by_who_asked(sso: Provider, anna: User) -> None:
    first, second = Client(), Client()
    stolen = parse_qs(urlsplit(at_provider(begin(first))).query)["code"][0]
    state = parse_qs(urlsplit(at_provider(begin(second))).query)["state"][0]
    reply = second.get("/sso/callback/", {"code": stolen, "state": state})
    assert end_of(reply) == "/login?sso=not_proven", "PKCE: the other half is elsewhere"
    assert name_of(second) is None


@pytest.mark.parametrize("what", ["discovery", "token", "keys"])
def test_a_provider_that_fails_on_the_way_back_is_told_of(
    sso: Provider, anna: User, what: str
) -> None:
    client = Client()
    back = at_provider(begin(client))
    sso.broken = {what}
    cache.clear()  # minutes later
    assert client.get(back)["Location"].startswith("/login?sso=")
    assert name_of(client) is None


def test_a_provider_that_is_down_is_told_of_at_once(sso: Provider, settings: Any) -> None:
    sso.broken = {"discovery"}
    reply = Client().post(BEGIN, {}, content_type="application/json")
    assert (reply.status_code, reply.json()["code"]) == (502, "provider_down")
    settings.SSO_ISSUER = "http://127.0.0.1:1"
    reply = Client().post(BEGIN, {}, content_type="application/json")
    assert (reply.status_code, reply.json()["code"]) == (502, "provider_down")


def test_who_says_no_at_the_provider_is_back_at_the_log_in(sso: Provider) -> None:
    sso.broken = {"authorize"}
    assert sign_on(Client()) == "/login?sso=cancelled"


@pytest.mark.parametrize("endpoint", ["token_endpoint", "jwks_uri"])
@pytest.mark.parametrize(
    "inside", ["http://127.0.0.1:{port}/x", "http://169.254.169.254/x", "file:///etc/passwd"]
)
def test_a_provider_leads_us_nowhere_inside(
    sso: Provider, anna: User, endpoint: str, inside: str
) -> None:
    with_port = inside.replace("{port}", str(int(sso.address.rpartition(":")[2]) ^ 1))
    sso.config = {endpoint: with_port}
    client = Client()
    assert sign_on(client).startswith("/login?sso=")
    assert name_of(client) is None


@pytest.mark.parametrize("next_", ["//evil.example", "/\\evil.example", "https://evil.example", ""])
def test_a21_afterwards_nobody_is_led_away(next_: str) -> None:
    reply = Client().post(BEGIN, {"next": next_}, content_type="application/json")
    assert reply.status_code == 400


def test_the_way_back_is_ours_whatever_the_request_says(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    client = Client(headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    (back,) = parse_qs(urlsplit(begin(client)).query)["redirect_uri"]
    assert back == f"{settings.PUBLIC_URL}/sso/callback/"


def test_without_a_provider_there_is_no_such_door(settings: Any) -> None:
    assert Client().get("/api/public/").json()["single_sign_on"] == "Example ID"
    settings.SSO_ISSUER = ""
    assert Client().get("/api/public/").json()["single_sign_on"] is None
    assert Client().post(BEGIN, {}, content_type="application/json").status_code == 404
    assert Client().get("/sso/callback/?code=x&state=y")["Location"] == "/login"


@pytest.mark.parametrize(
    "path",
    [
        "auth/provider/token",
        "auth/provider/signup",
        "auth/provider/redirect",
        "account/providers",
        "account/email",
        "auth/email/verify",
        "auth/code/request",
    ],
)
def test_no_other_way_of_the_librarys_stands_open(anna: User, path: str) -> None:
    client = Client()
    client.force_login(anna)
    assert client.get(f"/_allauth/browser/v1/{path}").status_code == 404
    reply = client.post(f"/_allauth/browser/v1/{path}", {}, content_type="application/json")
    assert reply.status_code == 404
