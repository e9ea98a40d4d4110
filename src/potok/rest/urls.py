"""Addresses of the REST door."""

from django.urls import path, re_path

from potok.rest import web

app_name = "rest"
urlpatterns = [
    path("rest/openapi.json", web.schema, name="schema"),
    re_path(r"^rest/(?P<person>\d{1,18})/(?P<secret>[A-Za-z0-9]+)/+(?P<name>[^?]+)$", web.door, name="door"),
]
