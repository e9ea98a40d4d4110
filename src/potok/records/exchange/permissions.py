"""What nobody may do without being allowed to, beside the permissions of each record type."""

from django.utils.translation import gettext_lazy as _

from potok.kit.permissions import permission

EVERYTHING = permission("records.export.everything", _("Export all records at once"))
