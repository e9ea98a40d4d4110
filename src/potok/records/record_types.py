"""Record types: one declaration each; list, board, card, form, filters, history, REST and tests follow from it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from potok.engine.values import Value
from potok.kit.errors import Refused
from potok.kit.permissions import Ask, Gate, permission, permissions
from potok.kit.registry import Registry
from potok.records.fields import Field, Person, PipelineField, StageField, Text
from potok.records.models import Record, Records

Values = Mapping[str, Value]
DESIGNED_PATH = "list-"  # so begin the addresses of what customers design: they never get in the way of a part's own


@dataclass(frozen=True, eq=False)
class RecordType:
    """What there is to know about one kind of record.

    `fields` are its own beside the ones that every record has; `columns` of the list and `card` name fields in order,
    the card in groups with a title; `check(before, after)` refuses what the values alone forbid; `titled(values)` makes
    the title where people do not type it. `scope` is what all its rows share where one table serves several types.
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
    scope: Mapping[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """One of them: «Сделка»."""
        return str(self.titles[0])

    @property
    def plural(self) -> str:
        """Many of them: «Сделки»."""
        return str(self.titles[1])

    @property
    def is_designed(self) -> bool:
        """Tell whether a customer designed it: there may be another one tomorrow."""
        return bool(self.scope)

    def rows(self) -> Records:
        """All its rows, in the trash or not; who may see them is the caller's matter."""
        return Records(self.model).filter(**self.scope) if self.scope else Records(self.model)

    def new(self, **held: Any) -> Any:
        """A row that is not kept yet."""
        return self.model(**self.scope, **held)

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


class RecordTypes(Registry[RecordType]):
    """All types: those that the parts declare, and behind them those that the customer has designed.

    Other processes design types, too. A name that is not known here is looked up anew if it may be one of theirs.
    """

    def __init__(self) -> None:
        super().__init__("record type")
        self._sources: dict[str, Source] = {}
        self._designed: dict[str, RecordType] = {}
        self.look_again: Callable[[], object] = lambda: None
        self.judge: Gate  # `access` puts it here

    def designed_by(self, home: str, source: "Source") -> None:
        """Take types whose names begin with the word `home` from a source, whenever the catalogue is read."""
        self._sources[home] = source

    def read(self) -> None:
        """Ask the sources what types there are now, and put them behind those that are declared."""
        self.place([one for source in self._sources.values() for one in source()])

    def place(self, designed: Iterable[RecordType]) -> None:
        """Put these designed types into the place of those that were known."""
        before, after = self._designed, {one.name: one for one in designed}
        self._things = {name: one for name, one in self._things.items() if name not in before} | after
        self._designed = after
        for one in [one for name, one in before.items() if name not in after]:
            _forget(one)
        for name, one in after.items():
            _permit(one)
            if name not in _followed:
                _follow(one)

    def get(self, name: str) -> RecordType | None:
        found = super().get(name)
        if found is None and name.partition(".")[0] in self._sources:
            self.look_again()
            found = super().get(name)
        return found

    def at(self, path: str) -> RecordType | None:
        """The type whose pages lie at a path."""
        if path.startswith(DESIGNED_PATH):
            self.look_again()  # it may be called something else since, in another process
        return next((one for one in self._things.values() if one.path == path), None)

    def __getitem__(self, name: str) -> RecordType:
        if found := self.get(name):
            return found
        raise KeyError(name)

    def __contains__(self, name: str) -> bool:
        return self.get(name) is not None


Source = Callable[[], Iterable[RecordType]]
record_types = RecordTypes()

ACTS = {
    "see": gettext_lazy("%(type)s: see"),
    "add": gettext_lazy("%(type)s: add"),
    "edit": gettext_lazy("%(type)s: change"),
    "remove": gettext_lazy("%(type)s: remove"),
    "export": gettext_lazy("%(type)s: export"),
    "import": gettext_lazy("%(type)s: import"),
}


_followers: list[Callable[[RecordType], None]] = []
_followed: set[str] = set()


def for_every_type(follower: Callable[[RecordType], None]) -> None:
    """Call the function with every record type, those declared before and those to come, once for each name.

    What a customer may change in a type he designed is asked of `record_types[name]` when it is needed.
    """
    _followers.append(follower)
    for known in record_types.all().values():
        follower(known)


def declare(record_type: RecordType) -> RecordType:
    """Register a record type and its permissions; operations, rights to files and places in the shell follow."""
    record_types.add(record_type.name, record_type)
    record_type.model.record_type = record_type.name
    _permit(record_type)
    _follow(record_type)
    return record_type


def _follow(record_type: RecordType) -> None:
    _followed.add(record_type.name)
    for follower in _followers:
        follower(record_type)


def _permit(record_type: RecordType) -> None:
    if record_type.is_designed:
        _forget(record_type)
    for act, title in ACTS.items():
        permit(record_type.may(act), _Title(title, record_type))


def permit(name: str, title: Any) -> str:
    """Declare a permission over the records of a type, named after the type, and return its name, for `needs=`.

    Whatever operation needs it, `records.access` judges: roles, limits, shares, people from outside.
    """
    return permission(name, title, of_records=True, gate=judged)


def judged(asks: Sequence[Ask]) -> Sequence[Refused | None]:
    """The gate of all permissions over records. `access` stands above the types, so it is asked through them."""
    return record_types.judge(asks)


def _forget(record_type: RecordType) -> None:
    for act in ACTS:
        permissions.drop(record_type.may(act))


class _Title:
    """The title of a permission, put together in the language of whoever reads it."""

    def __init__(self, act: str | Promise, record_type: RecordType) -> None:
        self.act, self.record_type = act, record_type

    def __str__(self) -> str:
        return str(self.act) % {"type": self.record_type.plural}
