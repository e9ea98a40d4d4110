"""Every address of the product: each part brings its own `urls.py`."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from potok.site import health

_installed = [part for part in settings.PARTS if part in settings.INSTALLED_APPS]
urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health.show, name="health"),
    *[path("", include(f"{part}.urls")) for part in _installed if find_spec(f"{part}.urls")],
]

handler500 = "potok.site.failures.server_error"
