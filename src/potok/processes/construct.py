"""What a construct shows: its name, its keys in the tree's text form, its help. How it flows, the engine knows.

pause = construct(Construct(name="pause", word="pause", title=_("Pause"), keys=(Key(…),), form=FORM), module=__name__)
"""

import dataclasses
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from potok.kit.registry import Registry

GROUP = "constructs"


class KeyKind(StrEnum):
    """What may be written under a key; the designer draws it accordingly."""

    BRANCHES = "branches"  # a list of mappings, each with steps
    CONDITION = "condition"
    EVENTS = "events"  # a list of steps that wait, each with the steps that follow
    STEPS = "steps"
    VALUE = "value"  # literal or formula
    TEXT = "text"  # text with inserted values
    VALUES = "values"  # names with values
    CHOICE = "choice"
    YES_NO = "yes_no"


@dataclass(frozen=True, kw_only=True)
class Key:
    """One key of the step: how it is labelled, what is written there."""

    name: str
    title: str
    kind: KeyKind
    help: str
    required: bool = False
    default: bool | None = None  # what holds where nothing is written
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, kw_only=True)
class Construct:
    """A way of ordering steps. `word` is the key that begins its step, `form` shows every key as it is written."""

    name: str
    word: str
    title: str
    keys: tuple[Key, ...]
    form: str
    waits: bool = False
    known_as: Mapping[str, str] = field(default_factory=dict)
    help: str = ""


constructs: Registry[Construct] = Registry("construct")


def construct(declared: Construct, *, module: str) -> Construct:
    """Register a construct; its help is the docstring of the module that declares it."""
    told = dataclasses.replace(declared, help=(sys.modules[module].__doc__ or "").strip())
    return constructs.add(told.name, told)
