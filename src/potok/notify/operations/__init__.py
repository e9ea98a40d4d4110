"""Every write of notify, a module per noun: `notices.send(...)`, `waiting.open(...)`, `wishes.change(...)`."""

from potok.notify.operations import channels, notices, waiting, wishes

__all__ = ["channels", "notices", "waiting", "wishes"]
