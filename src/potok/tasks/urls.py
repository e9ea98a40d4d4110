"""Addresses of tasks: the path names the thing, the verb of HTTP says what is done with it."""

from django.urls import path

from potok.tasks.web import card, form, listing, tab

app_name = "tasks"
urlpatterns = [
    path("tasks/", listing.show, name="list"),
    path("tasks/new", form.create, name="new"),
    path("tasks/about/<str:record>", tab.show, name="tab"),
    path("tasks/<int:id>/", card.show, name="card"),
    path("tasks/<int:id>/edit", form.edit, name="edit"),
    path("tasks/<int:id>/work", card.work, name="work"),
    path("tasks/<int:id>/closure", card.closure, name="closure"),
    path("tasks/<int:id>/closure/undo", card.reopen, name="reopen"),
    path("tasks/<int:id>/comments", card.comments, name="comments"),
    path("tasks/<int:id>/checklist", card.checklist, name="checklist"),
    path("tasks/<int:id>/checklist/<int:item>", card.item, name="item"),
]
