"""Addresses of the calendar: the path names the thing, the verb of HTTP says what is done with it."""

from django.urls import path

from potok.calendar.web import card, form, show

app_name = "calendar"
urlpatterns = [
    path("calendar/", show.show, name="show"),
    path("calendar/new", form.create, name="new"),
    path("calendar/<int:id>/", card.show, name="card"),
    path("calendar/<int:id>/edit", form.edit, name="edit"),
    path("calendar/<int:id>/answer", card.answer, name="answer"),
    path("calendar/<int:id>/skip", card.skip, name="skip"),
    path("calendar/<int:id>/removal", card.remove, name="removal"),
]
