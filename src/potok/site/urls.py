"""Every address of the product: each part brings its own, in `urls.py` or `web/urls.py`."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from potok.site import health, home

# Everything else is mounted at the root: a part's addresses begin with its noun.
MOUNTED = {"potok.ui": "ui/"}


def _of_parts() -> list[URLPattern | URLResolver]:
    names = [
        (part, f"{part}.{place}")
        for part in settings.PARTS
        for place in ("urls", "web.urls")
        if part != "potok.site" and _exists(part, place)
    ]
    return [path(MOUNTED.get(part, ""), include(name)) for part, name in names]


def _exists(part: str, place: str) -> bool:
    try:
        return find_spec(f"{part}.{place}") is not None
    except ModuleNotFoundError:  # the part has no `web` folder, or is not there
        return False


urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.show, name="home"),
    path("health", health.show, name="health"),
    *_of_parts(),
]

handler403 = "potok.ui.errors.forbidden"
handler404 = "potok.ui.errors.missing"
handler500 = "potok.ui.errors.failed"
