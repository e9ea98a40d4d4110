"""The tables of the process shell (engine.md §3)."""

from .asked import Assignee, Assignment, Draft, Handling
from .definition import Constant, Definition, Version
from .instance import Instance, Standing, Variables
from .queues import Inbox, Ready, Subscription, Timer
from .records import Incident, Journal, StartLog
from .starts import Planned, StartLine, StartList, Stay

__all__ = [
    "Assignee",
    "Assignment",
    "Constant",
    "Definition",
    "Draft",
    "Handling",
    "Inbox",
    "Incident",
    "Instance",
    "Journal",
    "Planned",
    "Ready",
    "Standing",
    "StartLine",
    "StartList",
    "StartLog",
    "Stay",
    "Subscription",
    "Timer",
    "Variables",
    "Version",
]
