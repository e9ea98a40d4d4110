"""Addresses of the design system itself: mounted by the site at /ui/."""

from django.urls import path

from potok.ui.web import gallery, manual, parts

app_name = "ui"
urlpatterns = [
    path("components", gallery.components, name="components"),
    path("keys", parts.keys, name="keys"),
    # With a slash at its end: the links of the start page are read from there.
    path("help/", manual.show, name="manual"),
    path("help/<path:place>", manual.show, name="manual"),
    path("rail", parts.rail, name="rail"),
]
