"""Addresses of CalDAV, and of the page of one's devices."""

from django.urls import path

from potok.caldav import door, web

app_name = "caldav"
urlpatterns = [
    path(".well-known/caldav", door.well_known, name="well_known"),
    path("dav", door.well_known),
    path("dav/", door.door, name="entrance"),
    path("dav/<path:path>", door.door, name="door"),
    path("calendar/devices/", web.show, name="devices"),
    path("calendar/published/<str:secret>.ics", web.published, name="published"),
    path("calendar/devices/<int:id>/removal", web.remove, name="device_removal"),
]
