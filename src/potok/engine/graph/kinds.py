"""What a node of the token graph can be.

Room is left for what BPMN needs later: an inclusive join, boundary events, compensation and multi-instance are new
kinds over the same arrays; nothing that exists has to move for them.
"""

from enum import StrEnum


class Kind(StrEnum):
    """How a node treats a token. The values are stored: never rename one."""

    START = "start"  # the one entry
    END = "end"  # takes the token away; an instance without tokens is completed
    BLOCK = "block"  # performs a block of the catalogue
    CHOICE = "choice"  # takes the first way out whose condition holds; a way without a condition always holds
    MERGE = "merge"  # lets every token through; brings alternative ways back together
    LOOP = "loop"  # a choice of two that is asked anew at each pass: into the body, or on
    FORK = "fork"  # opens a scope and sends a token along every way out
    JOIN = "join"  # closes the scope when every way in has arrived
    RACE = "race"  # a fork whose ways begin with events, each followed by a win
    WIN = "win"  # closes the scope at the first arrival and withdraws everything else in it
    PAUSE = "pause"  # waits for a moment
    WAIT = "wait"  # waits for a message, or until the record meets a condition
    ASSIGN = "assign"  # sets variables
    CALL = "call"  # starts another definition, and waits for it if asked
    SAVE = "save"  # lets the activation commit before it goes on
    TERMINATE = "terminate"  # ends the whole instance


OPENING = frozenset({Kind.FORK, Kind.RACE})
CLOSING = frozenset({Kind.JOIN, Kind.WIN})
