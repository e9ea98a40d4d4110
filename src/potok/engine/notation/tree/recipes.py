"""From a parameter as it is written to the recipe that gives its value; with everything wrong on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import TypeAlias

from potok.engine import expr
from potok.engine.graph import (
    Declaration,
    Fields,
    Fixed,
    Form,
    FormField,
    Formula,
    Param,
    ParamKind,
    People,
    Recipe,
    Role,
    Several,
    Text,
)
from potok.engine.notation.tree import answers, declarations, literal
from potok.engine.notation.tree.draft import Draft
from potok.engine.notation.tree.given import ABSENT, NOT_MAPPING, NOT_OFFERED, NOT_TEXT, UNKNOWN_KEY, Given, Page
from potok.engine.notation.tree.source import Path, Plain
from potok.engine.problems import Problems, _, problem
from potok.engine.values import PERSON, PersonRef, Type, WrongType, deadline, many

Arguments: TypeAlias = tuple[tuple[str, Recipe], ...]
Typed: TypeAlias = tuple[tuple[str, Type], ...]

ROLE = re.compile(r"\{=Role:(\w+)\}")
CODE = re.compile(r"(?:user|role|head_of|subordinates_of|group_(?:u|g|d|dr))_?[0-9]{1,18}")

NOT_A_PERSON = problem(
    "tree.not_a_person",
    _("“{item}” names nobody."),
    hint=_("Write a formula that gives people, or a code: user_12, group_d5, role_4."),
)
NO_PEOPLE = problem("tree.no_people", _("Nobody is named."), hint=_("Say who: a person, a role, a group or a formula."))
UNKNOWN_PERSON = problem("tree.unknown_person", _("There is no “{item}”."), hint=_("Pick somebody who exists."))
UNKNOWN_ROLE = problem(
    "tree.unknown_role",
    _("The definition has no role “{name}”."),
    hint=_("Declare it under “roles:”. There are: {known}."),
)
UNKNOWN_FIELD = problem("tree.unknown_field", _("{record} has no field “{name}”."), hint=_("{guess}"))
NO_RECORD = problem(
    "tree.no_record", _("The process runs on no record."), hint=_("Add “record:” above, for example record: crm.deal.")
)
UNKNOWN_CHOICE = problem(
    "tree.unknown_choice",
    _("“{name}” has no value “{value}”."),
    hint=_("It has: {known}."),
)
OTHER_TYPE = problem(
    "tree.other_type",
    _("The answer is kept in the variable “{name}”, which is a {variable}, and the field is a {field}."),
    hint=_("Give both the same type, or the field another name."),
)


def param(draft: Draft, plain: Plain, *, of: Param, path: Path) -> Recipe | None:
    """Compile one parameter; None when it was found wrong."""
    if of.kind is ParamKind.VALUE:
        found = value(draft, plain, type=of.type, path=path)
        return _deadline(draft, plain, found) if of.ends else found
    return _BY_KIND[of.kind](draft, plain, of, path)


def value(draft: Draft, plain: Plain, *, type: Type, path: Path) -> Recipe | None:
    """Compile a typed value: a formula, a literal, or a list of both."""
    if isinstance(plain, list) and type.multiple:
        items = [value(draft, item, type=type, path=(*path, index)) for index, item in enumerate(plain)]
        return _several([item for item in items if item])
    if isinstance(plain, str) and is_formula(plain):
        return _formula(draft, plain, type=type, path=path)
    return fixed(draft, plain, type=type, path=path)


def is_formula(text: str) -> bool:
    """Tell whether a text holds anything to be worked out."""
    return text.startswith("=") or "{=" in text


def fixed(draft: Draft, plain: Plain, *, type: Type, path: Path) -> Recipe | None:
    """Compile a value that is written out."""
    try:
        found = literal.value(plain, type, zone=draft.header.zone)
    except WrongType as wrong:
        draft.complain(declarations.WRONG_VALUE, path, value=wrong.value, type=str(type))
        return None
    # Without a zone of its own the definition follows the company's, which only the shell knows.
    if type.kind == "moment" and isinstance(plain, str) and not draft.header.zone:
        return Formula(plain, type)
    return Fixed(found)


def text(draft: Draft, plain: Plain, *, path: Path) -> Recipe | None:
    """Compile a text with insertions."""
    if isinstance(plain, list | dict) or plain is None:
        draft.complain(NOT_TEXT, path, key=path[-1])
        return None
    written = str(plain)
    if not is_formula(written):
        return Fixed(written)
    template = _read(draft, written, path=path)
    return Text(written) if template and draft.check(template, wanted=None, path=path) else None


def people(draft: Draft, plain: Plain, *, path: Path) -> Recipe | None:
    """Compile people: one item or a list of them."""
    given = plain if isinstance(plain, list) else [plain]
    places = [(*path, index) if given is plain else path for index in range(len(given))]
    items = [each for item, place in zip(given, places, strict=True) for each in _named(draft, item, path=place)]
    if not given:
        draft.complain(NO_PEOPLE, path)
    return People(tuple(items))


def cast(draft: Draft, role: Role) -> Sequence[Fixed | Formula]:
    """Compile the people of a role, once: whoever names it gets the same."""
    if role.name not in draft.cast:
        path = ("roles", role.name)
        if not role.people:
            draft.complain(NO_PEOPLE, path)
        found = [_person(draft, item, path=(*path, "people")) for item in role.people]
        draft.cast[role.name] = [item for item in found if item]
    return draft.cast[role.name]


def _named(draft: Draft, plain: Plain, *, path: Path) -> Sequence[Fixed | Formula]:
    """Compile one item: a role stands for its people."""
    by_role = ROLE.fullmatch(plain) if isinstance(plain, str) else None
    if by_role is None:
        found = _person(draft, plain, path=path)
        return [found] if found else []
    role = next((each for each in draft.header.roles if each.name == by_role[1]), None)
    if role is None:
        known = ", ".join(each.name for each in draft.header.roles)
        draft.complain(UNKNOWN_ROLE, path, name=by_role[1], known=known)
        return []
    return cast(draft, role)


def fields(draft: Draft, plain: Plain, *, path: Path) -> Recipe | None:
    """Compile values for fields of the process's record."""
    if not draft.header.record:
        draft.complain(NO_RECORD, path)
        return None
    if not isinstance(plain, dict):
        draft.complain(NOT_MAPPING, path)
        return None
    found = [(name, field(draft, name, item, path=(*path, name))) for name, item in plain.items()]
    return Fields(tuple((name, recipe) for name, recipe in found if recipe))


def field(draft: Draft, name: str, plain: Plain, *, path: Path) -> Recipe | None:
    """Compile a value for one field of the record."""
    type_ = field_type(draft, name, path=path)
    recipe = value(draft, plain, type=type_, path=path) if type_ else None
    if isinstance(recipe, Fixed):
        offered(draft, name, recipe, path=path)
    return recipe


def field_type(draft: Draft, name: str, *, path: Path) -> Type | None:
    """Find the type of a field of the record; complain when there is none."""
    known = draft.fields(draft.header.record)
    if name not in known:
        close = get_close_matches(name, known, n=1)
        guess = f"“{close[0]}”?" if close else ""
        draft.complain(UNKNOWN_FIELD, path, record=draft.header.record, name=name, guess=guess)
    return known.get(name)


def offered(draft: Draft, name: str, recipe: Fixed, *, path: Path) -> None:
    """Complain of a value that the field does not offer."""
    known = draft.surroundings.choices.get((draft.header.record, name))
    for item in recipe.value if isinstance(recipe.value, tuple) else (recipe.value,):
        if known and item is not None and item not in known:
            draft.complain(UNKNOWN_CHOICE, path, name=name, value=item, known=", ".join(sorted(known)))


def arguments(draft: Draft, given: Mapping[str, Plain], *, params: Mapping[str, Param], path: Path) -> Arguments:
    """Compile parameters by name: unknown and missing ones are complained of."""
    for name in [name for name in given if name not in params]:
        draft.complain(UNKNOWN_KEY, (*path, name), key=name, guess="", known=", ".join(params))
    for name, each in params.items():
        if each.required and given.get(name) is None:
            missing = NO_PEOPLE if each.kind is ParamKind.PEOPLE else ABSENT
            draft.complain(missing, (*path, name), key=name)
    _check_needs(draft, given, params=params, path=path)
    written = [(name, each, given[name]) for name, each in params.items() if given.get(name) is not None]
    found = [(name, param(draft, plain, of=each, path=(*path, name))) for name, each, plain in written]
    return tuple((name, recipe) for name, recipe in found if recipe)


def _check_needs(draft: Draft, given: Mapping[str, Plain], *, params: Mapping[str, Param], path: Path) -> None:
    """Complain of answers that need a field which no form asks for."""
    forms = [given.get(name) for name, each in params.items() if each.kind is ParamKind.FORM]
    asked = {name for form in forms if isinstance(form, dict) for name in form}
    for name in [name for name, each in params.items() if each.kind is ParamKind.ANSWERS and forms]:
        answers.check_needs(draft, given.get(name), asked=asked, path=(*path, name))


def param_of(declared: Declaration) -> Param:
    """See a declared parameter of a definition as a parameter of the step that runs it."""
    return Param(type=declared.type, required=declared.required and declared.default is None, title=declared.title)


def _read(draft: Draft, written: str, *, path: Path) -> expr.Template | None:
    template = expr.read_text(written)
    if isinstance(template, Problems):
        draft.nested(template, path)
        return None
    return template


def _formula(draft: Draft, written: str, *, type: Type, path: Path) -> Recipe | None:
    template = _read(draft, written, path=path)
    return Formula(written, type) if template and draft.check(template, wanted=type, path=path) else None


def _deadline(draft: Draft, plain: Plain, recipe: Recipe | None) -> Recipe | None:
    """Let a date stand for the end of its day, be it written out or worked out later."""
    if isinstance(recipe, Formula):
        return replace(recipe, ends=True)
    if isinstance(recipe, Fixed) and isinstance(plain, str):
        return Fixed(deadline(plain, zone=literal.zone_of(draft.header.zone)))
    return recipe


def _several(items: list[Recipe]) -> Recipe:
    values = [item.value for item in items if isinstance(item, Fixed)]
    if len(values) < len(items):
        return Several(tuple(items))
    return Fixed(tuple(each for value in values for each in (value if isinstance(value, tuple) else (value,))))


def _person(draft: Draft, plain: Plain, *, path: Path) -> Fixed | Formula | None:
    if isinstance(plain, str) and is_formula(plain):
        found = _formula(draft, plain, type=many(PERSON), path=path)
        return found if isinstance(found, Formula) else None
    if not isinstance(plain, str) or not CODE.fullmatch(plain):
        draft.complain(NOT_A_PERSON if plain else NO_PEOPLE, path, item=plain)
        return None
    known = draft.surroundings.people
    if known is not None and plain not in known:
        draft.complain(UNKNOWN_PERSON, path, item=plain)
    user = literal.USER.fullmatch(plain)
    return Fixed(PersonRef(int(user[1])) if user else plain)


def _choice(draft: Draft, plain: Plain, of: Param, path: Path) -> Recipe | None:
    if plain not in of.choices:
        draft.complain(NOT_OFFERED, path, key=path[-1], value=plain, choices=", ".join(of.choices))
        return None
    return Fixed(plain)


def _form(draft: Draft, plain: Plain, of: Param, path: Path) -> Recipe | None:
    page = Page(draft.tree.marks, read_step=lambda given: None)
    given = Given(plain, path=path, page=page)
    found = [_form_field(draft, Given(item, path=(*path, name), page=page), name) for name, item in given.plain.items()]
    if isinstance(plain, dict) and not plain:
        draft.complain(ABSENT, path, key=path[-1])
    draft.problems += page.problems
    return Form(tuple(found))


def _form_field(draft: Draft, given: Given, name: str) -> FormField:
    default, among = given.any("default"), given.any("among")
    rest = {key: plain for key, plain in given.plain.items() if key not in ("default", "among")}
    declared = declarations.read(Given(rest, path=given.path, page=given.page), name=name)
    found = FormField(
        declared.name,
        declared.type,
        declared.title,
        declared.help,
        declared.required,
        declared.choices,
        default=_optional(draft, default, type=declared.type, path=(*given.path, "default")),
        among=_optional(draft, among, type=many(declared.type.single), path=(*given.path, "among")),
    )
    variable = draft.declare(found)
    if variable != found.type:
        draft.complain(OTHER_TYPE, given.path, name=name, variable=str(variable), field=str(found.type))
    return found


def _optional(draft: Draft, plain: Plain, *, type: Type, path: Path) -> Recipe | None:
    return None if plain is None else value(draft, plain, type=type, path=path)


_BY_KIND: Mapping[ParamKind, Callable[[Draft, Plain, Param, Path], Recipe | None]] = {
    ParamKind.TEXT: lambda draft, plain, of, path: text(draft, plain, path=path),
    ParamKind.PEOPLE: lambda draft, plain, of, path: people(draft, plain, path=path),
    ParamKind.FIELDS: lambda draft, plain, of, path: fields(draft, plain, path=path),
    ParamKind.CHOICE: _choice,
    ParamKind.FORM: _form,
    ParamKind.ANSWERS: lambda draft, plain, of, path: answers.answers(draft, plain, path=path),
}
