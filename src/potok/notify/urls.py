"""Addresses of notices, mounted by the site at the root; those of the inbox stand in `web/urls.py`."""

from django.urls import path

from potok.notify.web import notices

app_name = "notices"
urlpatterns = [
    path("notices/", notices.show, name="show"),
    path("notices/<int:id>", notices.follow, name="follow"),
    path("notices/seen", notices.see_all, name="see_all"),
    path("notices/arrivals", notices.arrivals, name="arrivals"),
]
