"""Lists: taking apart, putting together, turning."""

from potok.engine.expr.expression import Context, joined
from potok.engine.problems import _
from potok.engine.values import ANY, NUMBER, TEXT, Type, Value, many

from .declared import Arguments, function, needs, rest


def _item(arguments: Arguments) -> Type:
    return arguments[0][1].single


def _same(arguments: Arguments) -> Type:
    return many(arguments[0][1])


def _merged(arguments: Arguments) -> Type:
    types = {many(type_) for _node, type_ in arguments}
    return types.pop() if len(types) == 1 else many(ANY)


@function(
    "explode",
    _("The text taken apart at a separator, as a list."),
    needs("separator", TEXT),
    needs("text", TEXT),
    gives=many(TEXT),
    takes_empty=True,
)
def explode(separator: str | None, text: str | None) -> tuple[str, ...]:
    if not text:
        return ()
    return tuple(text.split(separator)) if separator else (text,)


@function(
    "implode",
    _("The items of a list as one text, with a separator between them."),
    needs("separator", TEXT),
    needs("list", many(ANY)),
    gives=TEXT,
    takes_empty=True,
    context=True,
)
def implode(context: Context, separator: str | None, items: tuple[Value, ...]) -> str:
    return joined(map(context.text, items), separator or "")


@function("merge", _("One list of all items, in order; doubles stay."), rest("list", ANY), gives=_merged,
          takes_empty=True)  # fmt: skip
def merge(*lists: Value) -> tuple[Value, ...]:
    return tuple(item for each in lists for item in _items(each))


@function("firstvalue", _("The first item of a list."), needs("list", many(ANY)), gives=_item, takes_empty=True)
def first(items: tuple[Value, ...]) -> Value:
    return items[0] if items else None


@function("swirl", _("The list with its first item moved to the end."), needs("list", many(ANY)), gives=_same,
          takes_empty=True)  # fmt: skip
def swirl(items: tuple[Value, ...]) -> tuple[Value, ...]:
    return items[1:] + items[:1]


@function("count", _("How many items the list has."), needs("list", many(ANY)), gives=NUMBER, takes_empty=True)
def count(items: tuple[Value, ...]) -> int:
    return len(items)


def _items(value: Value) -> tuple[Value, ...]:
    if isinstance(value, tuple):
        return value
    return () if value is None else (value,)
