"""Questions about a collection: what fits a filter, what has these addresses, what is new since the last time."""

from collections.abc import Callable, Iterable
from urllib.parse import unquote, urlsplit

from potok.caldav import addresses, filters, properties, rules, snapshots, writing, xml
from potok.caldav.collections import Shelf
from potok.caldav.xml import Element, c, d, make
from potok.kit.calls import Call
from potok.people.public import Person


class LostToken(Exception):  # noqa: N818 (what it is, not that it is an error)
    """A device names a state that is not kept any more: it has to look at everything again."""


def answered(call: Call, person: Person, shelf: Shelf, asked: Element) -> bytes:
    """Answer one of the questions that are known."""
    known: dict[str, Callable[[Call, Person, Shelf, Element], bytes]] = {
        c("calendar-query"): query,
        c("calendar-multiget"): multiget,
        d("sync-collection"): sync,
    }
    if asked.tag not in known:
        raise rules.UNSUPPORTED(what=str(asked.tag))
    return known[asked.tag](call, person, shelf, asked)


def query(call: Call, person: Person, shelf: Shelf, asked: Element) -> bytes:
    """What fits a filter."""
    wanted = asked.find(c("filter"))
    found = [one for one in shelf.source.things() if filters.fits(one, wanted)]
    return xml.many(_each(person, shelf, one.name, properties.of_thing(one), asked) for one in found)


def multiget(call: Call, person: Person, shelf: Shelf, asked: Element) -> bytes:
    """What has these addresses; of each that is not there, that it is not."""
    paths = [one.text or "" for one in asked.findall(d("href"))]
    names = {path: unquote(urlsplit(path).path.rsplit("/", 1)[-1]) for path in paths}
    found = {one.name: one for one in shelf.source.things(set(names.values()))}
    return xml.many(
        properties.answer(path, properties.of_thing(found[name]), asked) if name in found else xml.gone(path)
        for path, name in names.items()
    )


def free_busy(call: Call, shelf: Shelf, asked: Element) -> bytes:
    """When the calendar is taken, and nothing of what stands there (RFC 4791, 7.10)."""
    first, last = filters.span(asked.find(c("time-range")))
    return bytes(writing.free_busy(list(shelf.source.busy(first, last)), first, last, at=call.at).to_ical())


def sync(call: Call, person: Person, shelf: Shelf, asked: Element) -> bytes:
    """What is new, different or gone since a token was given."""
    before = snapshots.seen(person, shelf, asked.findtext(d("sync-token")) or "")
    if before is None:
        raise LostToken
    now = shelf.source.tags()
    changed = {name for name, tag in now.items() if before.get(name) != tag}
    token = make(d("sync-token"), snapshots.keep(call, person, shelf, tags=now))
    gone = [xml.gone(addresses.thing(person.pk, shelf, name)) for name in sorted(before.keys() - now.keys())]
    return xml.many([*_changed(person, shelf, changed, now, asked), *gone], token)


def _changed(
    person: Person, shelf: Shelf, changed: set[str], tags: dict[str, str], asked: Element
) -> Iterable[Element]:
    if properties.wants_text(asked):
        for one in shelf.source.things(changed):
            yield _each(person, shelf, one.name, properties.of_thing(one), asked)
        return
    for name in sorted(changed):
        yield _each(person, shelf, name, properties.of_name(tags[name]), asked)


def _each(person: Person, shelf: Shelf, name: str, known: properties.Properties, asked: Element) -> Element:
    return properties.answer(addresses.thing(person.pk, shelf, name), known, asked)
