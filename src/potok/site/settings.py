"""Settings: the only reader of the environment."""

import os
from pathlib import Path

DATA = Path(os.environ.get("POTOK_DATA", "var")).resolve()
DEV = os.environ.get("POTOK_DEV") == "1"
DEBUG = False
SECRET_KEY = "set-from-the-key-file"  # noqa: S105 (replaced from the key file in the data folder)
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "potok.site.urls"
AUTH_USER_MODEL = "people.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English")]
STATIC_URL = "/static/"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_cotton",
    "procrastinate.contrib.django",
    "potok.kit",
    "potok.ui",
    "potok.people",
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": str(DATA / "postgres" / "run"),
        "USER": "potok",
        "NAME": "potok",
    }
}
