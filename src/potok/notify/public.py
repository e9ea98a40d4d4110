"""What notify offers to other parts.

from potok.notify.public import notices, waiting

notices.send.many([(call.by_system(), {"to": 7, "text": …, "why": …, "url": …}), …])
waiting.open_(call.by_system(), person=7, key="task:12", kind="task", title=…, url=…, due_at=…)
waiting.close(call.by_system(), key="task:12")
"""

from potok.notify import inbox
from potok.notify.models import Notice, Waiting
from potok.notify.operations import notices, waiting
from potok.notify.queries import asleep_for, closed_for, notices_for, unseen_count, waiting_count, waiting_for

__all__ = [
    "Notice", "Waiting", "asleep_for", "closed_for", "inbox", "notices", "notices_for", "unseen_count", "waiting",
    "waiting_count", "waiting_for",
]  # fmt: skip
