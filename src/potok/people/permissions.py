"""What people may be permitted to do with people."""

from django.utils.translation import gettext_lazy as _

from potok.kit.permissions import permission

EDIT_PEOPLE = permission("people.person.edit", _("Add and change people"))
EDIT_STRUCTURE = permission("people.department.edit", _("Change the structure of the company"))
EDIT_GROUPS = permission("people.group.edit", _("Change groups of people"))
EDIT_ROLES = permission("people.role.edit", _("Change roles and who holds them"))
EDIT_HOURS = permission("people.hours.edit", _("Change working time and special days"))
EDIT_ABSENCES = permission("people.absence.edit", _("Enter and remove absences"), of_records=True)
