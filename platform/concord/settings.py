"""All settings, read from environment variables; the table of them is in the README."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from concord.databases import database
from concord.failpoints import POINTS
from concord.keys import local_secret_key
from concord.log_in import *  # noqa: F403 (settings, too)


def _number(name: str, default: str) -> int:
    value = os.environ.get(name, default)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be a number.")
    return int(value)


ROOT = Path(__file__).resolve().parents[2]
DATA_DIR = Path(os.environ.get("CONCORD_DATA_DIR") or ROOT / ".data").resolve()
MODE = os.environ.get("CONCORD_MODE", "local")
HOST = os.environ.get("CONCORD_HOST", "127.0.0.1")
PORT = _number("PORT", "8000")

if MODE not in {"local", "production"}:
    raise ImproperlyConfigured(f"CONCORD_MODE is {MODE!r}; it must be local or production.")
PRODUCTION = MODE == "production"


def _demanded(name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"CONCORD_MODE=production needs {name} to be set.")
    return value


# Processes that die on purpose are for tests, and a name that nobody knows would test nothing.
FAILPOINT = os.environ.get("CONCORD_FAILPOINT", "")
if FAILPOINT and (PRODUCTION or FAILPOINT not in POINTS):
    raise ImproperlyConfigured(
        f"CONCORD_FAILPOINT is {FAILPOINT!r}; it must not be set in production, and elsewhere be "
        f"one of {', '.join(POINTS)}."
    )
DEBUG = False
_ADDRESS = f"[{HOST}]" if ":" in HOST else HOST
PUBLIC_URL = os.environ.get("CONCORD_PUBLIC_URL", f"http://{_ADDRESS}:{PORT}").rstrip("/")
if PRODUCTION:
    SECRET_KEY = _demanded("CONCORD_SECRET_KEY")
    PUBLIC_URL = _demanded("CONCORD_PUBLIC_URL").rstrip("/")
    known = any(word in SECRET_KEY.lower() for word in ("changeme", "change-me", "insecure"))
    if known or len(SECRET_KEY) < 32 or len(set(SECRET_KEY)) < 8:
        raise ImproperlyConfigured(
            "CONCORD_SECRET_KEY is too weak: use at least 32 random characters, for example from "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'."
        )
else:
    SECRET_KEY = os.environ.get("CONCORD_SECRET_KEY") or local_secret_key(DATA_DIR)
ALLOWED_HOSTS = [h for h in os.environ.get("CONCORD_ALLOWED_HOSTS", "").split(",") if h] or [
    urlsplit(PUBLIC_URL).hostname or ""
]
if PRODUCTION and (not PUBLIC_URL.startswith("https://") or "*" in ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        "CONCORD_MODE=production needs an https CONCORD_PUBLIC_URL and hosts by name, not '*'."
    )
if PRODUCTION and SSO_ISSUER and not SSO_ISSUER.startswith("https://"):  # noqa: F405 (of log_in)
    raise ImproperlyConfigured("CONCORD_MODE=production needs an https CONCORD_SSO_ISSUER.")
# The login page offers the demo's passwords, so a proxy in front, too, has to turn it off.
DEMO = (
    os.environ.get("CONCORD_DEMO", "1") != "0"
    and not PRODUCTION
    and {HOST, urlsplit(PUBLIC_URL).hostname} <= {"127.0.0.1", "::1", "localhost"}
)
# Probes on this machine ask by its address; links are made from PUBLIC_URL, never from the host.
ALLOWED_HOSTS += ["127.0.0.1", "[::1]", "localhost"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
ALLAUTH_TRUSTED_PROXY_COUNT = _number("CONCORD_TRUSTED_PROXIES", "0")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.headless",
    "concord",
    "apps.annotators",
    "apps.datasets",
    "apps.tasks",
    "apps.imports",
    "apps.reviews",
    "apps.assist",
    "apps.exchange",
    "apps.desk",
]
MIDDLEWARE = [
    "concord.http.request_id.RequestIdMiddleware",
    "concord.http.metrics.MetricsMiddleware",
    "concord.http.observing.ObservingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "concord.http.headers.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "apps.annotators.api.doors.DoorsMiddleware",
]
ROOT_URLCONF = "concord.urls"
WSGI_APPLICATION = "concord.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]


# `concord up` sets both before it starts the processes; without them only commands that need
# neither database nor broker work, and the first query says what to do.
DATABASES = {"default": database(os.environ.get("DATABASE_URL", "postgresql:///concord"))}
CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "redis://127.0.0.1:6379/0")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

HEADLESS_FRONTEND_URLS = {
    "account_reset_password_from_key": f"{PUBLIC_URL}/password-reset/{{key}}",
    "account_signup": f"{PUBLIC_URL}/login",
}
SESSION_ENGINE = "apps.annotators.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-concord-session" if PRODUCTION else f"concord-session-{PORT}"
CSRF_COOKIE_NAME = "__Host-concord-csrf" if PRODUCTION else "concord-csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "concord.http.page.csrf_failed"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
# Whether browsers list a whole domain for ever is its owner's to say.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# In the database, so that losing the broker does not open a door: here allauth keeps which codes
# were used. By default, the 300th entry would push others out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "concord_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "static/"
FRONTEND_DIST = ROOT / "frontend" / "dist"
WHITENOISE_ROOT = FRONTEND_DIST if FRONTEND_DIST.is_dir() else None
WHITENOISE_INDEX_FILE = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000  # of so many files, where each lay, and what else is chosen
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

STORAGE_URL = os.environ.get("CONCORD_STORAGE_URL") or f"file://{DATA_DIR / 'files'}"
ACCEL_PREFIX = os.environ.get("CONCORD_ACCEL_PREFIX", "").rstrip("/")
METRICS_TOKEN = os.environ.get("CONCORD_METRICS_TOKEN", "")
FETCH_ALLOW = [part for part in os.environ.get("CONCORD_FETCH_ALLOW", "").split(",") if part]
LEASE_SECONDS = _number("CONCORD_LEASE_SECONDS", "900")
EMAIL_TIMEOUT = 20
EMAIL_URL = urlsplit(os.environ.get("CONCORD_EMAIL_URL", "console:"))
if EMAIL_URL.scheme == "console":
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
else:
    EMAIL_HOST = EMAIL_URL.hostname or ""
    EMAIL_PORT = EMAIL_URL.port or 25
    EMAIL_HOST_USER = unquote(EMAIL_URL.username or "")
    EMAIL_HOST_PASSWORD = unquote(EMAIL_URL.password or "")
    EMAIL_USE_TLS = EMAIL_URL.scheme == "smtp+tls"
DEFAULT_FROM_EMAIL = os.environ.get("CONCORD_EMAIL_FROM", "concord@localhost")

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "apps.annotators.api.authentication.TokenAuthentication",
        "apps.annotators.api.authentication.BrowserSessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["concord.http.parsers.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "concord.http.schema.ApiSchema",
    "EXCEPTION_HANDLER": "concord.http.errors.exception_handler",
    # `?format=` is a parameter like any other: unknown.
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Concord",
    "DESCRIPTION": "Many answers in, one agreed answer out.",
    "VERSION": "0.1.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "COMPONENT_SPLIT_PATCH": False,
    "SCHEMA_PATH_PREFIX": r"/api/",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "concord.http.schema.add_problems",
    ],
    "ENUM_SUFFIX": "",
    "ENUM_NAME_OVERRIDES": {
        "BoxState": "apps.assist.queries.BoxState",
        "Capability": "apps.datasets.policy.Capability",
        "Role": "apps.datasets.models.Role",
        "ShapeType": "apps.datasets.label_rules.SHAPES",
        "TaskState": "apps.tasks.models.TaskState",
        "Verdict": "apps.tasks.models.Verdict",
        "SkipReason": "apps.tasks.models.Pass.Reason",
        "ImportState": "apps.imports.models.ImportState",
        "RowState": "apps.imports.models.RowState",
        "ListFormat": "apps.imports.domain.readers.Format",
        "ConflictKind": "apps.reviews.models.ConflictKind",
        "DecisionAction": "apps.reviews.models.Decision.Action",
        "ConflictState": "apps.reviews.models.Conflict.State",
        "ExportState": "apps.exchange.models.Export.State",
        "JobState": "concord.jobs.models.Job.State",
        "ExportFormat": "apps.exchange.domain.formats.NAMES",
        "NotificationKind": "apps.annotators.models.Notification.Kind",
        "ModelServerKind": "apps.assist.models.ModelServer.Kind",
        "ModelRunState": "apps.assist.models.PredictionRun.State",
    },
}
LOGGING_CONFIG = "concord.logs.configure"
# Django calls the function above only with something in hand.
LOGGING = {"version": 1}
