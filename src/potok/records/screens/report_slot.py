"""What reports put into the shell: one line of the rail, for those who see records of any type."""

from django.utils.translation import gettext_lazy as _

from potok.records.record_types import record_types
from potok.records.screens import rights
from potok.records.screens.slots import SALES
from potok.ui import slots

slots.rail.add(
    slots.RailEntry(
        "records.reports",
        _("Reports"),
        "chart-column",
        "/reports/",
        group=SALES,
        order=205,
        key="KeyR",
        visible=lambda request: any(rights.may(request, of.may("see")) for of in record_types.all().values()),
    )
)
