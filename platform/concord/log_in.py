"""Settings of how people log in, which are part of `concord.settings`."""

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
]
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
