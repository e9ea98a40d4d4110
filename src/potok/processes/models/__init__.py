"""The tables of the process shell (engine.md §3)."""

from .asked import Assignee, Assignment, Draft, Handling
from .cases import Case
from .definition import Constant, Definition, Version
from .duty import Attempt, Shift
from .figures import Tally, Visit
from .instance import Instance, LocalValues, Standing, Variables
from .kept import KeptBlock
from .messages import Message
from .moving import Migrant, Migration
from .offered import Command
from .queues import Inbox, Ready, Subscription, Timer
from .records import Incident, Journal, StartLog
from .shared import Shared
from .stages import Admission, RunLink, RunNote, StageRight, StageVisit
from .starts import Planned, StartDraft, StartLine, StartList, Stay

__all__ = [
    "Admission",
    "Assignee",
    "Assignment",
    "Attempt",
    "Case",
    "Command",
    "Constant",
    "Definition",
    "Draft",
    "Handling",
    "Inbox",
    "Incident",
    "Instance",
    "Journal",
    "KeptBlock",
    "LocalValues",
    "Message",
    "Migrant",
    "Migration",
    "Planned",
    "Ready",
    "RunLink",
    "RunNote",
    "Shared",
    "Shift",
    "StageRight",
    "StageVisit",
    "Standing",
    "StartDraft",
    "StartLine",
    "StartList",
    "StartLog",
    "Stay",
    "Subscription",
    "Tally",
    "Timer",
    "Variables",
    "Version",
    "Visit",
]
