"""Settings: the only reader of the environment."""

import os
import socket
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from potok.site import address, keys, outsiders, postgres

# ----- what an operator sets ------------------------------------------------------------------------------------------

ENVIRONMENT: dict[str, tuple[str, str]] = {}


def _set(name: str, default: str, meaning: str) -> str:
    """Read a variable; an empty one counts as not set. The reference lists what is asked here."""
    ENVIRONMENT[name] = default, meaning
    return os.environ.get(name) or default


DATA = Path(_set("POTOK_DATA", "var", "the folder of the database, the files and the keys")).resolve()
PORT = address.port(_set("PORT", "8000", "the port that answers browsers"))
LISTEN = _set("POTOK_LISTEN", "127.0.0.1", "the address to listen on; `0.0.0.0` for the whole network")
DEV = _set("POTOK_DEV", "", "`1` for work on the product: pages show failures, templates are read anew") == "1"
DATABASE_URL = _set("DATABASE_URL", "", "a PostgreSQL server from 15 on instead of the embedded one")
# `https://` here turns on everything that needs https.
_url = _set("POTOK_URL", "", "the address that people type; `http://localhost` with the port when not set")
PUBLIC_URL = (_url or f"http://localhost:{PORT}").rstrip("/")
HOSTS = _set("POTOK_HOSTS", "", "further host names that are answered, parted by commas")
MAIL_URL = _set(
    "POTOK_MAIL_URL", "", "the server for letters, `smtp://user:password@host:587`; without it they are kept"
)
COMPANY_ZONE = address.zone(
    _set("POTOK_ZONE", "Europe/Moscow", "the time zone in which processes count days and hours")
)
REST_CALLS_BURST = int(_set("POTOK_REST_BURST", "250", "how many REST calls a web-hook may make at once"))
REST_CALLS_PER_SECOND = float(_set("POTOK_REST_RATE", "25", "how many REST calls a second a web-hook may go on making"))
_spoken = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")[:2]
CONSOLE_LANGUAGE = "ru" if _spoken == "ru" else "en"
# For the processes that the supervisor starts; fewer malloc arenas halve what their threads keep for themselves.
CHILD_ENVIRONMENT = {**os.environ, "MALLOC_ARENA_MAX": "2", "PYTHONUNBUFFERED": "1"}
# Whoever imports this module means these settings; a test run has named its own before.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "potok.site.settings")

# ----- the floors -----------------------------------------------------------------------------------------------------

DEBUG = DEV
ROOT_URLCONF = "potok.site.urls"
WSGI_APPLICATION = "potok.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PARTS = [
    "potok.kit",
    "potok.ui",
    "potok.people",
    "potok.disk",
    "potok.notify",
    "potok.providers",
    "potok.records",
    "potok.records.search",
    "potok.records.duplicates",
    "potok.calendar",
    "potok.tasks",
    "potok.mail",
    "potok.absences",
    "potok.feed",
    "potok.lists",
    "potok.crm.activities",
    "potok.crm.clients",
    "potok.crm.goods",
    "potok.crm.deals",
    "potok.crm.sales",
    "potok.crm.leads",
    "potok.processes",
    "potok.blocks",
    "potok.rest",
    "potok.caldav",
    "potok.cli",
    "potok.demo",
    "potok.site",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_cotton",
    "procrastinate.contrib.django",
    *PARTS,
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "potok.rest.direct.Direct",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "potok.people.web.doors.SignedIn",
    "potok.people.web.doors.Personal",
    "potok.people.web.secured.Secured",
    "potok.people.web.seeing.SeenAs",
    "potok.people.web.outsiders.Outsiders",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "potok.ui.errors.AnswerRefusals",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.csrf",
                "django.template.context_processors.i18n",
                "potok.ui.shell.context",
            ],
        },
    }
]

COTTON_ISOLATE_BY_DEFAULT = True

# ----- language and time ----------------------------------------------------------------------------------------------

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English")]
# Django finds the catalogues of the parts by itself; the engine knows no Django and is no app.
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "engine" / "locale"]

# ----- the database ---------------------------------------------------------------------------------------------------

DATABASES: dict[str, Any] = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_HEALTH_CHECKS": True,
        **(address.connection(DATABASE_URL) if DATABASE_URL else address.embedded(postgres.socket_folder(DATA))),
    }
}
# One pool a process: a web process has eight threads, and a connection costs PostgreSQL some megabytes.
DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 16, "timeout": 10, "max_idle": 60}
# A statement that comes back is planned once: half the time of a batch of one instance was planning.
DATABASES["default"]["OPTIONS"]["prepare_threshold"] = 3

# ----- who may come in ------------------------------------------------------------------------------------------------

_keys = keys.read(DATA / "keys.json") or keys.fresh()
SECRET_KEY = _keys.signing
ENCRYPTION_KEYS = _keys.encryption
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60  # how long a link of an invitation works
AUTH_USER_MODEL = "people.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
OPEN_TO_OUTSIDERS = outsiders.OPEN
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_NAME = "potok_session"
CSRF_COOKIE_NAME = "potok_csrf"
CSRF_FAILURE_VIEW = "potok.ui.errors.csrf_failed"
CSRF_COOKIE_HTTPONLY = False  # htmx sends it back in a header
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
_public = urlsplit(PUBLIC_URL)
_https = _public.scheme == "https"
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    socket.gethostname(),
    _public.hostname or "localhost",
    *filter(None, HOSTS.split(",")),
]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SECURE_SSL_REDIRECT = False  # the proxy that ends https does it; a redirect here would break its health check
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# ----- files ----------------------------------------------------------------------------------------------------------

FILES = DATA / "files"
ABOUT_DEMO = DATA / "about-demo.txt"
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(FILES)}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEV
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_AUTOREFRESH = DEV
WHITENOISE_USE_FINDERS = DEV
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # a REST batch spells every value as a field of its own
DATA_UPLOAD_MAX_NUMBER_FILES = 50
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# ----- REST -----------------------------------------------------------------------------------------------------------

REST_NEEDS_HTTPS = _https

# ----- the log --------------------------------------------------------------------------------------------------------

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO" if DEV else "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "INFO" if DEV else "WARNING", "propagate": True}},
}
