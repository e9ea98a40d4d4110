"""Addresses of records: every registered type has the same ones under its own path."""

from django.urls import path, register_converter

from potok.records.screens import boards, chosen, filters, find, lists, views
from potok.records.screens.screen import PathOfType

register_converter(PathOfType, "records")

app_name = "records"
urlpatterns = [
    path("find", find.palette, name="palette"),
    path("records/find", find.options, name="find"),
    path("<records:of>/", lists.show, name="list"),
    path("<records:of>/board", boards.board, name="board"),
    path("<records:of>/filter", filters.apply, name="filter"),
    path("<records:of>/filter/row", filters.row, name="filter_row"),
    path("<records:of>/filter/options", filters.options, name="filter_options"),
    path("<records:of>/views", views.save, name="views"),
    path("<records:of>/views/<int:id>/removal", views.remove, name="view_removal"),
    path("<records:of>/chosen", chosen.panel, name="chosen"),
    path("<records:of>/chosen/change", chosen.change, name="chosen_change"),
    path("<records:of>/chosen/removal", chosen.remove, name="chosen_removal"),
    path("<records:of>/chosen/undo/<str:what>", chosen.undo, name="chosen_undo"),
]
