"""Addresses of files, mounted by the site at the root."""

from django.urls import path

from potok.disk.web import files

app_name = "disk"
urlpatterns = [
    path("files/", files.upload, name="upload"),
    path("files/<int:id>", files.show, name="file"),
]
