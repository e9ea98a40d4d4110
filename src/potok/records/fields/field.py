"""A field of a record type, and what every kind of field can do. One file beside this one for each kind.

A kind says which engine type it stands for, how text is read into a value, how a value is stored, how it is filtered,
and which templates draw and edit it. Where the value lies (columns of the table or `props`) is the field's own matter.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django.db.models import Q
from django.utils.functional import Promise

from potok.engine import values
from potok.engine.values import Type, Value
from potok.records import rules

Text = str | Promise
Options = Sequence[Mapping[str, Any]]
EQUALS = ("equal", "not_equal", "in", "not_in", "empty", "filled")
ORDERED = (*EQUALS, "greater", "at_least", "less", "at_most", "between")
WORDY = ("contains", "not_contains", "like", "not_like")
NEGATED = {"not_equal": "equal", "not_in": "in", "not_contains": "contains", "not_like": "like", "filled": "empty"}
LOOKUPS = {"greater": "gt", "at_least": "gte", "less": "lt", "at_most": "lte"}
ITEMS_MAX = 500


class Unreadable(ValueError):  # noqa: N818 (the word of the house)
    """A text is no value of this kind; the message says what is expected, translated."""


@dataclass(frozen=True)
class Field:
    """One field. `search` weighs it in the search; a `custom` one lies in `props`."""

    name: str
    title: Text
    required: bool = False
    multiple: bool = False
    default: Any = None
    hidden: bool = False
    read_only: bool = False
    search: int = 0
    custom: bool = False

    kind: ClassVar[str]
    operators: ClassVar[tuple[str, ...]] = EQUALS
    widget: ClassVar[str] = "text"

    # ----- the type ----------------------------------------------------------------------------------------------

    @property
    def item_type(self) -> Type:
        """The engine type of one item."""
        raise NotImplementedError

    @property
    def type(self) -> Type:
        """The engine type of the whole value."""
        return replace(self.item_type, multiple=self.multiple)

    # ----- reading -----------------------------------------------------------------------------------------------

    def item(self, raw: Any) -> Value:
        """Read one item; a value of the kind passes. Raises `Unreadable`."""
        raise NotImplementedError

    def read(self, raw: Any) -> Value:
        """Read a value from a form, from REST or from a process; refuse with a sentence, and with this place."""
        try:
            return self._read(raw)
        except Unreadable as wrong:
            raise rules.UNREADABLE(place=self.name, field=self.title, reason=str(wrong)) from None

    def checked(self, raw: Any) -> Value:
        """Read, and refuse emptiness where the field is required."""
        return self.demanded(self.read(raw))

    def demanded(self, value: Value) -> Value:
        """A value as it is; refuse emptiness where the field is required."""
        if self.required and values.is_empty(value):
            raise rules.REQUIRED(place=self.name, field=self.title)
        return value

    def _read(self, raw: Any) -> Value:
        if self.multiple:
            items = raw if isinstance(raw, list | tuple) else [raw]
            if len(items) > ITEMS_MAX:
                raise Unreadable(f"≤ {ITEMS_MAX}")
            read = [self.item(item) for item in items if not _is_blank(item)]
            return tuple(dict.fromkeys(read))
        if isinstance(raw, list | tuple):
            raw = raw[0] if raw else None
        return None if _is_blank(raw) else self.item(raw)

    # ----- storing -----------------------------------------------------------------------------------------------

    @property
    def in_list(self) -> bool:
        """Tell whether a column of its own holds several values, as JSON."""
        return self.multiple and not self.custom

    def holding(self, item: Any) -> Any:
        """The JSON that such a column contains when the item is among them."""
        return [self.to_plain(item)]

    @property
    def columns(self) -> tuple[str, ...]:
        """The attributes of the row that hold the value, when it does not lie in `props`."""
        return (self.name,)

    def to_columns(self, value: Value) -> tuple[Any, ...]:
        """The value as those attributes hold it."""
        return (value,)

    def from_columns(self, held: tuple[Any, ...]) -> Value:
        """The value that those attributes hold."""
        value: Value = held[0]
        return value

    def to_plain(self, item: Any) -> Any:
        """One item as JSON, in a form that sorts and compares in the database."""
        return item

    def from_plain(self, plain: Any) -> Value:
        """The item that JSON holds."""
        value: Value = plain
        return value

    def of(self, row: Any) -> Value:
        """The value in a row."""
        if not self.custom and not self.in_list:
            return self.from_columns(tuple([getattr(row, column) for column in self.columns]))
        plain = row.props.get(self.name) if self.custom else getattr(row, self.name)
        if self.multiple:
            return tuple(self.from_plain(item) for item in plain or ())
        return None if plain is None else self.from_plain(plain)

    def put(self, row: Any, value: Value) -> None:
        """Put the value into a row."""
        if self.custom:
            row.props = {**row.props, self.name: self._plain(value)}
            return
        if self.in_list:
            setattr(row, self.name, self._plain(value))
            return
        for column, held in zip(self.columns, self.to_columns(value), strict=True):
            setattr(row, column, held)

    def _plain(self, value: Any) -> Any:
        if self.multiple:
            return [self.to_plain(item) for item in value or ()]
        return None if value is None else self.to_plain(value)

    # ----- filtering ---------------------------------------------------------------------------------------------

    @property
    def path(self) -> str:
        """What a QuerySet calls the value."""
        return f"props__{self.name}" if self.custom else self.name

    def where(self, operator: str, given: Any) -> Q:
        """The condition for a QuerySet. Raises `Unreadable`; an operator that the kind lacks is refused."""
        if operator not in self.operators:
            raise Unreadable(operator)
        if operator not in NEGATED:
            return self._where(operator, given)
        unwanted = ~self._where(NEGATED[operator], given)
        # What is not there is unknown to the database, but to people it is not equal to anything.
        return unwanted if operator == "filled" else unwanted | self.is_empty()

    def _where(self, operator: str, given: Any) -> Q:
        if operator == "empty":
            return self.is_empty()
        if operator == "in":
            items = given if isinstance(given, list | tuple) else [given]
            return Q(*(self.equals(item) for item in items), _connector=Q.OR) if items else Q(pk=None)
        if operator == "between":
            low, high = given
            return self._where("at_least", low) & self._where("at_most", high)
        if operator in LOOKUPS:
            return Q(**{f"{self.path}__{LOOKUPS[operator]}": self.comparable(given)})
        if operator in ("contains", "like"):
            return self.matches(operator, str(given))
        return self.equals(given)

    def comparable(self, given: Any) -> Any:
        """A given value as the database compares it."""
        item = self.item(given)
        return self.to_plain(item) if self.custom else item

    def equals(self, given: Any) -> Q:
        """The condition that the value is this one, or holds it."""
        if self.custom:
            plain = self.to_plain(self.item(given))
            return Q(props__contains={self.name: [plain] if self.multiple else plain})
        if self.in_list:
            return Q(**{f"{self.path}__contains": self.holding(self.item(given))})
        return Q(**{self.path: self.comparable(given)})

    def is_empty(self) -> Q:
        """The condition that there is no value."""
        if self.custom:
            key = f"props__{self.name}"
            return Q(**{f"{key}__isnull": True}) | Q(**{key: None}) | Q(**{f"{key}__in": ["", []]})
        return Q(**{self.path: []}) if self.in_list else Q(**{f"{self.path}__isnull": True})

    def matches(self, operator: str, pattern: str) -> Q:
        """The condition that the text holds a pattern; `like` takes `%` and `_` as the caller wrote them."""
        if operator == "contains":
            return Q(**{f"{self.path}__icontains": pattern})
        return Q(**{f"{self.path}__iregex": f"^{_as_regex(pattern)}$"})

    @property
    def order(self) -> str:
        """What a QuerySet sorts by."""
        return self.path


def _is_blank(raw: Any) -> bool:
    return raw is None or (isinstance(raw, str) and not raw.strip())


def _as_regex(pattern: str) -> str:
    special = ".^$*+?{}[]\\|()"
    return "".join(
        ".*" if letter == "%" else "." if letter == "_" else f"\\{letter}" if letter in special else letter
        for letter in pattern
    )


kinds: dict[str, Callable[..., Field]] = {}


def custom_kind(name: str) -> Callable[[Callable[..., Field]], Callable[..., Field]]:
    """Let customers add fields of this kind; the maker is given the options of the field as well."""

    def declare(make: Callable[..., Field]) -> Callable[..., Field]:
        kinds[name] = make
        return make

    return declare


def places(fields: Sequence[Field]) -> dict[str, Field]:
    """Fields by name."""
    return {field.name: field for field in fields}
