"""What phones and programs say to the server, and what it answers."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from lxml import etree

from potok.calendar import inviting, series
from potok.calendar import public as calendar
from potok.calendar.calendars import add as add_calendar
from potok.calendar.models import CalendarType, Event, Guest
from potok.kit.doors import opened
from potok.kit.errors import refusals
from potok.notify.public import Notice
from potok.people.public import Person
from tests.caldav.conftest import CAL, DAV, Phone, event, hrefs
from tests.company import Company

TEN = datetime(2030, 1, 2, 10, tzinfo=UTC)
SYNC = (
    '<D:sync-collection xmlns:D="DAV:"><D:sync-token>{token}</D:sync-token><D:sync-level>1</D:sync-level>'
    "<D:prop><D:getetag/></D:prop></D:sync-collection>"
)
QUERY = (
    '<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><D:getetag/><C:calendar-data/>'
    '</D:prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">{inner}</C:comp-filter>'
    "</C:comp-filter></C:filter></C:calendar-query>"
)


def test_a_device_finds_its_way_from_the_name_of_the_server(phone: Phone) -> None:
    answer = Client().generic("PROPFIND", "/.well-known/caldav")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/dav/")
    asked = (
        '<D:propfind xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><D:current-user-principal/>'
        "<C:calendar-home-set/><D:unknown/></D:prop></D:propfind>"
    )
    root = phone.ask("PROPFIND", "/dav/", asked).content.decode()
    assert f"/dav/people/{phone.person.pk}/" in root
    principal = phone.ask("PROPFIND", f"/dav/people/{phone.person.pk}/", asked).content.decode()
    assert f"/dav/calendars/{phone.person.pk}/" in principal
    assert "404 Not Found" in principal
    home = phone.ask("PROPFIND", f"/dav/calendars/{phone.person.pk}/", Depth="1").content.decode()
    assert "/own/" in home
    assert "/tasks/" in home
    assert "calendar-access" in Client().options("/dav/").headers["DAV"]


def test_of_others_nothing_is_said(firm_of: Company, phone: Phone) -> None:
    assert phone.ask("PROPFIND", f"/dav/calendars/{firm_of.alice.pk}/own/").status_code == 403
    assert phone.ask("PROPFIND", f"/dav/people/{firm_of.alice.pk}/").status_code == 403
    assert phone.ask("PUT", f"/dav/calendars/{firm_of.alice.pk}/own/x.ics", event()).status_code == 403
    assert phone.ask("PROPFIND", phone.path("shared-1")).status_code == 404


def test_an_event_is_written_down_read_changed_and_removed(phone: Phone) -> None:
    more = ("DTEND:20300102T113000Z", "LOCATION:Hall", "DESCRIPTION:Bring\\na pen", "BEGIN:VALARM", "ACTION:DISPLAY",
            "DESCRIPTION:x", "TRIGGER:-PT30M", "END:VALARM")  # fmt: skip
    answer = phone.put("a b.ics".replace(" ", "%20"), event("one", *more), **{"If-None-Match": "*"})
    assert answer.status_code == 201
    assert "ETag" not in answer.headers
    kept = Event.objects.get()
    assert (kept.title, kept.begins_at, kept.ends_at) == ("Visit", TEN, TEN + timedelta(minutes=90))
    assert (kept.place, kept.text, kept.remind_minutes, kept.person_id) == ("Hall", "Bring\na pen", 30, phone.person.pk)
    assert phone.names() == {"a%20b.ics"}
    text = phone.get("a%20b.ics")
    for line in ("UID:one", "SUMMARY:Visit", "LOCATION:Hall", "TRIGGER:-PT30M"):
        assert line in text
    assert phone.put("a%20b.ics", event("one", title="Later")).status_code == 204
    kept.refresh_from_db()
    assert (kept.title, kept.place, kept.remind_minutes) == ("Later", "", None)
    assert phone.ask("DELETE", phone.path(name="a%20b.ics")).status_code == 204
    assert phone.ask("DELETE", phone.path(name="a%20b.ics")).status_code == 404
    assert not Event.objects.exists()


def test_nothing_is_written_over_what_the_device_has_not_seen(phone: Phone) -> None:
    assert phone.put("one.ics", event(), **{"If-Match": '"x"'}).status_code == 412
    phone.put("one.ics", event())
    assert phone.put("one.ics", event(), **{"If-None-Match": "*"}).status_code == 412
    tag = phone.ask("GET", phone.path(name="one.ics")).headers["ETag"]
    assert phone.put("one.ics", event(title="Second"), **{"If-Match": tag}).status_code == 204
    assert phone.put("one.ics", event(title="Third"), **{"If-Match": tag}).status_code == 412
    assert phone.ask("DELETE", phone.path(name="one.ics"), **{"If-Match": tag}).status_code == 412
    assert Event.objects.get().title == "Second"


def test_the_same_event_is_never_there_twice(phone: Phone) -> None:
    phone.put("one.ics", event("same"))
    assert phone.put("other.ics", event("same")).status_code == 409
    own = Event.objects.get()
    assert phone.put("third.ics", event(f"event-{own.pk + 1}@potok")).status_code == 201
    assert phone.put("one.ics", event("another")).status_code == 403
    assert Event.objects.count() == 2


def test_a_series_goes_there_and_back_with_what_goes_otherwise(phone: Phone) -> None:
    text = event("daily", "RRULE:FREQ=DAILY;COUNT=5", "EXDATE:20300103T100000Z")
    apart = event("daily", "RECURRENCE-ID:20300104T100000Z", begins="20300104T150000Z", title="Moved")
    inner = apart[apart.index("BEGIN:VEVENT") : apart.index("END:VCALENDAR")]
    both = text.replace("END:VCALENDAR", inner + "END:VCALENDAR")
    for _twice in range(2):
        assert phone.put("daily.ics", both).status_code < 300
    master = Event.objects.get(series=None)
    assert master.repeats == "FREQ=DAILY;COUNT=5"
    assert master.skipped == [date(2030, 1, 3), date(2030, 1, 4)]
    moved = Event.objects.get(series=master)
    assert (moved.title, moved.begins_at.hour) == ("Moved", 15)
    shown = phone.get("daily.ics")
    assert shown.count("BEGIN:VEVENT") == 2
    assert shown.count("EXDATE") == 1
    assert "RECURRENCE-ID" in shown
    assert phone.names() == {"daily.ics"}
    assert phone.put("daily.ics", shown).status_code == 204
    assert list(Event.objects.order_by("pk").values_list("title", flat=True)) == ["Visit", "Moved"]
    assert phone.put("daily.ics", text).status_code == 204
    assert Event.objects.count() == 1


def test_one_that_is_called_off_on_the_phone_is_left_out(phone: Phone) -> None:
    text = event("daily", "RRULE:FREQ=DAILY", "CATEGORIES:Phone call")
    gone = event("daily", "RECURRENCE-ID:20300104T100000Z", "STATUS:CANCELLED", begins="20300104T100000Z")
    inner = gone[gone.index("BEGIN:VEVENT") : gone.index("END:VCALENDAR")]
    assert phone.put("daily.ics", text.replace("END:VCALENDAR", inner + "END:VCALENDAR")).status_code == 201
    kept = Event.objects.get()
    assert (kept.skipped, kept.kind) == ([date(2030, 1, 4)], "CALL")


def test_what_was_changed_here_is_told(phone: Phone) -> None:
    with opened(phone.person.pk, door="screen") as call:
        own = calendar.add(call, person=phone.person.pk, title="Daily", begins_at=TEN, repeats="daily")
    token = phone.report(SYNC.format(token="")).findtext(f"{DAV}sync-token")
    assert not hrefs(phone.report(SYNC.format(token=token)))
    with opened(phone.person.pk, door="screen") as call:
        series.change_one(call, event=own, day=date(2030, 1, 5), fields={"title": "Other"})
    root = phone.report(SYNC.format(token=token))
    assert hrefs(root) == {f"event-{own.pk}.ics"}
    with opened(phone.person.pk, door="screen") as call:
        calendar.remove(call, event=own)
    gone = phone.report(SYNC.format(token=root.findtext(f"{DAV}sync-token")))
    assert hrefs(gone, status="404") == {f"event-{own.pk}.ics"}
    assert phone.ask("REPORT", phone.path(), SYNC.format(token="urn:potok:sync:none")).status_code == 403


def test_the_same_state_has_the_same_mark(phone: Phone) -> None:
    def mark() -> str:
        answer = phone.ask("PROPFIND", phone.path()).content
        return str(etree.fromstring(answer).findtext(".//{http://calendarserver.org/ns/}getctag"))

    before = mark()
    assert mark() == before
    phone.put("one.ics", event())
    assert mark() != before


@pytest.mark.parametrize(
    ("inner", "found"),
    [
        ("", {"one.ics", "week.ics"}),
        ('<C:time-range start="20300102T090000Z" end="20300102T103000Z"/>', {"one.ics"}),
        ('<C:time-range start="20300301T000000Z" end="20300308T000000Z"/>', {"week.ics"}),
        ('<C:prop-filter name="SUMMARY"><C:text-match>VIS</C:text-match></C:prop-filter>', {"one.ics"}),
        (
            '<C:prop-filter name="SUMMARY"><C:text-match negate-condition="yes">vis</C:text-match></C:prop-filter>',
            {"week.ics"},
        ),
        ('<C:prop-filter name="RRULE"><C:is-not-defined/></C:prop-filter>', {"one.ics"}),
    ],
)
def test_a_question_is_answered_with_what_fits(phone: Phone, inner: str, found: set[str]) -> None:
    phone.put("one.ics", event("one", "DTEND:20300102T110000Z"))
    phone.put("week.ics", event("week", "RRULE:FREQ=WEEKLY", title="Round", begins="20300105T100000Z"))
    root = phone.report(QUERY.format(inner=inner))
    assert hrefs(root) == found
    assert len(root.findall(f".//{CAL}calendar-data")) == len(found)


def test_many_are_fetched_at_once_and_what_is_gone_is_said(phone: Phone) -> None:
    phone.put("one.ics", event())
    paths = "".join(f"<D:href>{phone.path(name=name)}</D:href>" for name in ("one.ics", "none.ics"))
    root = phone.report(
        '<C:calendar-multiget xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
        "<D:prop><C:calendar-data/></D:prop>"
        f"{paths}</C:calendar-multiget>"
    )
    assert hrefs(root) == {"one.ics", "none.ics"}
    assert hrefs(root, status="404") == {"none.ics"}


def test_guests_are_shown_and_never_written_to_by_a_device(
    firm_of: Company, phone: Phone, connect: Callable[[Person], Phone]
) -> None:
    with opened(firm_of.bob.pk, door="screen") as call:
        own = calendar.add(call, person=firm_of.bob.pk, title="Meeting", begins_at=TEN)
        inviting.invite(call, event=own, persons=[firm_of.alice.pk])
    before = Notice.objects.count()
    name = f"event-{own.pk}.ics"
    text = phone.get(name)
    assert f"mailto:{firm_of.alice.email}" in text
    stranger = "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:someone@else.example\r\nEND:VEVENT"
    assert phone.put(name, text.replace("END:VEVENT", stranger)).status_code == 204
    assert list(Guest.objects.values_list("person", flat=True)) == [firm_of.alice.pk]
    assert Notice.objects.count() == before
    alices = connect(firm_of.alice)
    said = alices.get(name).replace("PARTSTAT=NEEDS-ACTION", "PARTSTAT=ACCEPTED").replace("Meeting", "Party")
    assert alices.put(name, said).status_code == 204
    own.refresh_from_db()
    assert (own.title, Guest.objects.get().answer) == ("Meeting", "accepted")
    assert alices.ask("DELETE", alices.path(name=name)).status_code == 204
    assert Guest.objects.get().answer == "declined"
    assert Event.objects.filter(pk=own.pk).exists()
    assert alices.names() == set()


def test_a_shared_calendar_is_read_by_all_and_written_by_whoever_may(firm_of: Company, phone: Phone) -> None:
    with opened(None, door="start_up") as call:
        shared = add_calendar(call, type=CalendarType.objects.get(code="company"), title="Holidays")
        calendar.add(call, person=firm_of.alice.pk, title="Party", begins_at=TEN, calendar=shared.pk)
    code = f"shared-{shared.pk}"
    assert len(phone.names(code)) == 1
    answer = phone.put("mine.ics", event(), code)
    assert answer.status_code == 403
    assert b"valid-calendar-object-resource" in answer.content
    with opened(None, door="start_up") as call:
        calendar.calendars.change(call, calendar=shared, title="Holidays", colour=1, is_open=True)
    assert phone.put("mine.ics", event(), code).status_code == 201
    assert Event.objects.get(title="Visit").calendar_id == shared.pk
    assert not phone.names()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("no calendar", 400),
        ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", 403),
        (event("one").replace("VEVENT", "VJOURNAL"), 403),
        (event(""), 400),
        (event("one", "RRULE:FREQ=SECONDLY"), 403),
        (event("one", "RDATE:20300103T100000Z"), 403),
        (event("one", "RECURRENCE-ID:20300102T100000Z"), 403),
        (event("one", begins="yesterday"), 400),
        (event("one", "DTEND:99991231T000000Z"), 403),
        (event("one", title="x" * 5000), 403),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(phone: Phone, text: str, status: int) -> None:
    assert phone.put("one.ics", text).status_code == status
    assert not Event.objects.exists()


def test_a_refusal_says_in_a_sentence_what_is_wrong(firm_of: Company, phone: Phone) -> None:
    with opened(None, door="start_up") as call:
        shared = add_calendar(call, type=CalendarType.objects.get(code="company"), title="Holidays")
    phone.put("one.ics", event("one"))
    answers = {
        "caldav.unreadable": phone.put("x.ics", "no calendar"),
        "caldav.unsupported": phone.put("x.ics", event("x", "RRULE:FREQ=SECONDLY")),
        "caldav.uid_taken": phone.put("x.ics", event("one")),
        "caldav.read_only": phone.put("x.ics", event("x"), f"shared-{shared.pk}"),
    }
    for code, answer in answers.items():
        said = etree.fromstring(answer.content).findtext(f"{DAV}responsedescription")
        with translation.override(phone.person.language):
            begins = gettext(refusals()[code].sentence).partition("{")[0]
        assert said.startswith(begins), code


def test_questions_that_make_no_sense_are_refused(phone: Phone) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "boom">]><D:propfind xmlns:D="DAV:"><D:prop>&b;</D:prop></D:propfind>'
    assert phone.ask("PROPFIND", phone.path(), bomb).status_code == 400
    assert phone.ask("PROPFIND", phone.path(), "<a").status_code == 400
    assert phone.ask("REPORT", phone.path(), "<a/>").status_code == 403
    assert phone.ask("REPORT", phone.path()).status_code == 400
    assert phone.ask("MKCALENDAR", phone.path("new")).status_code == 403
    assert phone.ask("MOVE", phone.path()).status_code == 403
    assert phone.ask("POST", phone.path()).status_code == 405
    assert phone.put("event-99.ics", event()).status_code == 403
    assert phone.put("big.ics", "x" * 1_000_001).status_code == 413
    named = "<D:set><D:prop><D:displayname>X</D:displayname></D:prop></D:set>"
    asked = f'<D:propertyupdate xmlns:D="DAV:">{named}</D:propertyupdate>'
    answer = phone.ask("PROPPATCH", phone.path(), asked)
    assert answer.status_code == 207
    assert b"403 Forbidden" in answer.content


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [
        (";VALUE=DATE:20300102", ";VALUE=DATE:20300104", (date(2030, 1, 2), date(2030, 1, 3))),
        (";VALUE=DATE:20300102", "", (date(2030, 1, 2), date(2030, 1, 2))),
    ],
)
def test_whole_days_stay_whole(phone: Phone, begins: str, ends: str, expected: tuple[date, date]) -> None:
    more = (f"DTEND{ends}",) if ends else ()
    text = event("one", *more).replace("DTSTART:20300102T100000Z", f"DTSTART{begins}")
    assert phone.put("one.ics", text).status_code == 201
    kept = Event.objects.get()
    assert kept.whole_day
    assert (kept.begins_on, kept.ends_on) == expected
    assert f"DTSTART{begins}" in phone.get("one.ics")


def test_a_time_without_a_zone_is_meant_on_the_clock_of_the_person(phone: Phone) -> None:
    Person.objects.filter(pk=phone.person.pk).update(zone="Asia/Tokyo")
    phone.put("one.ics", event(begins="20300102T100000"))
    assert Event.objects.get().begins_at == datetime(2030, 1, 2, 1, tzinfo=UTC)
