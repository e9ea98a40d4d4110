"""What may be done to a task: give, change and remove it in `writing`, lead it from status to status in `states`."""

from potok.tasks.operations.states import accept, complete, defer, reopen, resume, send_back, start
from potok.tasks.operations.writing import CHANGEABLE, add, change, remove

__all__ = [
    "CHANGEABLE", "accept", "add", "change", "complete", "defer", "remove", "reopen", "resume", "send_back", "start",
]  # fmt: skip
