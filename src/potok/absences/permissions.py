"""What people may be permitted to see of absences."""

from django.utils.translation import gettext_lazy as _

from potok.kit.permissions import permission

SEE = permission("absences.reason.see", _("See why people are away"), of_records=True)
