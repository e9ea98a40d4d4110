"""What people may be permitted to do with files beyond their own."""

from django.utils.translation import gettext_lazy as _

from potok.kit.permissions import permission

EDIT_LIMITS = permission("disk.limits.edit", _("Change how large files may be and which are not taken"))
