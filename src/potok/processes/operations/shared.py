"""Global variables and constants: declared by administrators; variables are set by processes too, losing nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from potok.engine import values
from potok.engine.notation.tree.declarations import NAME
from potok.engine.values import NUMBER, Type, Value, WrongType, coerce
from potok.kit.calls import Call
from potok.kit.errors import MISSING, OVERTAKEN, Refused
from potok.kit.events import touch
from potok.kit.operations import operation
from potok.processes import rules, shared
from potok.processes.models import Shared
from potok.processes.permissions import EDIT_GLOBALS, SET_GLOBALS

TOPIC = "globals"


@operation("processes.global.add", needs=EDIT_GLOBALS)
def add(
    call: Call, *, name: str, title: str = "", kind: str = "text", multiple: bool = False, of: str = "",
    value: Any = None, constant: bool = False,
) -> Shared:  # fmt: skip
    """Declare a global variable, or a constant, which no process may set. Its type stays as it is now."""
    source = Shared.CONSTANT if constant else Shared.VARIABLE
    if not NAME.fullmatch(name):
        raise shared.WRONG_NAME(place="name", name=name)
    if kind not in shared.KINDS:
        raise shared.WRONG_KIND(place="kind", kind=kind, known=", ".join(shared.KINDS))
    if Shared.objects.filter(source=source, name=name).exists():
        raise shared.NAME_TAKEN(place="name", name=name)
    typed = rules.read_value(Type(kind, multiple, of), value, title=title or name)
    touch(TOPIC, 0)
    return Shared.objects.create(
        source=source, name=name, title=title.strip(), kind=kind, multiple=multiple, of=of,
        value=values.encode(typed), changed_at=call.at,
    )  # fmt: skip


@operation("processes.global.change", needs=EDIT_GLOBALS)
def change(call: Call, *, one: Shared, title: str, value: Any) -> Shared:
    """Give it another title and value; processes see it at their next step."""
    typed = rules.read_value(shared.type_of(one), value, title=str(one))
    Shared.objects.filter(pk=one.pk).update(title=title.strip(), value=values.encode(typed), changed_at=call.at)
    touch(TOPIC, 0)
    return Shared.objects.get(pk=one.pk)


@operation("processes.global.remove", needs=EDIT_GLOBALS)
def remove(call: Call, *, one: Shared) -> None:
    """Remove it, unless a published definition names it."""
    found = shared.users(one)
    if found:
        raise shared.IN_USE(name=str(one), definitions=", ".join(found))
    Shared.objects.filter(pk=one.pk).delete()
    touch(TOPIC, 0)


@dataclass(frozen=True, slots=True)
class Setting:
    """One ask to set a variable: a value, or what is added to the one it has."""

    name: str
    value: Value = None
    add: Value = None
    was: Value = None
    checks: bool = False

    def after(self, held: Value, *, type: Type) -> Value:
        """Work out what it holds then, or refuse."""
        if self.add is None:
            if self.checks and held != self.was:
                raise OVERTAKEN()
            return rules.read_value(type, self.value, title=self.name)
        if not (type.multiple or type == NUMBER):
            raise shared.NO_SUM(name=self.name, value=self.add)
        try:
            return shared.added(held, coerce(self.add, type), type=type)
        except WrongType:
            raise shared.NO_SUM(name=self.name, value=self.add) from None


def _keep(rows: Sequence[tuple[Call, Setting]]) -> list[Value | Refused]:
    """Set one after another what nobody else is setting at this moment: each sees what the one before it left."""
    names = {setting.name for _, setting in rows}
    found = Shared.objects.filter(source=Shared.VARIABLE, name__in=names).order_by("pk")
    held = {one.name: one for one in found.select_for_update(skip_locked=True, no_key=True)}
    known = {one.name for one in found} - held.keys()
    answers: list[Value | Refused] = []
    for call, setting in rows:
        try:
            answers.append(_set(call, setting, held, known))
        except Refused as refused:
            answers.append(refused)
    Shared.objects.bulk_update(held.values(), ["value", "changed_at"])
    touch(TOPIC, 0)
    return answers


def _set(call: Call, setting: Setting, held: dict[str, Shared], known: set[str]) -> Value:
    if setting.name in known:
        raise OVERTAKEN()
    if setting.name not in held:
        raise shared.NONE(place="name", name=setting.name)
    one = held[setting.name]
    value = setting.after(values.decode(one.value), type=shared.type_of(one))
    one.value, one.changed_at = values.encode(value), call.at
    return value


@operation("processes.global.set", needs=SET_GLOBALS, many=_keep)
def set_(call: Call, *, name: str, value: Any = None, add: Any = None, was: Any = None, checks: bool = False) -> Any:
    """Set a global variable, or add to its number or list; answers what it holds then.

    With `checks` it is set only if it still holds `was`: whoever worked the value out from an older one is told, and
    asks anew. It is refused in the same way while somebody else is setting it.
    """
    return Setting(name, value=value, add=add, was=was, checks=checks)


def one(id: int) -> Shared:
    """Fetch a variable or constant, or refuse with `kit.missing`."""
    found = Shared.objects.filter(pk=id).first()
    if found is None:
        raise MISSING(id=id)
    return found
