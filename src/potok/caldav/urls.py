"""Addresses of CalDAV, and of the pages of one's devices and of the calendars of others."""

from django.urls import path

from potok.caldav import door
from potok.caldav.web import devices, subscriptions

app_name = "caldav"
urlpatterns = [
    path(".well-known/caldav", door.well_known, name="well_known"),
    path("dav", door.well_known),
    path("dav/", door.door, name="entrance"),
    path("dav/<path:path>", door.door, name="door"),
    path("calendar/devices/", devices.show, name="devices"),
    path("calendar/published/<str:secret>.ics", devices.published, name="published"),
    path("calendar/devices/<int:id>/removal", devices.remove, name="device_removal"),
    path("calendar/subscriptions/", subscriptions.show, name="subscriptions"),
    path("calendar/subscriptions/<int:id>/", subscriptions.change, name="subscription"),
    path("calendar/subscriptions/<int:id>/removal", subscriptions.remove, name="subscription_removal"),
    path("calendar/subscriptions/<int:id>/reading", subscriptions.read_again, name="subscription_reading"),
    path("calendar/subscriptions/<int:id>/shown", subscriptions.hide, name="subscription_shown"),
    path("calendar/subscribed/<int:id>/", subscriptions.event, name="foreign"),
]
