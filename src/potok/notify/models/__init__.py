"""Tables of notify: what people are told, what waits for them, and how they hear of it elsewhere."""

from .carried import Channel, Connection, Delivery, State
from .told import Notice, Waiting
from .wishes import Device, Muted, Wishes

__all__ = ["Channel", "Connection", "Delivery", "Device", "Muted", "Notice", "State", "Waiting", "Wishes"]
