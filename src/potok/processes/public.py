"""What processes offer to blocks, to the demo and to the doors."""

from potok.processes.acts import say
from potok.processes.asking import ask, close
from potok.processes.block import Block, Done, Fields, Form, Outcome, People, Wait, block, blocks, param
from potok.processes.construct import Construct, Key, KeyKind, construct, constructs
from potok.processes.events import AssignmentAnswered
from potok.processes.facts import Answer, answers, group_named
from potok.processes.forms import asked_form, codes
from potok.processes.operations import assignments, definitions, incidents, instances
from potok.processes.rules import NO_RECORD, Vote, decide
from potok.processes.world import World

__all__ = [
    "NO_RECORD",
    "Answer",
    "AssignmentAnswered",
    "Block",
    "Construct",
    "Done",
    "Fields",
    "Form",
    "Key",
    "KeyKind",
    "Outcome",
    "People",
    "Vote",
    "Wait",
    "World",
    "answers",
    "ask",
    "asked_form",
    "assignments",
    "block",
    "blocks",
    "close",
    "codes",
    "construct",
    "constructs",
    "decide",
    "definitions",
    "group_named",
    "incidents",
    "instances",
    "param",
    "say",
]
