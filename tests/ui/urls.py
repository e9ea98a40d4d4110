"""Sample screens over the components, and the endpoints that islands talk to."""

from django.http import HttpRequest
from django.urls import include, path, re_path
from django.views.static import serve

from tests.ui import settings, views

handler403 = "potok.ui.errors.forbidden"
handler404 = "potok.ui.errors.missing"
handler500 = "potok.ui.errors.failed"

urlpatterns = [
    path("ui/", include("potok.ui.urls")),
    *views.urlpatterns,
    re_path("^static/(?P<path>.*)$", serve, {"document_root": settings.STATIC_ROOT}),
]


def user(request: HttpRequest) -> dict[str, object]:
    return {"user": views.PAVEL}
