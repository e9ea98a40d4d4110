"""What processes offer to blocks, to the demo and to the doors."""

from potok.processes import library, replay, responsibles, staging
from potok.processes.acts import say
from potok.processes.asking import ask, ask_next, close
from potok.processes.assigning import HEARD, Asks, Happened, Heard, begin, comments, hear, late_answer, wait_on
from potok.processes.block import Answers, Block, Done, Fields, Form, Outcome, People, Wait, block, blocks, param
from potok.processes.commanding import offer
from potok.processes.construct import Construct, Key, KeyKind, construct, constructs
from potok.processes.duties import Vote, decide, percent
from potok.processes.events import AssignmentAnswered, AssignmentChanged, CommandGiven
from potok.processes.facts import Answer, answers, group_named
from potok.processes.forms import asked_form, codes
from potok.processes.operations import (
    assignments,
    commands,
    definitions,
    directing,
    handover,
    incidents,
    instances,
    messages,
    shared,
)
from potok.processes.rules import NO_RECORD
from potok.processes.world import World

__all__ = [
    "HEARD",
    "NO_RECORD",
    "Answer",
    "Answers",
    "Asks",
    "AssignmentAnswered",
    "AssignmentChanged",
    "Block",
    "CommandGiven",
    "Construct",
    "Done",
    "Fields",
    "Form",
    "Happened",
    "Heard",
    "Key",
    "KeyKind",
    "Outcome",
    "People",
    "Vote",
    "Wait",
    "World",
    "answers",
    "ask",
    "ask_next",
    "asked_form",
    "assignments",
    "begin",
    "block",
    "blocks",
    "close",
    "codes",
    "commands",
    "comments",
    "construct",
    "constructs",
    "decide",
    "definitions",
    "directing",
    "group_named",
    "handover",
    "hear",
    "incidents",
    "instances",
    "late_answer",
    "library",
    "messages",
    "offer",
    "param",
    "percent",
    "replay",
    "responsibles",
    "say",
    "shared",
    "staging",
    "wait_on",
]
