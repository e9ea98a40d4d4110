"""The part of a definition before its steps."""

from __future__ import annotations

import re

from potok.engine.graph import ActsAs, Again, Declaration, Header, On, Trigger
from potok.engine.notation.tree import declarations, literal
from potok.engine.notation.tree.declarations import filled
from potok.engine.notation.tree.given import NOT_OFFERED, Given
from potok.engine.notation.tree.source import Plain
from potok.engine.problems import _, problem

CODE = re.compile(r"[a-z][a-z0-9-]{0,63}")
WRONG_CODE = problem(
    "tree.wrong_code",
    _("“{code}” cannot be the code of a definition."),
    hint=_("Use small Latin letters, digits and “-”, for example service-control."),
)
NO_TRIGGER = problem(
    "tree.no_trigger", _("A trigger is one word, or one word with what it watches."), hint=_("Write “- manual”.")
)
NO_SUCH_RESULT = problem(
    "tree.no_such_result", _("“{name}” is no variable."), hint=_("Results are variables: declare it among them.")
)


def read(given: Given) -> Header:
    """Take everything but the steps."""
    return Header(
        definition=_code(given),
        title=given.text("title"),
        help=given.text("help"),
        record=given.text("record"),
        triggers=tuple(_triggers(given)),
        again=given.one_of("again", Again, default=Again.SKIP, offered=list(Again)),
        acts_as=given.one_of("acts_as", ActsAs, default=ActsAs.SYSTEM, offered=list(ActsAs)),
        starts_itself=given.yes("starts_itself"),
        zone=given.text("zone"),
        parameters=_declared(given, "parameters"),
        variables=_declared(given, "variables"),
        constants=_declared(given, "constants"),
        results=tuple(map(str, given.list("results"))),
    )


def write(header: Header) -> dict[str, Plain]:
    """Give the keys that `read` takes."""
    return {
        "definition": header.definition,
        **filled(title=header.title, help=header.help, record=header.record),
        "start": [_write_trigger(trigger) for trigger in header.triggers],
        **filled(
            again=str(header.again) if header.again is not Again.SKIP else "",
            acts_as=str(header.acts_as) if header.acts_as is not ActsAs.SYSTEM else "",
            starts_itself=header.starts_itself,
            zone=header.zone,
            parameters=_write_declared(header.parameters),
            variables=_write_declared(header.variables),
            constants=_write_declared(header.constants),
            results=list(header.results),
        ),
    }


def _code(given: Given) -> str:
    code = given.text("definition", required=True)
    if code and not CODE.fullmatch(code):
        given.complain(WRONG_CODE, "definition", code=code)
    return code


def _declared(given: Given, key: str) -> tuple[Declaration, ...]:
    return tuple(declarations.read(item, name=name) for name, item in given.named(key))


def _write_declared(declared: tuple[Declaration, ...]) -> dict[str, Plain]:
    return {each.name: declarations.write(each) for each in declared}


def _triggers(given: Given) -> list[Trigger]:
    plain = given.list("start")
    found = [_trigger(given, index, item) for index, item in enumerate(plain)]
    return [trigger for trigger in found if trigger] if plain else [Trigger(On.MANUAL)]


def _trigger(given: Given, index: int, plain: Plain) -> Trigger | None:
    path = ("start", index)
    word, watched = next(iter(plain.items())) if isinstance(plain, dict) and len(plain) == 1 else (plain, None)
    if not isinstance(word, str) or (isinstance(plain, dict) and watched is None):
        given.complain(NO_TRIGGER, *path)
        return None
    if word not in list(On):
        given.complain(NOT_OFFERED, *path, key="start", value=word, choices=", ".join(On))
        return None
    if watched is None:
        return Trigger(On(word))
    return _watching(Given(watched, path=(*given.path, *path, word), page=given.page), On(word))


def _watching(given: Given, on: On) -> Trigger:
    field = given.text("field", required=True)
    if on is On.BECAME:
        trigger = Trigger(on, field, now=given.any("value", required=True))
    else:
        trigger = Trigger(on, field, was=given.any("from"), now=given.any("to"))
    given.nothing_else()
    return trigger


def _write_trigger(trigger: Trigger) -> Plain:
    if not trigger.field:
        return str(trigger.on)
    now = "value" if trigger.on is On.BECAME else "to"
    watched = {"field": trigger.field, "from": literal.plain(trigger.was), now: literal.plain(trigger.now)}
    return {str(trigger.on): {key: value for key, value in watched.items() if value is not None}}
