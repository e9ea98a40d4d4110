"""Addresses of absences: the path names the thing, the verb of HTTP says what is done with it."""

from django.urls import path

from potok.absences.web import card, chart, form, leaves, mine, types, workday, workdays

app_name = "absences"
urlpatterns = [
    path("absences/", chart.show, name="chart"),
    path("absences/new", form.create, name="new"),
    path("absences/kinds/", types.show, name="kinds"),
    path("absences/kinds/<int:id>/", types.change, name="kind"),
    path("absences/leave/", leaves.show, name="leave"),
    path("absences/leave/<int:person>/", leaves.allow, name="allowance"),
    path("workday/", workday.show, name="workday"),
    path("workday/beginning", workday.begin, name="workday_beginning"),
    path("workday/pause", workday.pause, name="workday_pause"),
    path("workday/end", workday.end, name="workday_end"),
    path("workdays/", workdays.show, name="workdays"),
    path("workdays/<int:person>/<str:day>/", workdays.correct, name="workday_of"),
    path("absences/mine", mine.show, name="mine"),
    path("absences/deputies", mine.deputies, name="deputies"),
    path("absences/passed/<int:id>/return", mine.take_back, name="take_back"),
    path("absences/<int:id>/", card.show, name="card"),
    path("absences/<int:id>/decision", card.decide, name="decision"),
    path("absences/<int:id>/withdrawal", card.withdraw, name="withdrawal"),
    path("absences/<int:id>/end", card.end, name="end"),
    path("absences/<int:id>/removal", card.remove, name="removal"),
]
