"""Addresses of tasks: the path names the thing, the verb of HTTP says what is done with it."""

from django.urls import path

from potok.tasks.web import acts, boards, card, form, gantt, listing, months, projects, tab, templates

app_name = "tasks"
urlpatterns = [
    path("tasks/", listing.show, name="list"),
    path("tasks/board", boards.show, name="board"),
    path("tasks/month", months.show, name="month"),
    path("tasks/gantt", gantt.show, name="gantt"),
    path("tasks/find", listing.find, name="find"),
    path("tasks/new", form.create, name="new"),
    path("tasks/about/<str:record>", tab.show, name="tab"),
    path("tasks/projects/", projects.show, name="projects"),
    path("tasks/projects/new", projects.create, name="project_new"),
    path("tasks/projects/<int:id>", projects.edit, name="project"),
    path("tasks/projects/<int:id>/closure", projects.closure, name="project_closure"),
    path("tasks/templates/", templates.show, name="templates"),
    path("tasks/templates/new", templates.create, name="template_new"),
    path("tasks/templates/<int:id>", templates.edit, name="template"),
    path("tasks/templates/<int:id>/use", templates.use, name="template_use"),
    path("tasks/<int:id>/", card.show, name="card"),
    path("tasks/<int:id>/edit", form.edit, name="edit"),
    path("tasks/<int:id>/plan", gantt.plan, name="plan"),
    path("tasks/<int:id>/work", acts.work, name="work"),
    path("tasks/<int:id>/rest", acts.rest, name="rest"),
    path("tasks/<int:id>/closure", acts.closure, name="closure"),
    path("tasks/<int:id>/closure/undo", acts.reopen, name="reopen"),
    path("tasks/<int:id>/acceptance", acts.acceptance, name="acceptance"),
    path("tasks/<int:id>/return", acts.return_, name="return"),
    path("tasks/<int:id>/comments", acts.comments, name="comments"),
    path("tasks/<int:id>/comments/<int:comment>", acts.comment, name="comment"),
    path("tasks/<int:id>/checklist", acts.checklist, name="checklist"),
    path("tasks/<int:id>/checklist/<int:item>", acts.item, name="item"),
    path("tasks/<int:id>/time", acts.time, name="time"),
    path("tasks/<int:id>/time/<int:entry>", acts.entry, name="entry"),
    path("tasks/<int:id>/dependencies", acts.dependency, name="dependencies"),
    path("tasks/<int:id>/dependencies/<int:dependency>", acts.one_dependency, name="dependency"),
]
