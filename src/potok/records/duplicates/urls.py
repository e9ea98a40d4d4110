"""Addresses of duplicates."""

from django.urls import path, register_converter

from potok.records.duplicates.web import hint, inbox, merging
from potok.records.screens.screen import PathOfType

register_converter(PathOfType, "records_alike")  # type: ignore[arg-type]  # as in the addresses of records

app_name = "duplicates"
urlpatterns = [
    path("duplicates/", inbox.show, name="inbox"),
    path("duplicates/<int:id>/dismissal", inbox.dismiss, name="dismissal"),
    path("duplicates/merges/<int:id>/undoing", merging.undo, name="unmerge"),
    path("duplicates/<records_alike:of>/hint", hint.show, name="hint"),
    path("duplicates/<records_alike:of>/merge", merging.show, name="merge"),
]
