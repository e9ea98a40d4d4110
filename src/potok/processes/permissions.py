"""What people may be permitted to do with processes."""

from django.utils.translation import gettext_lazy as _

from potok.kit.permissions import permission

EDIT = permission("processes.definition.edit", _("Write and publish process definitions"))
START = permission("processes.instance.start", _("Start processes by hand"))
TERMINATE = permission("processes.instance.terminate", _("End processes"), of_records=True)
MEND = permission("processes.incident.mend", _("Retry and skip failed steps of processes"), of_records=True)
SEE = permission("processes.instance.see", _("See how processes run"), of_records=True)
