"""The interpreter: pure, total, deterministic. `start` and `advance` take values and return values.

    answer = run.start(graph, inputs, look=look, context=context)
    answer = run.advance(graph, state, run.Performed(token, results), look=look, context=context)

The answer is a `Step`, or `Needs`: then the shell loads what was asked for and calls again with the same arguments.
Nothing here raises but for a defect; what goes wrong in a process is caught by the process itself, or becomes a `Fail`
effect and a token that waits for an operator.
"""

from . import incidents  # noqa: F401 -- declares the sentences that incidents show
from .asks import Ask, CalendarOf, FieldOf, GlobalOf, Look, Named, Needs, NotLoaded, Unknown
from .effects import (
    CallProcess,
    CancelTimer,
    Continue,
    Effect,
    EndProcess,
    Escalate,
    Fail,
    Finish,
    Forget,
    Listen,
    Perform,
    Resume,
    SetTimer,
    Unlisten,
    Withdraw,
)
from .events import (
    Assigned,
    ChildEnded,
    Continued,
    Escalated,
    Event,
    Failed,
    FieldMoved,
    Happened,
    Moved,
    Performed,
    Retried,
    Skipped,
    Terminated,
    TimerFired,
    Values,
    Waiting,
)
from .inputs import check_inputs
from .interpreter import BUDGET, advance, start
from .program import Program, program
from .repairing import places
from .state import FORMAT, Arrival, Done, Open, Part, Progress, Stand, State, Status, Token
from .step import Entry, Step

__all__ = [
    "BUDGET",
    "FORMAT",
    "Arrival",
    "Ask",
    "Assigned",
    "CalendarOf",
    "CallProcess",
    "CancelTimer",
    "ChildEnded",
    "Continue",
    "Continued",
    "Done",
    "Effect",
    "EndProcess",
    "Entry",
    "Escalate",
    "Escalated",
    "Event",
    "Fail",
    "Failed",
    "FieldMoved",
    "FieldOf",
    "Finish",
    "Forget",
    "GlobalOf",
    "Happened",
    "Listen",
    "Look",
    "Moved",
    "Named",
    "Needs",
    "NotLoaded",
    "Open",
    "Part",
    "Perform",
    "Performed",
    "Program",
    "Progress",
    "Resume",
    "Retried",
    "SetTimer",
    "Skipped",
    "Stand",
    "State",
    "Status",
    "Step",
    "Terminated",
    "TimerFired",
    "Token",
    "Unknown",
    "Unlisten",
    "Values",
    "Waiting",
    "Withdraw",
    "advance",
    "check_inputs",
    "places",
    "program",
    "start",
]
