"""Settings for the design system alone: no database, no people; what the browser tests run on."""

from pathlib import Path

import potok.ui

HERE = Path(__file__).parent
SECRET_KEY = "for tests"
DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.ui.urls"
USE_TZ = True
TIME_ZONE = "Europe/Moscow"
LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English")]
STATIC_URL = "/static/"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
INSTALLED_APPS = ["django.contrib.messages", "django.contrib.staticfiles", "django_cotton", "potok.ui"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "potok.ui.errors.AnswerRefusals",
]
CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"default-src": ["'self'"]}}
COTTON_ISOLATE_BY_DEFAULT = True
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.contrib.messages.context_processors.messages",
                "potok.ui.shell.context",
                "tests.ui.urls.user",
            ]
        },
    }
]
STATIC_ROOT = Path(potok.ui.__file__).parent / "static"
CSRF_FAILURE_VIEW = "potok.ui.errors.csrf_failed"
