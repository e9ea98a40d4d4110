"""Commands of the command line: a part declares its own in `commands.py`, and the door (`potok.cli`) carries them.

    @command("user add")
    def add(login: Annotated[str, "how the person signs in"], *, admin: Annotated[bool, "may do everything"] = False):
        '''Add a person and print the first password.'''

A parameter before the star is a word of the command line in its place; a parameter after it is an option. Types: str,
int, bool (a switch), Path, a list of these, or one of them with None. The first line of the docstring is the help.
A command answers with nothing (done), or with an exit code; a `Refused` or `Trouble` is said and ends with code 1.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from potok.kit.registry import Registry

Act = TypeVar("Act", bound=Callable[..., int | None])


@dataclass(frozen=True)
class Command:
    """One command: its public name, what it does, and whether it needs the parts to be loaded."""

    name: str
    act: Callable[..., int | None]
    light: bool

    @property
    def help(self) -> str:
        return inspect.getdoc(self.act) or ""

    @property
    def title(self) -> str:
        return self.help.partition("\n")[0]

    @property
    def parameters(self) -> dict[str, inspect.Parameter]:
        return dict(inspect.signature(self.act, eval_str=True).parameters)


commands: Registry[Command] = Registry("command")


def command(name: str, *, light: bool = False) -> Callable[[Act], Act]:
    """Declare a command. A light one runs without Django: it starts at once and works where the product does not."""

    def declare(act: Act) -> Act:
        commands.add(name, Command(name, act, light))
        return act

    return declare


def call(name: str, **given: Any) -> int:
    """Run a declared command from code."""
    return commands[name].act(**given) or 0
