"""Addresses of the calendar: the path names the thing, the verb of HTTP says what is done with it."""

from django.urls import path

from potok.calendar.web import card, form, moving, shared, show

app_name = "calendar"
urlpatterns = [
    path("calendar/", show.show, name="show"),
    path("calendar/new", form.create, name="new"),
    path("calendars/", shared.show, name="calendars"),
    path("calendars/new", shared.create, name="calendar_new"),
    path("calendars/<int:id>/", shared.change, name="calendar"),
    path("calendars/<int:id>/shown", shared.hide, name="shown"),
    path("calendars/<int:id>/removal", shared.remove, name="calendar_removal"),
    path("calendars/types/", shared.add_type, name="types"),
    path("calendars/types/<int:id>/", shared.change_type, name="type"),
    path("calendars/types/<int:id>/removal", shared.remove_type, name="type_removal"),
    path("calendar/<int:id>/", card.show, name="card"),
    path("calendar/<int:id>/edit", form.edit, name="edit"),
    path("calendar/<int:id>/time", moving.move, name="time"),
    path("calendar/<int:id>/answer", card.answer, name="answer"),
    path("calendar/<int:id>/skip", card.skip, name="skip"),
    path("calendar/<int:id>/removal", card.remove, name="removal"),
]
