"""The door for devices: who comes in, what is asked for, and how it is answered (RFC 4918, 4791, 6578)."""

import base64
import binascii
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from potok.caldav import addresses, collections, devices, properties, reading, reports, rules, xml
from potok.caldav.collections import Shelf
from potok.caldav.thing import Thing
from potok.caldav.xml import Element, c, d
from potok.kit.calls import Call
from potok.kit.doors import opened
from potok.kit.errors import Missing, Overtaken, Refused
from potok.people.public import Person

DOOR = "caldav"
METHODS = "OPTIONS, GET, HEAD, PUT, DELETE, PROPFIND, PROPPATCH, REPORT"
MAKING = ("MKCALENDAR", "MKCOL", "COPY", "MOVE")
LEVELS = "1, 3, calendar-access"
MANY = 207


class Answered(Exception):  # noqa: N818 (an answer is no error)
    """What is asked is answered at once: nothing of it is kept."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


@csrf_exempt
@login_not_required
def well_known(request: HttpRequest) -> HttpResponse:
    """Lead a device to the entrance (RFC 6764)."""
    return HttpResponsePermanentRedirect(addresses.ROOT)


@csrf_exempt
@login_not_required
def door(request: HttpRequest, path: str = "") -> HttpResponse:
    """Let a device in by its own password and answer it in the language and the time of its person."""
    if request.method == "OPTIONS":
        return _told(HttpResponse())
    login, password = _signed(request)
    person = devices.admitted(login, password=password)
    if person is None:
        return _stranger(request, login)
    with translation.override(person.language), timezone.override(ZoneInfo(person.zone)):
        return _told(_answer(request, person, path))


def _answer(request: HttpRequest, person: Person, path: str) -> HttpResponse:
    try:
        if len(request.body) > rules.BODY_BYTES_MAX:
            return HttpResponse(status=413)
        with opened(person.pk, door=DOOR) as call:
            return _asked(request, call, person, path.split("/"))
    except Answered as answer:
        return answer.response
    except reports.LostToken:
        return _xml(xml.error(d("valid-sync-token")), status=403)
    except Refused as refused:
        return _refusal(refused)


def _asked(request: HttpRequest, call: Call, person: Person, path: list[str]) -> HttpResponse:
    """Find what the address names: the entrance, a person, his calendars, one of them, a thing in it."""
    place, *more = path
    if place and (not more or more[0] not in ("", str(person.pk))):
        return HttpResponse(status=403)  # of others nothing is said, not even that they are there
    if place == "people" or not place:
        known = properties.of_principal(person) if place else properties.of_root(person)
        return _place(request, addresses.principal(person.pk) if place else addresses.ROOT, known)
    if place != "calendars":
        return HttpResponse(status=404)
    shelves = collections.of(person)
    code, name = [*more[1:], "", ""][:2]
    if not code:
        return _home(request, call, person, shelves)
    shelf = next((one for one in shelves if one.code == code), None)
    if shelf is None:
        return HttpResponse(status=403 if request.method in MAKING else 404)
    return _thing(request, call, person, shelf, name) if name else _shelf(request, call, person, shelf)


def _place(request: HttpRequest, path: str, known: properties.Properties) -> HttpResponse:
    if request.method != "PROPFIND":
        return _unknown(request, path)
    return _xml(xml.many([properties.answer(path, known, xml.read(request.body))]))


def _home(request: HttpRequest, call: Call, person: Person, shelves: list[Shelf]) -> HttpResponse:
    path = addresses.home(person.pk)
    if request.method != "PROPFIND":
        return _unknown(request, path)
    asked = xml.read(request.body)
    found = [properties.answer(path, properties.of_home(person), asked)]
    if request.headers.get("Depth", "0") != "0":
        found += [
            properties.answer(addresses.shelf(person.pk, one), properties.of_shelf(call, person, one), asked)
            for one in shelves
        ]
    return _xml(xml.many(found))


def _shelf(request: HttpRequest, call: Call, person: Person, shelf: Shelf) -> HttpResponse:
    path = addresses.shelf(person.pk, shelf)
    if request.method == "REPORT":
        asked = xml.read(request.body)
        if asked is None:
            raise rules.UNREADABLE(reason="XML")
        if asked.tag == c("free-busy-query"):
            return HttpResponse(reports.free_busy(call, shelf, asked), content_type=properties.TYPE)
        return _xml(reports.answered(call, person, shelf, asked))
    if request.method != "PROPFIND":
        return _unknown(request, path)
    asked = xml.read(request.body)
    found = [properties.answer(path, properties.of_shelf(call, person, shelf), asked)]
    if request.headers.get("Depth", "0") != "0":
        found += _inside(person, shelf, asked)
    return _xml(xml.many(found))


def _inside(person: Person, shelf: Shelf, asked: Element | None) -> list[Element]:
    if properties.wants_text(asked):
        known = {one.name: properties.of_thing(one) for one in shelf.source.things()}
    else:
        known = {name: properties.of_name(tag) for name, tag in shelf.source.tags().items()}
    return [properties.answer(addresses.thing(person.pk, shelf, name), each, asked) for name, each in known.items()]


def _thing(request: HttpRequest, call: Call, person: Person, shelf: Shelf, name: str) -> HttpResponse:
    acts: dict[str, Callable[[], HttpResponse]] = {
        "GET": lambda: _text(_found(shelf, name)),
        "HEAD": lambda: _text(_found(shelf, name)),
        "PROPFIND": lambda: _place(
            request, addresses.thing(person.pk, shelf, name), properties.of_thing(_found(shelf, name))
        ),
        "PUT": lambda: _put(request, call, shelf, name),
        "DELETE": lambda: _delete(request, call, shelf, name),
    }
    act = acts.get(request.method or "")
    return act() if act else _unknown(request, addresses.thing(person.pk, shelf, name))


def _found(shelf: Shelf, name: str) -> Thing:
    for one in shelf.source.things({name}):
        return one
    raise Answered(HttpResponse(status=404))


def _text(thing: Thing) -> HttpResponse:
    return HttpResponse(thing.written.to_ical(), content_type=properties.TYPE, headers={"ETag": f'"{thing.tag}"'})


def _put(request: HttpRequest, call: Call, shelf: Shelf, name: str) -> HttpResponse:
    """Keep what a device wrote. It is told no tag: what is kept is not letter for letter what it sent."""
    _check(request, shelf, name)
    is_new = shelf.source.put(call, name, reading.calendar(request.body))
    return HttpResponse(status=201 if is_new else 204)


def _delete(request: HttpRequest, call: Call, shelf: Shelf, name: str) -> HttpResponse:
    _check(request, shelf, name)
    return HttpResponse(status=204 if shelf.source.remove(call, name) else 404)


def _check(request: HttpRequest, shelf: Shelf, name: str) -> None:
    """Refuse to write where the person only reads, and over what the device has not seen."""
    if not shelf.may_write:
        raise rules.READ_ONLY()
    seen, never = request.headers.get("If-Match"), request.headers.get("If-None-Match")
    if seen is None and never is None:
        return
    tag = next((one.tag for one in shelf.source.things({name})), None)
    is_seen = seen is None or (tag is not None and seen.strip() in ("*", f'"{tag}"', f'W/"{tag}"'))
    is_new = never is None or tag is None or never.strip() not in ("*", f'"{tag}"')
    if not (is_seen and is_new):
        raise Answered(HttpResponse(status=412))


def _unknown(request: HttpRequest, path: str) -> HttpResponse:
    """What is not done here: properties stay as they are, collections are made on the site."""
    if request.method == "PROPPATCH":
        asked = xml.read(request.body)
        tags = [] if asked is None else [one.tag for each in asked.iter(d("prop")) for one in each]
        return _xml(xml.many([xml.refused(path, tags)]))
    if request.method in MAKING:
        return HttpResponse(status=403)
    return HttpResponse(status=405, headers={"Allow": METHODS})


def _refusal(refused: Refused) -> HttpResponse:
    """What was refused, with the name under which programs know it, and a sentence."""
    if refused.code == rules.UID_TAKEN.code:
        return _xml(xml.error(c("no-uid-conflict"), sentence=refused.sentence()), status=409)
    if isinstance(refused, Missing):
        return HttpResponse(refused.sentence(), status=404, content_type="text/plain; charset=utf-8")
    status = 409 if isinstance(refused, Overtaken) else 400 if refused.code == rules.UNREADABLE.code else 403
    condition = c("valid-calendar-object-resource") if status != 409 else c("valid-calendar-data")
    return _xml(xml.error(condition, sentence=refused.sentence()), status=status)


def _signed(request: HttpRequest) -> tuple[str, str]:
    kind, _, told = request.headers.get("Authorization", "").partition(" ")
    try:
        login, _, password = base64.b64decode(told, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return "", ""
    return (login, password) if kind.lower() == "basic" else ("", "")


def _stranger(request: HttpRequest, login: str) -> HttpResponse:
    """Ask for the password; whoever guesses is made to wait."""
    if login and devices.is_over(login, address=request.META.get("REMOTE_ADDR", "")):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    return HttpResponse(status=401, headers={"WWW-Authenticate": 'Basic realm="Potok", charset="UTF-8"'})


def _xml(body: bytes, *, status: int = MANY) -> HttpResponse:
    return HttpResponse(body, status=status, content_type="application/xml; charset=utf-8")


def _told(response: HttpResponse) -> HttpResponse:
    response.headers["DAV"] = LEVELS
    response.headers.setdefault("Allow", METHODS)
    return response
