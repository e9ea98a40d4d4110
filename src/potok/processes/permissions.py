"""What people may be permitted to do with processes."""

from django.utils.translation import gettext_lazy as _

from potok.kit.permissions import permission

EDIT = permission("processes.definition.edit", _("Write and publish process definitions"))
START = permission("processes.instance.start", _("Start processes by hand"))
TERMINATE = permission("processes.instance.terminate", _("End processes"), of_records=True)
MEND = permission("processes.incident.mend", _("Retry and skip failed steps of processes"), of_records=True)
SEND = permission("processes.message.send", _("Send messages to processes"))
EDIT_GLOBALS = permission("processes.global.edit", _("Declare global variables and constants"))
SET_GLOBALS = permission("processes.global.set", _("Set global variables"))
SEE = permission("processes.instance.see", _("See how processes run"), of_records=True)
DIRECT = permission(
    "processes.assignment.direct", _("Change assignments of others: deadline, people, text"), of_records=True
)
HAND_OVER = permission("processes.handover.carry_out", _("Hand over what a person holds in processes"), of_records=True)
MIGRATE = permission("processes.instance.migrate", _("Move running processes to another version"))
REPAIR = permission("processes.instance.repair", _("Suspend processes, change their data, move them"), of_records=True)
DELETE = permission("processes.instance.delete", _("Delete processes that are over"), of_records=True)
