"""What devices ask about each kind of address. A property is worked out only if it is asked for."""

from collections.abc import Callable, Mapping

from potok.caldav import addresses, collections, rules, snapshots, xml
from potok.caldav.collections import Shelf
from potok.caldav.thing import Thing
from potok.caldav.xml import APPLE, CS, Element, c, d, href, make
from potok.kit.calls import Call
from potok.people.public import Person

Properties = Mapping[str, Callable[[], list[Element | str]]]
CALENDAR_DATA = c("calendar-data")
TYPE = "text/calendar; charset=utf-8"
READ = ("read", "read-current-user-privilege-set")
WRITE = ("write", "write-content", "bind", "unbind")
REPORTS = ("calendar-query", "calendar-multiget", "free-busy-query")


def of_root(person: Person) -> Properties:
    """Of the entrance: who is there."""
    return {
        d("resourcetype"): lambda: [make(d("collection"))],
        d("displayname"): lambda: ["Potok"],
        **_whose(person),
    }


def of_principal(person: Person) -> Properties:
    """Of the person: where his calendars are."""
    return {
        d("resourcetype"): lambda: [make(d("collection")), make(d("principal"))],
        d("displayname"): lambda: [str(person)],
        d("principal-URL"): lambda: [href(addresses.principal(person.pk))],
        c("calendar-home-set"): lambda: [href(addresses.home(person.pk))],
        c("calendar-user-address-set"): lambda: [
            href(f"mailto:{person.email}"),
            href(addresses.principal(person.pk)),
        ],
        c("calendar-user-type"): lambda: ["INDIVIDUAL"],
        **_whose(person),
    }


def of_home(person: Person) -> Properties:
    """Of the place where the calendars stand."""
    return {
        d("resourcetype"): lambda: [make(d("collection"))],
        d("displayname"): lambda: [str(person)],
        d("owner"): lambda: [href(addresses.principal(person.pk))],
        d("current-user-privilege-set"): lambda: _may(READ),
        **_whose(person),
    }


def of_shelf(call: Call, person: Person, shelf: Shelf) -> Properties:
    """Of a calendar, or the list of tasks."""
    return {
        d("resourcetype"): lambda: [make(d("collection")), make(c("calendar"))],
        d("displayname"): lambda: [shelf.title],
        d("owner"): lambda: [href(addresses.principal(person.pk))],
        d("current-user-privilege-set"): lambda: _may((*READ, *(WRITE if shelf.may_write else ()))),
        d("supported-report-set"): _reports,
        d("sync-token"): lambda: [snapshots.keep(call, person, shelf)],
        f"{{{CS}}}getctag": lambda: [collections.state(shelf.source.tags())],
        f"{{{APPLE}}}calendar-color": lambda: [shelf.colour],
        f"{{{APPLE}}}calendar-order": lambda: [str(shelf.order)],
        c("supported-calendar-component-set"): lambda: [make(c("comp"), name=shelf.source.component)],
        c("supported-calendar-data"): lambda: [
            make(CALENDAR_DATA, **{"content-type": "text/calendar", "version": "2.0"})
        ],
        c("max-resource-size"): lambda: [str(rules.BODY_BYTES_MAX)],
        **_whose(person),
    }


def of_thing(thing: Thing) -> Properties:
    """Of an event or a task."""
    return {
        d("resourcetype"): list,
        d("getetag"): lambda: [f'"{thing.tag}"'],
        d("getcontenttype"): lambda: [TYPE],
        CALENDAR_DATA: lambda: [thing.written.to_ical().decode()],
    }


def of_name(tag: str) -> Properties:
    """Of an event or a task of which no more than its tag is asked."""
    return {
        d("resourcetype"): list,
        d("getetag"): lambda: [f'"{tag}"'],
        d("getcontenttype"): lambda: [TYPE],
    }


def answer(path: str, known: Properties, asked: Element | None) -> Element:
    """What is said of an address to a question: those named, or all, or only the names."""
    if asked is None or asked.find(d("allprop")) is not None:
        return xml.response(path, found=[make(tag, *known[tag]()) for tag in known if tag != CALENDAR_DATA])
    if asked.find(d("propname")) is not None:
        return xml.response(path, found=[make(tag) for tag in known])
    wanted = [one.tag for one in _named(asked)]
    found = [make(tag, *known[tag]()) for tag in wanted if tag in known]
    return xml.response(path, found=found, missing=[tag for tag in wanted if tag not in known])


def wants_text(asked: Element | None) -> bool:
    """Tell whether more than the tags of things is asked for."""
    return asked is not None and any(one.tag == CALENDAR_DATA for one in _named(asked))


def _named(asked: Element) -> list[Element]:
    inner = asked.find(d("prop"))
    return [] if inner is None else [one for one in inner if isinstance(one.tag, str)]


def _whose(person: Person) -> Properties:
    return {
        d("current-user-principal"): lambda: [href(addresses.principal(person.pk))],
        d("principal-collection-set"): lambda: [href(f"{addresses.ROOT}people/")],
    }


def _may(names: tuple[str, ...]) -> list[Element | str]:
    return [make(d("privilege"), make(d(name))) for name in names]


def _reports() -> list[Element | str]:
    known = [*(c(name) for name in REPORTS), d("sync-collection")]
    return [make(d("supported-report"), make(d("report"), make(tag))) for tag in known]
