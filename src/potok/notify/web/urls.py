"""Addresses of the inbox."""

from django.urls import path

from potok.notify.web import inbox

app_name = "inbox"
urlpatterns = [
    path("inbox/", inbox.show, name="show"),
    path("inbox/read", inbox.read, name="read"),
]
