"""What notify offers to other parts.

from potok.notify.public import notices, waiting

notices.send.many([(call.by_system(), {"to": 7, "text": …, "why": …, "url": …}), …])
waiting.open_(call.by_system(), person=7, key="task:12", kind="task", title=…, url=…, due_at=…)
waiting.close(call.by_system(), key="task:12")
"""

from potok.notify import carrying, inbox, outside, routes
from potok.notify.channels import Channel, channels
from potok.notify.models import Notice, Waiting
from potok.notify.operations import notices, waiting, wishes
from potok.notify.queries import asleep_for, closed_for, notices_for, unseen_count, waiting_count, waiting_for
from potok.notify.reminding import Reminders

__all__ = [
    "Channel", "Notice", "Reminders", "Waiting", "asleep_for", "carrying", "channels", "closed_for", "inbox",
    "notices", "notices_for", "outside", "routes", "unseen_count", "waiting", "waiting_count", "waiting_for",
    "wishes",
]  # fmt: skip
