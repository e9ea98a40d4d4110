"""Addresses of files, mounted by the site at /files/."""

from django.urls import path

from potok.disk.web import files

app_name = "disk"
urlpatterns = [
    path("", files.upload, name="upload"),
    path("<int:id>", files.show, name="file"),
]
