"""Addresses of records: every registered type has the same ones under its own path."""

from django.urls import path, register_converter

from potok.records.screens import (
    boards,
    card,
    chosen,
    editing,
    exports,
    feed,
    filters,
    find,
    form,
    history,
    imports,
    lists,
    settings,
    settings_field,
    trash,
    views,
)
from potok.records.screens.screen import PathOfType

register_converter(PathOfType, "records")  # type: ignore[arg-type]  # the pattern is worked out when types are known

app_name = "records"
urlpatterns = [
    path("find", find.palette, name="palette"),
    path("records/find", find.options, name="find"),
    path("<records:of>/", lists.show, name="list"),
    path("<records:of>/board", boards.board, name="board"),
    path("<records:of>/export/<str:form>", exports.write, name="export"),
    path("<records:of>/imports/", imports.begin, name="imports"),
    path("<records:of>/imports/<int:id>/", imports.show, name="import"),
    path("<records:of>/imports/<int:id>/choice", imports.choose, name="import_choice"),
    path("<records:of>/imports/<int:id>/problems", imports.problems, name="import_problems"),
    path("<records:of>/imports/<int:id>/<str:act>", imports.act, name="import_act"),
    path("<records:of>/filter", filters.apply, name="filter"),
    path("<records:of>/filter/row", filters.row, name="filter_row"),
    path("<records:of>/filter/options", filters.options, name="filter_options"),
    path("<records:of>/views", views.save, name="views"),
    path("<records:of>/views/<int:id>/removal", views.remove, name="view_removal"),
    path("<records:of>/chosen", chosen.panel, name="chosen"),
    path("<records:of>/chosen/change", chosen.change, name="chosen_change"),
    path("<records:of>/chosen/removal", chosen.remove, name="chosen_removal"),
    path("<records:of>/chosen/tools/<str:tool>", chosen.use, name="chosen_tool"),
    path("<records:of>/chosen/undo/<str:what>", chosen.undo, name="chosen_undo"),
    path("<records:of>/new", form.new, name="new"),
    path("<records:of>/new/draft", form.draft, name="draft"),
    path("<records:of>/options/<str:name>", editing.options, name="field_options"),
    path("<records:of>/trash", trash.show, name="trash"),
    path("<records:of>/<int:id>/", card.show, name="card"),
    path("<records:of>/<int:id>/fields/<str:name>", editing.field, name="field"),
    path("<records:of>/<int:id>/stage/<str:code>", card.move, name="move"),
    path("<records:of>/<int:id>/removal", trash.remove, name="removal"),
    path("<records:of>/<int:id>/restoration", trash.restore, name="restoration"),
    path("<records:of>/<int:id>/feed", feed.show, name="feed"),
    path("<records:of>/<int:id>/comments", feed.comment, name="comments"),
    path("<records:of>/<int:id>/history/<int:entry>/<str:name>/undo", history.undo, name="history_undo"),
    path("settings/records/", settings.first, name="settings_first"),
    path("settings/<records:of>/", settings.show, name="settings"),
    path("settings/<records:of>/pipelines", settings.add_pipeline, name="settings_pipelines"),
    path("settings/<records:of>/pipelines/<int:id>", settings.rename_pipeline, name="settings_pipeline"),
    path(
        "settings/<records:of>/pipelines/<int:id>/removal", settings.remove_pipeline, name="settings_pipeline_removal"
    ),
    path("settings/<records:of>/pipelines/<int:id>/stages", settings.add_stage, name="settings_stages"),
    path("settings/<records:of>/pipelines/<int:id>/order", settings.order_stages, name="settings_order"),
    path("settings/<records:of>/stages/<int:id>", settings.change_stage, name="settings_stage"),
    path("settings/<records:of>/stages/<int:id>/removal", settings.remove_stage, name="settings_stage_removal"),
    path("settings/<records:of>/fields/new/<str:kind>", settings_field.add, name="settings_field_add"),
    path("settings/<records:of>/fields/<int:id>", settings_field.change, name="settings_field"),
    path("settings/<records:of>/fields/<int:id>/removal", settings.remove_field, name="settings_field_removal"),
]
