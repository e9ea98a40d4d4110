"""Addresses of the place where record types are designed, mounted by the site at the root."""

from django.urls import path

from potok.lists.web import designs

app_name = "lists"
urlpatterns = [
    path("settings/types/", designs.show, name="types"),
    path("settings/types/new", designs.add, name="type_add"),
    path("settings/types/<int:id>", designs.change, name="type"),
    path("settings/types/<int:id>/file", designs.write, name="type_file"),
    path("settings/types/<int:id>/<str:act>", designs.act, name="type_act"),
]
