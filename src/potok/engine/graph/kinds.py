"""What a node of the token graph can be."""

from enum import StrEnum


class Kind(StrEnum):
    """How a node treats a token. The values are stored: never rename one."""

    START = "start"  # the one entry
    END = "end"  # takes the token away; an instance, or the scope of a `SCOPE`, without tokens is done
    BLOCK = "block"  # performs a block of the catalogue
    CHOICE = "choice"  # takes the first way out whose condition holds; a way without a condition always holds
    MERGE = "merge"  # lets every token through; brings alternative ways back together
    LOOP = "loop"  # a choice of two that is asked anew at each pass: into the body, or on
    FORK = "fork"  # opens a scope and sends a token along every way out
    JOIN = "join"  # closes the scope when every way in has arrived
    RACE = "race"  # a fork whose ways begin with events, each followed by a win
    WIN = "win"  # closes the scope at the first arrival, or at enough of them, and withdraws everything else in it
    PAUSE = "pause"  # waits for a moment
    WAIT = "wait"  # waits for a message, or until the record meets a condition
    ASSIGN = "assign"  # sets variables
    CALL = "call"  # starts another definition, and waits for it if asked
    SAVE = "save"  # lets the activation commit before it goes on
    TERMINATE = "terminate"  # ends the whole instance
    SCOPE = "scope"  # opens a scope for one token, or one for each item of a list, with events that listen meanwhile
    CATCH = "catch"  # an event of a scope that never waits: an error, an escalation or a compensation finds it
    THROW = "throw"  # sends an error or an escalation upward, or compensates what is done
    AGAIN = "again"  # lets an event of a scope go on and listen anew
    SPLIT = "split"  # takes every way out whose condition holds; a way without one is for when none does
    GATHER = "gather"  # lets one token on when no other can reach it by a way that has not arrived


OPENING = frozenset({Kind.FORK, Kind.RACE, Kind.SCOPE})
CLOSING = frozenset({Kind.JOIN, Kind.WIN})
