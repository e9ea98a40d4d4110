"""Addresses of the search."""

from django.urls import path

from potok.records.search.web import page, palette

app_name = "search"
urlpatterns = [
    path("find", palette.show, name="palette"),
    path("search", page.show, name="page"),
]
