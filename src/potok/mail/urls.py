"""Addresses of letters, mounted by the site at the root."""

from django.urls import path

from potok.mail.web import letters

app_name = "mail"
urlpatterns = [
    path("letters/", letters.show_all, name="letters"),
    path("letters/<int:id>", letters.show, name="letter"),
    path("letters/<int:id>/body", letters.body, name="body"),
    path("letters/<int:id>/sending", letters.resend, name="resend"),
]
