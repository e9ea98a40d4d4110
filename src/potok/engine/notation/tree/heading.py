"""The part of a definition before its steps."""

from __future__ import annotations

import re

from potok.engine.graph import ActsAs, Again, Declaration, Header, Role
from potok.engine.notation.tree import declarations, triggers
from potok.engine.notation.tree.declarations import filled
from potok.engine.notation.tree.given import Given
from potok.engine.notation.tree.source import Plain
from potok.engine.problems import _, problem

CODE = re.compile(r"[a-z][a-z0-9-]{0,63}")
WRONG_CODE = problem(
    "tree.wrong_code",
    _("“{code}” cannot be the code of a definition."),
    hint=_("Use small Latin letters, digits and “-”, for example service-control."),
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
        triggers=tuple(triggers.read(given)),
        again=given.one_of("again", Again, default=Again.SKIP, offered=list(Again)),
        acts_as=given.one_of("acts_as", ActsAs, default=ActsAs.SYSTEM, offered=list(ActsAs)),
        starts_itself=given.yes("starts_itself"),
        zone=given.text("zone"),
        parameters=_declared(given, "parameters"),
        variables=_declared(given, "variables"),
        constants=_declared(given, "constants"),
        results=tuple(map(str, given.list("results"))),
        roles=tuple(_role(item, name=name) for name, item in given.named("roles")),
    )


def write(header: Header) -> dict[str, Plain]:
    """Give the keys that `read` takes."""
    return {
        "definition": header.definition,
        **filled(title=header.title, help=header.help, record=header.record),
        "start": [triggers.write(trigger) for trigger in header.triggers],
        **filled(
            again=str(header.again) if header.again is not Again.SKIP else "",
            acts_as=str(header.acts_as) if header.acts_as is not ActsAs.SYSTEM else "",
            starts_itself=header.starts_itself,
            zone=header.zone,
            parameters=_write_declared(header.parameters),
            variables=_write_declared(header.variables),
            constants=_write_declared(header.constants),
            results=list(header.results),
            roles={each.name: _write_role(each) for each in header.roles},
        ),
    }


def _role(given: Given, *, name: str) -> Role:
    if not declarations.NAME.fullmatch(name):
        given.complain(declarations.WRONG_NAME, name=name)
    people = given.any("people")
    items = people if isinstance(people, list) else [] if people is None else [people]
    role = Role(name, given.text("title"), tuple(map(str, items)))
    given.nothing_else()
    return role


def _write_role(role: Role) -> Plain:
    people: Plain = role.people[0] if len(role.people) == 1 else list(role.people)
    return filled(title=role.title, people=people)


def _code(given: Given) -> str:
    code = given.text("definition", required=True)
    if code and not CODE.fullmatch(code):
        given.complain(WRONG_CODE, "definition", code=code)
    return code


def _declared(given: Given, key: str) -> tuple[Declaration, ...]:
    return tuple(declarations.read(item, name=name) for name, item in given.named(key))


def _write_declared(declared: tuple[Declaration, ...]) -> dict[str, Plain]:
    return {each.name: declarations.write(each) for each in declared}
