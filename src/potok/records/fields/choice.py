"""One of a list of values. The value is the key; people see the title."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Q
from django.utils.translation import gettext

from potok.engine.values import CHOICE, Type, Value
from potok.records.fields.field import EQUALS, Field, Options, Unreadable, custom_kind


@dataclass(frozen=True)
class Choice(Field):
    """A list; a title is read as well as a key, in any letter case."""

    options: tuple[tuple[str, Any], ...] = ()

    kind: ClassVar[str] = "choice"
    operators: ClassVar[tuple[str, ...]] = EQUALS
    widget: ClassVar[str] = "choice"

    @property
    def item_type(self) -> Type:
        return CHOICE

    @property
    def titles(self) -> Mapping[str, Any]:
        """What people see, by key."""
        return dict(self.options)

    def item(self, raw: Any) -> Value:
        text = str(raw).strip()
        if text in self.titles:
            return text
        for key, title in self.options:
            if str(title).casefold() == text.casefold():
                return key
        known = ", ".join(str(title) for _, title in self.options)
        raise Unreadable(gettext("“%(text)s” is not in the list: %(known)s") % {"text": text, "known": known})

    def alone(self, given: Any) -> Q:
        """The condition that the value is one of these, for a filter that narrows by no other choice.

        By the value itself, whose frequency the database knows where `field_indexes` has made an index: what `props`
        contain it takes for rare, and sorts fifty thousand rows to show fifty. Of several choices it is the better way
        to ask what `props` contain, which one index answers for all of them.
        """
        items = given if isinstance(given, list | tuple) else [given]
        if not items or not self.custom or self.multiple:
            return self.where("in", given)
        if len(items) == 1:
            return Q(**{self.path: self.comparable(items[0])})
        return Q(**{f"{self.path}__in": [self.comparable(item) for item in items]})

    def to_columns(self, value: Value) -> tuple[Any, ...]:
        return (value or "",)

    def from_columns(self, held: tuple[Any, ...]) -> Value:
        return held[0] or None


@custom_kind("choice")
def _choice(options: Options, **given: Any) -> Field:
    pairs = tuple((str(one["key"]), one["title"]) for one in options if isinstance(one, dict))
    return Choice(**given, options=pairs)
