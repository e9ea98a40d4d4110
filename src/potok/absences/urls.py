"""Addresses of absences: the path names the thing, the verb of HTTP says what is done with it."""

from django.urls import path

from potok.absences.web import card, chart, form, mine

app_name = "absences"
urlpatterns = [
    path("absences/", chart.show, name="chart"),
    path("absences/new", form.create, name="new"),
    path("absences/mine", mine.show, name="mine"),
    path("absences/deputies", mine.deputies, name="deputies"),
    path("absences/passed/<int:id>/return", mine.take_back, name="take_back"),
    path("absences/<int:id>/", card.show, name="card"),
    path("absences/<int:id>/decision", card.decide, name="decision"),
    path("absences/<int:id>/withdrawal", card.withdraw, name="withdrawal"),
    path("absences/<int:id>/end", card.end, name="end"),
    path("absences/<int:id>/removal", card.remove, name="removal"),
]
