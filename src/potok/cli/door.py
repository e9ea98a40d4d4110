"""Turns declared commands into a command line, and their answers into exit codes: 0 done, 1 refused, 2 misspelt."""

import argparse
import inspect
import sys
from collections.abc import Callable, Iterable, Sequence
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

from potok.kit.commands import Command
from potok.kit.errors import Refused, Trouble

Translate = Callable[[str], str]


def parser(commands: Iterable[Command], *, translate: Translate = str) -> argparse.ArgumentParser:
    """Build the whole command line; `user add` becomes `add` below `user`."""
    top = argparse.ArgumentParser(prog="potok", description=translate("A company's work that runs by itself."))
    branches = {"": top.add_subparsers(metavar=translate("COMMAND"), required=True)}
    for each in sorted(commands, key=lambda each: each.name):
        *groups, verb = each.name.split(" ")
        place = ""
        for group in groups:
            above, place = place, f"{place} {group}".strip()
            if place not in branches:
                inner = branches[above].add_parser(group, help=_about_group(place, commands))
                branches[place] = inner.add_subparsers(metavar=translate("COMMAND"), required=True)
        title = translate(each.title)
        leaf = branches[place].add_parser(verb, help=title, description=title)
        leaf.set_defaults(command=each)
        for name, parameter in each.parameters.items():
            _add(leaf, name, parameter, translate)
    return top


def run(arguments: Sequence[str], *, commands: Iterable[Command], translate: Translate = str) -> int:
    """Carry one command line; wrong words end the process with code 2, as everywhere."""
    given = vars(parser(list(commands), translate=translate).parse_args(arguments))
    each: Command = given.pop("command")
    return carry(each, given)


def carry(each: Command, given: dict[str, Any]) -> int:
    """Run one command with what it was given."""
    in_place = [given.pop(name) for name, parameter in each.parameters.items() if _is_in_place(parameter)]
    try:
        return each.act(*in_place, **given) or 0
    except (Refused, Trouble) as no:
        sys.stderr.write(f"{no.sentence()} ({no.code})\n")
        return 1
    except BrokenPipeError:  # `potok … | head`
        return 1


def about(parameter: inspect.Parameter) -> str:
    """What a parameter says about itself."""
    return _read(parameter.annotation)[1]


def _about_group(group: str, commands: Iterable[Command]) -> str:
    return ", ".join(each.name.rpartition(" ")[2] for each in commands if each.name.startswith(f"{group} "))


def _is_in_place(parameter: inspect.Parameter) -> bool:
    return parameter.kind is not inspect.Parameter.KEYWORD_ONLY


def _add(leaf: argparse.ArgumentParser, name: str, parameter: inspect.Parameter, translate: Translate) -> None:
    kind, told = _read(parameter.annotation)
    is_optional = parameter.default is not inspect.Parameter.empty
    words: dict[str, Any] = {"help": translate(told) if told else None}
    if is_optional:
        words["default"] = parameter.default
    if kind is bool:
        leaf.add_argument(f"--{name.replace('_', '-')}", action="store_true", help=words["help"])
        return
    many = get_origin(kind) is list
    words["type"] = get_args(kind)[0] if many else kind
    if _is_in_place(parameter):
        leaf.add_argument(name, nargs="*" if many else "?" if is_optional else None, **words)
    else:
        words |= {"action": "append"} if many else {}
        leaf.add_argument(f"--{name.replace('_', '-')}", dest=name, required=not is_optional, metavar=name, **words)


def _read(annotation: Any) -> tuple[Any, str]:
    told = ""
    if get_origin(annotation) is Annotated:
        annotation, told = get_args(annotation)[:2]
    plain = [each for each in get_args(annotation) if each is not NoneType]
    if NoneType in get_args(annotation) and len(plain) == 1:
        annotation = plain[0]
    return annotation, told
