"""The left side of a card: what is known about a record, in groups, and what is linked with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from potok.engine.values import RecordRef, Value
from potok.records import access, catalogue, queries
from potok.records.fields import Email, Field, Link, MoneyField, Phone
from potok.records.models import Record
from potok.records.record_types import RecordType, record_types
from potok.records.screens import fields, names
from potok.records.screens.names import Names
from potok.ui import words

LINKED_MAX = 6
HEAD = ("title", "stage", "pipeline")


@dataclass(frozen=True)
class Fact:
    """One line. Without `url` it is only to be read; `follow` says that its value is a link."""

    title: str
    html: SafeString
    id: str = ""
    name: str = ""
    url: str = ""
    follow: bool = False
    files: bool = False


@dataclass(frozen=True)
class Group:
    """Facts under a title."""

    title: str
    facts: Sequence[Fact]


@dataclass(frozen=True)
class Linked:
    """Records of another type that point at this one."""

    title: str
    count: int
    rows: Sequence[tuple[Record, str, str]]
    add_url: str
    all_url: str


@dataclass(frozen=True)
class Card:
    """A record as its card needs it: values read once, references named once."""

    of: RecordType
    row: Any
    reader: int
    may_edit: bool

    @property
    def id(self) -> str:
        """What elements of this card are called after."""
        return f"{self.of.path}-{self.row.pk}"

    def url(self, name: str, *more: Any) -> str:
        """An address under the card."""
        return reverse(f"records:{name}", args=[self.of.path, self.row.pk, *more])


def load(request: HttpRequest, of: RecordType, id: int) -> Card:
    """Load a record that the person may see, or refuse."""
    return of_row(request, queries.find(of, id, by=request.user.pk or 0))


def of_row(request: HttpRequest, row: Any) -> Card:
    """The card of a record that has been loaded already."""
    of = record_types[row.record_type]
    may_edit = row.removed_at is None and _reach(request, of, "edit").covers(row)
    return Card(of, row, request.user.pk or 0, may_edit)


def _reach(request: HttpRequest, of: RecordType, act: str) -> access.Reach:
    """How far an act of the reader reaches, asked for once a request."""
    kept: dict[str, access.Reach] = vars(request).setdefault("potok_records_reach", {})
    if of.may(act) not in kept:
        kept[of.may(act)] = access.reach(request.user.pk or 0, of, act)
    return kept[of.may(act)]


def groups(request: HttpRequest, card: Card) -> list[Group]:
    """Everything that is known, as the record type groups it; what customers have added comes last."""
    shown = list(_named(card.of))
    values = {field.name: field.of(card.row) for _, group in shown for field in group}
    reached = reached_by(request, [value for value in values.values() if isinstance(value, RecordRef)])
    known = names.once(request, values.values())
    made = []
    for title, group in shown:
        lines = [fact(card, field, values[field.name], known) for field in group]
        # Where a record has ways of its own, those of its firm would only be taken for them.
        if not _reaches(card.of.name):
            lines += _beyond([value for field in group if isinstance(value := values[field.name], RecordRef)], reached)
        made.append(Group(title, lines))
    return [group for group in made if group.facts]


def _named(of: RecordType) -> Iterator[tuple[str, list[Field]]]:
    yield from catalogue.current().groups(of)


def fact(card: Card, field: Field, value: Value, known: Names) -> Fact:
    """One field as a line of the card."""
    is_file = field.widget == "file"
    editable = card.may_edit and not field.read_only
    url = card.url("field", field.name) if editable else ""
    html = file_fact(card, field, value, known) if is_file else fields.fact(field, value, known)
    return Fact(
        str(field.title), html, f"edit-{card.id}-{field.name}", field.name, url, fields.has_links(field), files=is_file
    )


def file_fact(card: Card, field: Field, value: Value, known: Names) -> SafeString:
    """The files of a field, with the places to attach and to detach."""
    from django.template.loader import render_to_string

    context = {
        "id": f"edit-{card.id}-{field.name}",
        "name": field.name,
        "url": card.url("field", field.name),
        "files": [known.files[one.id] for one in fields.items(value) if one.id in known.files],
        "may_edit": card.may_edit,
        "multiple": "true" if field.multiple else "",
        "attach": gettext("Attach a file"),
    }
    return SafeString(render_to_string("records/fields/file_fact.html", context))


def reached_by(request: HttpRequest, refs: Sequence[RecordRef]) -> dict[RecordRef, Any]:
    """The linked records that the person may see, loaded once a request: their phones and mails stand on the card."""
    kept: dict[RecordRef, Any] = vars(request).setdefault("potok_records_reached", {})
    wanted = {ref for ref in refs if ref not in kept and _reaches(ref.type)}
    kept |= dict.fromkeys(wanted)
    for of in [record_types[name] for name in sorted({ref.type for ref in wanted})]:
        reach = _reach(request, of, "see").narrows()
        rows = queries.unhidden(of.rows().filter(reach), of, by=request.user.pk or 0)
        for row in rows.filter(pk__in=[ref.id for ref in wanted if ref.type == of.name]):
            kept[row.ref] = row
            names.kept(request).records[row.ref] = row.title
    return {ref: kept[ref] for ref in refs if kept.get(ref)}


def _reaches(name: str) -> bool:
    of = record_types.get(name)
    return of is not None and any(isinstance(field, Phone | Email) for field in catalogue.current().own(of))


def _beyond(refs: Sequence[RecordRef], reached: dict[RecordRef, Any]) -> list[Fact]:
    """Phones and mails of what a group links to; a person outside speaks before his firm."""
    told: dict[str, Fact] = {}
    for ref in reversed(refs):
        row = reached.get(ref)
        for field in catalogue.current().own(record_types[ref.type]) if row else ():
            if isinstance(field, Phone | Email) and (value := field.of(row)) and field.widget not in told:
                told[field.widget] = Fact(str(field.title), fields.fact(field, value, NOBODY), follow=True)
    return list(told.values())


NOBODY = Names({}, {})


def ways(request: HttpRequest, card: Card) -> dict[str, str]:
    """The first phone and the first mail through which the people of this record are reached."""
    own = [field.of(card.row) for field in catalogue.current().own(card.of)]
    refs = [value for value in own if isinstance(value, RecordRef)]
    rows = [
        (card.of, card.row),
        *[(record_types[ref.type], row) for ref, row in reversed(reached_by(request, refs).items())],
    ]
    found: dict[str, str] = {}
    for of, row in rows:
        for field in catalogue.current().own(of):
            if isinstance(field, Phone | Email):
                for one in fields.items(field.of(row))[:1]:
                    found.setdefault(field.widget, str(one).partition(" ext. ")[0])
    return found


def linked(card: Card, request: HttpRequest) -> list[Linked]:
    """Records that point at this one, of the types that the person may see."""
    return [
        made
        for other in record_types.all().values()
        for link in catalogue.current().of(other).values()
        if isinstance(link, Link) and link.to == card.of.name and not link.hidden
        if (made := _linked(card, other, link)).count or made.add_url
    ]


def _linked(card: Card, other: RecordType, link: Link) -> Linked:
    pointing = queries.rows(other, by=card.reader).filter(link.where("equal", card.row.pk))
    found = list(pointing.order_by("-pk")[: LINKED_MAX + 1])
    more = len(found) > LINKED_MAX
    count = pointing.count() if more else len(found)
    address = reverse("records:list", args=[other.path])
    add_url = f"{reverse('records:new', args=[other.path])}?{link.name}={card.row.pk}" if card.may_edit else ""
    asked = f'{{"all":[{{"field":"{link.name}","operator":"in","value":["{card.row.pk}"]}}]}}'
    return Linked(
        other.plural,
        count,
        [(row, f"{address}{row.pk}/", _aside(other, row)) for row in found[:LINKED_MAX]],
        add_url,
        f"{address}?filter={asked}" if more else "",
    )


def _aside(of: RecordType, row: Any) -> str:
    """What stands at the right of a linked record: its sum, else its stage."""
    if worth := sum_of(of, row):
        return worth
    return str(row.stage) if of.pipeline and row.stage_id else ""


def sum_of(of: RecordType, row: Any) -> str:
    """The type's own first amount in words, if the reader may know of it."""
    money = next((field for field in catalogue.current().own(of) if isinstance(field, MoneyField)), None)
    value: Any = money.of(row) if money else None
    return "" if value is None else words.money(value.amount, value.currency)
