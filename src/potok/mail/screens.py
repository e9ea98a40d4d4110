"""What mail puts into the shell: a line of the rail."""

from django.utils.translation import gettext_lazy as _

from potok.ui.slots import RailEntry, rail

rail.add(RailEntry("letters", _("Sent letters"), "mail", "/letters/", group=_("Company"), order=820))
