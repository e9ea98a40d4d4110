"""What people may be permitted to do with letters."""

from django.utils.translation import gettext_lazy as _

from potok.kit.permissions import permission

SEND = permission("mail.letter.send", _("Send letters"))
SEE = permission("mail.letter.see", _("Read sent letters"), of_records=True)
