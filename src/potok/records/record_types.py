"""Record types: one declaration each; list, board, card, form, filters, history, REST and tests follow from it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from potok.engine.values import Value
from potok.kit.permissions import permission
from potok.kit.registry import Registry
from potok.records.fields import Field, Person, PipelineField, StageField, Text
from potok.records.models import Record

Values = Mapping[str, Value]


@dataclass(frozen=True, eq=False)
class RecordType:
    """What there is to know about one kind of record.

    `fields` are its own beside the ones that every record has; `columns` of the list and `card` name fields in order,
    the card in groups with a title; `check(before, after)` refuses what the values alone forbid; `titled(values)` makes
    the title where people do not type it.
    """

    name: str
    model: type[Record]
    titles: tuple[str | Promise, str | Promise]
    icon: str
    path: str
    fields: Sequence[Field]
    pipeline: bool = False
    columns: Sequence[str] = ()
    card: Sequence[tuple[str | Promise, Sequence[str]]] = ()
    check: Callable[[Values, Values], None] | None = None
    titled: Callable[[Values], str] | None = None

    @property
    def title(self) -> str:
        """One of them: «Сделка»."""
        return str(self.titles[0])

    @property
    def plural(self) -> str:
        """Many of them: «Сделки»."""
        return str(self.titles[1])

    def may(self, act: str) -> str:
        """The permission to see, add, edit, remove, export or import them."""
        return f"{self.name}.{act}"

    def declared(self) -> dict[str, Field]:
        """Its fields by name, those of every record first; custom ones are added by `records.catalogue`."""
        own = [*self._common(), *self.fields]
        return {field.name: field for field in own}

    def _common(self) -> list[Field]:
        title = Text("title", gettext_lazy("Name"), required=not self.titled, read_only=bool(self.titled), search=100)
        placed: list[Field] = (
            [PipelineField("pipeline", gettext_lazy("Pipeline")), StageField("stage", gettext_lazy("Stage"))]
            if self.pipeline
            else []
        )
        return [title, *placed, Person("responsible", gettext_lazy("Responsible"))]


record_types: Registry[RecordType] = Registry("record type")

ACTS = {
    "see": gettext_lazy("%(type)s: see"),
    "add": gettext_lazy("%(type)s: add"),
    "edit": gettext_lazy("%(type)s: change"),
    "remove": gettext_lazy("%(type)s: remove"),
    "export": gettext_lazy("%(type)s: export"),
    "import": gettext_lazy("%(type)s: import"),
}


_followers: list[Callable[[RecordType], None]] = []


def for_every_type(follower: Callable[[RecordType], None]) -> None:
    """Call the function with every record type, those declared before and those to come."""
    _followers.append(follower)
    for known in record_types.all().values():
        follower(known)


def declare(record_type: RecordType) -> RecordType:
    """Register a record type and its permissions; operations, rights to files and places in the shell follow."""
    record_types.add(record_type.name, record_type)
    record_type.model.record_type = record_type.name
    for act, title in ACTS.items():
        permission(record_type.may(act), _Title(title, record_type), of_records=True)
    for follower in _followers:
        follower(record_type)
    return record_type


class _Title:
    """The title of a permission, put together in the language of whoever reads it."""

    def __init__(self, act: str | Promise, record_type: RecordType) -> None:
        self.act, self.record_type = act, record_type

    def __str__(self) -> str:
        return str(self.act) % {"type": self.record_type.plural}
