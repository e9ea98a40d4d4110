"""Addresses of providers: those that strangers come in by, and those where administrators set them."""

from django.urls import path

from potok.providers.web import entering, settings

app_name = "providers"
urlpatterns = [
    path("sign-in/with/<int:id>", entering.begin, name="begin"),
    path("sign-in/with/<int:id>/back", entering.back, name="back"),
    path("sign-in/with/<int:id>/answer", entering.answer, name="answer"),
    path("sign-in/with/<int:id>/answered", entering.answered, name="answered"),
    path("sign-in/with/<int:id>/metadata", entering.metadata, name="metadata"),
    path("providers/", settings.show, name="list"),
    path("providers/new/<str:kind>", settings.add, name="add"),
    path("providers/<int:id>", settings.change, name="provider"),
    path("providers/<int:id>/switch", settings.switch, name="switch"),
    path("providers/<int:id>/removal", settings.remove, name="removal"),
    path("providers/<int:id>/trial", settings.attempt, name="trial"),
    path("providers/<int:id>/identities/<int:identity>/removal", settings.unlink, name="unlink"),
]
