"""What lists put into the shell: the place where types are designed."""

from django.utils.translation import gettext_lazy as _

from potok.records import public as records
from potok.ui import slots

slots.rail.add(
    slots.RailEntry(
        "lists",
        _("Record types"),
        "layers",
        "/settings/types/",
        _("Company"),
        order=815,
        visible=lambda request: records.may(request, records.SETTINGS),
    )
)
