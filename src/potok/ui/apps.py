"""Start-up of the design system: nothing to do but to carry templates, static files and the catalogue."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "potok.ui"
    label = "ui"
