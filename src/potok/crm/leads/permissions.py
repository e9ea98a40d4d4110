"""What may be done with leads beside what every record knows."""

from django.utils.translation import gettext_lazy as _

from potok.kit.permissions import permission

TAKE_IN = permission("crm.lead.take_in", _("Take in calls, letters and requests"))
FORMS = permission("crm.web_form.edit", _("Keep public forms"))
