"""The interpreter: pure, total, deterministic. `start` and `advance` take values and return values.

    answer = run.start(graph, inputs, look=look, context=context)
    answer = run.advance(graph, state, run.Performed(token, results), look=look, context=context)

The answer is a `Step`, or `Needs`: then the shell loads what was asked for and calls again with the same arguments.
Nothing here raises but for a defect; what goes wrong in a process becomes a `Fail` effect and a token that waits for
an operator.
"""

from . import incidents  # noqa: F401 -- declares the sentences that incidents show
from .asks import Ask, FieldOf, Look, Named, Needs, NotLoaded, Unknown
from .effects import (
    CallProcess,
    CancelTimer,
    Continue,
    Effect,
    EndProcess,
    Fail,
    Finish,
    Listen,
    Perform,
    Resume,
    SetTimer,
    Unlisten,
    Withdraw,
)
from .events import (
    ChildEnded,
    Continued,
    Event,
    Failed,
    FieldMoved,
    Happened,
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
from .state import FORMAT, Arrival, Open, Stand, State, Status, Token
from .step import Entry, Step

__all__ = [
    "BUDGET",
    "FORMAT",
    "Arrival",
    "Ask",
    "CallProcess",
    "CancelTimer",
    "ChildEnded",
    "Continue",
    "Continued",
    "Effect",
    "EndProcess",
    "Entry",
    "Event",
    "Fail",
    "Failed",
    "FieldMoved",
    "FieldOf",
    "Finish",
    "Happened",
    "Listen",
    "Look",
    "Named",
    "Needs",
    "NotLoaded",
    "Open",
    "Perform",
    "Performed",
    "Program",
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
    "program",
    "start",
]
