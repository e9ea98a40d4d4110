"""The product's settings, made quick and quiet for tests."""

import atexit
import shutil
import tempfile
from pathlib import Path

from potok.site.settings import *  # noqa: F403
from potok.site.settings import DATABASES, STORAGES

DATA = Path(tempfile.mkdtemp(prefix="potok-tests-"))
atexit.register(shutil.rmtree, DATA, ignore_errors=True)
FILES = DATA / "files"
STORAGES["default"]["OPTIONS"] = {"location": str(FILES)}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT = None
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The test database is dropped at the end; a pool would still hold connections to it.
DATABASES["default"]["OPTIONS"].pop("pool")
