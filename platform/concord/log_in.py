"""Settings of how people log in, which are part of `concord.settings`."""

import os

from django.core.exceptions import ImproperlyConfigured

AUTH_USER_MODEL = "annotators.User"
AUTHENTICATION_BACKENDS = ["apps.annotators.sessions.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
] + [{"NAME": "apps.annotators.passwords.MaximumLengthValidator"}]
ACCOUNT_ADAPTER = "apps.annotators.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
# Ours delay (`apps.annotators.api.doors`); allauth's would lock out.
ACCOUNT_RATE_LIMITS = dict.fromkeys(
    (
        "login",
        "login_failed",
        "reauthenticate",
        "change_password",
        "reset_password",
        "reset_password_from_key",
    )
)
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_REAUTHENTICATION_REQUIRED = False
# RFC 6238, 5.2: one step of clock drift, and the code typed just before it changed, are let in.
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Concord"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an admin or an invitation vouches for it
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)

# Single sign-on, where somebody has set it up. Each issuer is a provider of its own to allauth: who
# is who at one says nothing about another.
SSO_ISSUER = os.environ.get("CONCORD_SSO_ISSUER", "").rstrip("/")
SSO_NAME = os.environ.get("CONCORD_SSO_NAME") or "single sign-on"
SSO_DOMAINS = [
    domain.strip().casefold()
    for domain in os.environ.get("CONCORD_SSO_DOMAINS", "").split(",")
    if domain.strip()
]
SSO_CLIENT_ID = os.environ.get("CONCORD_SSO_CLIENT_ID", "")
SSO_CLIENT_SECRET = os.environ.get("CONCORD_SSO_CLIENT_SECRET", "")
if SSO_ISSUER and not (SSO_CLIENT_ID and SSO_CLIENT_SECRET):
    raise ImproperlyConfigured(
        "CONCORD_SSO_ISSUER needs CONCORD_SSO_CLIENT_ID and CONCORD_SSO_CLIENT_SECRET."
    )
SOCIALACCOUNT_ADAPTER = "apps.annotators.single_sign_on.Adapter"
SOCIALACCOUNT_STORE_TOKENS = False
