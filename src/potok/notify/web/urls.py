"""Addresses of the inbox."""

from django.urls import path

from potok.notify.web import inbox, many, naps

app_name = "inbox"
urlpatterns = [
    path("inbox/", inbox.show, name="show"),
    path("inbox/read", inbox.read, name="read"),
    path("inbox/nap", naps.take, name="nap"),
    path("inbox/nap/undo", naps.undo, name="wake"),
    path("inbox/chosen", many.chosen, name="chosen"),
    path("inbox/many", many.act, name="many"),
]
