"""Every write of notify, a module per noun: `notices.send(...)`, `waiting.open(...)`."""

from potok.notify.operations import notices, waiting

__all__ = ["notices", "waiting"]
