"""Who may speak in the product's name. The parts act as the system (`call.by_system()`) and need none of it."""

from django.utils.translation import gettext_lazy as _

from potok.kit.permissions import permission

SEND = permission("notify.notice.send", _("Send notices to people"))
KEEP = permission("notify.waiting.keep", _("Put things into people's inboxes and take them out"))
NAME_SENDER = permission("notify.notice.name_sender", _("Send messages in another person's name"))
SET_CHANNELS = permission("notify.channel.set", _("Set how notices reach people, and see what did not"))
