"""Addresses of the design system itself: mounted by the site at /ui/."""

from django.urls import path

from potok.ui.web import gallery, parts

app_name = "ui"
urlpatterns = [
    path("components", gallery.components, name="components"),
    path("keys", parts.keys, name="keys"),
    path("rail", parts.rail, name="rail"),
]
