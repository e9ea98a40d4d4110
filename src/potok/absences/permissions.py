"""What people may be permitted to see of absences."""

from django.utils.translation import gettext_lazy as _

from potok.kit.permissions import permission

KINDS = permission("absences.kind.keep", _("Keep the kinds of absences"))
WORKDAYS = permission("absences.workday.keep", _("See and correct working days of others"), of_records=True)
SEE = permission("absences.reason.see", _("See why people are away"), of_records=True)
