"""Fields that a definition asks for, as a form draws them and as it sends them: assignments and start forms alike."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from potok.disk.public import files
from potok.engine import values
from potok.engine.graph import Declaration
from potok.engine.values import PersonRef, RecordRef, Type, Value
from potok.kit.calls import Call
from potok.people import public as people
from potok.processes.web import records
from potok.records import public as kept
from potok.ui.shapes import Option

INPUTS = {
    "number": "number",
    "date": "date",
    "moment": "datetime-local",
    "email": "email",
    "phone": "tel",
    "url": "url",
}


@dataclass(frozen=True)
class Field:
    """One field of a form. `given` are the texts that stand in it; `chosen` the same as options of a picker."""

    name: str
    title: str
    type: Type
    help: str = ""
    required: bool = False
    choices: Sequence[tuple[str, str]] = ()
    given: Sequence[str] = ()
    chosen: Sequence[Option] = ()

    @property
    def kind(self) -> str:
        """Which template draws it."""
        if self.choices or (self.type.kind == "choice"):
            return "choices" if self.type.multiple else "choice"
        if self.type.kind in ("person", "record", "file", "yes_no"):
            return self.type.kind
        return "lines" if self.type.multiple or self.type.kind == "text" else "input"

    @property
    def optional(self) -> bool:
        return not self.required and self.type.kind != "yes_no"

    @property
    def input(self) -> str:
        return INPUTS.get(self.type.kind, "text")

    @property
    def create_url(self) -> str:
        """Where a record that is not there yet is made, in a drawer over the form."""
        linked = kept.record_types.get(self.type.of) if self.type.kind == "record" else None
        return f"/{linked.path}/new" if linked else ""

    @property
    def value(self) -> str:
        """What stands in a single control; several values stand on a line each."""
        return "\n".join(self.given)

    @property
    def is_on(self) -> bool:
        return bool(self.given) and self.given[0] not in ("", "0", "false")


def of_form(form: Mapping[str, Any], *, typed: Mapping[str, Sequence[str]]) -> list[Field]:
    """The fields of an assignment, with what was typed before or else the defaults."""
    return with_people([_field(each, typed=typed) for each in form.get("fields", [])])


def of_parameters(declared: Iterable[Declaration]) -> list[Field]:
    """The fields of a start form."""
    return with_people(
        [
            Field(
                name=one.name,
                title=one.title or one.name,
                type=one.type,
                help=one.help,
                required=one.required,
                choices=one.choices,
                given=_texts(one.default),
            )
            for one in declared
        ]
    )


def given(field: Field, value: Value) -> Field:
    """The field with another value in it."""
    return replace(field, given=_texts(value))


def typed_in(field: Field, text: str) -> Field:
    """The field with a text in it, as it was typed."""
    return with_people([replace(field, given=[text] if text else [])])[0]


def filled(fields: Sequence[Field], typed: Mapping[str, Sequence[str]]) -> list[Field]:
    """The fields with what was typed into them before."""
    return with_people([replace(one, given=list(typed[one.name])) if one.name in typed else one for one in fields])


def typed(posted: QueryDict, fields: Iterable[Field]) -> dict[str, list[str]]:
    """What stands in the controls, as it was typed: what a draft keeps."""
    return {one.name: posted.getlist(one.name) for one in fields if one.type.kind != "file"}


def read(call: Call, posted: QueryDict, uploaded: MultiValueDict[str, Any], fields: Iterable[Field]) -> dict[str, Any]:
    """What was sent, one value or a list for each field; files are kept first and named by their ids."""
    return {one.name: _read(call, posted, uploaded, one) for one in fields}


def with_people(fields: Sequence[Field]) -> list[Field]:
    """Put names and faces to the people and records that stand in fields, in one question each."""
    wanted = [_number(text) for one in fields if one.type.kind == "person" for text in one.given]
    known = people.by_id([number for number in wanted if number])
    return [_chosen(one, known) for one in fields]


def among(form: Mapping[str, Any], name: str) -> list[int] | None:
    """The people that may be picked in a field; None where everybody may."""
    for each in form.get("fields", []):
        if each["name"] == name and each.get("among") is not None:
            listed = values.decode(each["among"])
            several = listed if isinstance(listed, tuple) else (listed,)
            return [one.id for one in several if isinstance(one, PersonRef)]
    return None


def option(person: people.Person) -> Option:
    """A person as a line of a picker."""
    return Option(value=str(person.pk), title=str(person), note=person.position, face=person)


def _field(each: Mapping[str, Any], *, typed: Mapping[str, Sequence[str]]) -> Field:
    name = each["name"]
    default = values.decode(each.get("default"))
    return Field(
        name=name,
        # What the product asks by itself is kept in English; what an author wrote stays as it is.
        title=_(each["title"]) if each.get("title") else name,
        type=Type(**each["type"]),
        help=_(each["help"]) if each.get("help") else "",
        required=bool(each.get("required")),
        choices=[(key, label) for key, label in each.get("choices", ())],
        given=list(typed[name]) if name in typed else _texts(default),
    )


def _texts(value: Value) -> list[str]:
    several = value if isinstance(value, tuple) else () if value is None else (value,)
    return [_text(one) for one in several]


def _text(value: Value) -> str:
    if isinstance(value, PersonRef | RecordRef | values.FileRef):
        return str(value.id)
    if isinstance(value, bool):
        return "1" if value else ""
    if hasattr(value, "hour"):
        return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M")  # type: ignore[arg-type]
    if hasattr(value, "isoformat"):
        return str(value.isoformat())  # type: ignore[union-attr]
    if isinstance(value, values.Money):
        return str(value.amount)
    return str(value)


def _read(call: Call, posted: QueryDict, uploaded: MultiValueDict[str, Any], one: Field) -> Any:
    if one.type.kind == "file":
        kept = [files.add(call, name=each.name, content=each.file).pk for each in uploaded.getlist(one.name)]
        return kept if one.type.multiple else (kept[0] if kept else None)
    sent = posted.getlist(one.name)
    if one.type.kind == "yes_no":
        return bool(sent) and sent[-1] not in ("", "0", "false")
    if one.kind == "lines" and one.type.multiple:
        return [line.strip() for text in sent for line in text.splitlines() if line.strip()]
    if one.type.multiple:
        return [text for text in sent if text]
    return sent[-1] if sent else ""


def _chosen(one: Field, known: Mapping[int, people.Person]) -> Field:
    if one.type.kind == "person":
        shown = [option(known[number]) for text in one.given if (number := _number(text)) in known]
    elif one.type.kind == "record":
        refs = [RecordRef(one.type.of, number) for text in one.given if (number := _number(text))]
        shown = [Option(value=str(ref.id), title=records.title(ref), icon="file") for ref in refs]
    else:
        return one
    return replace(one, chosen=shown)


def _number(text: str) -> int:
    return int(text) if str(text).isdecimal() else 0
