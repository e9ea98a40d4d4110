"""Calendars of others: read in the background, drawn beside one's own, told of when they cannot be read."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from potok.caldav import fetching, foreign, rules, subscribing
from potok.caldav.models import Foreign, Subscription
from potok.calendar.access import KEEP
from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import Refused, Trouble
from potok.notify.public import outside
from potok.people.public import Person
from tests.caldav.conftest import event
from tests.company import Company

ADDRESS = "https://partner.example/plan.ics"
Site = dict[str, httpx.Response | Exception]


def calendar(*events: str, head: str = "") -> bytes:
    inside = "".join(each.partition("PRODID:-//Phone//EN\r\n")[2].removesuffix("END:VCALENDAR\r\n") for each in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{inside}END:VCALENDAR\r\n".encode()


def browser(person: Person) -> Client:
    client = Client(headers={"HX-Request": "true"})
    client.force_login(person)
    return client


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    """What stands at which address, and what was asked last."""
    stands: Site = {}

    def answer(request: httpx.Request) -> httpx.Response:
        found = stands[str(request.url)]
        if isinstance(found, Exception):
            raise found
        if found.headers.get("ETag") and request.headers.get("If-None-Match") == found.headers["ETag"]:
            return httpx.Response(304)
        return found

    monkeypatch.setattr(outside, "Judged", lambda **_given: httpx.MockTransport(answer))
    return stands


@pytest.fixture
def subscribe(firm_of: Company) -> Callable[..., Subscription]:
    def to(address: str = ADDRESS, by: Person | None = None, **given: object) -> Subscription:
        with opened((by or firm_of.bob).pk, door="screen") as call:
            return subscribing.add(call, address=address, **given)  # type: ignore[arg-type]

    return to


Subscribe = Callable[..., Subscription]


def shown(person: Person, day: str = "2030-01-02") -> str:
    return browser(person).get(f"/calendar/?day={day}").content.decode()


def test_a_calendar_of_others_stands_beside_ones_own(firm_of: Company, site: Site, subscribe: Subscribe) -> None:
    one = subscribe(colour=3)
    site[ADDRESS] = httpx.Response(200, content=calendar(event(), head="X-WR-CALNAME:Partner <b>\r\n"))
    assert fetching.serve() == 1
    assert fetching.serve() == 0, "it is read again in an hour"
    one.refresh_from_db()
    assert (one.title, one.problem, one.passed_over) == ("Partner <b>", "", 0)
    page = shown(firm_of.bob)
    assert "Visit" in page
    assert "Partner &lt;b&gt;" in page
    assert "data-moves" not in page
    assert "Visit" not in shown(firm_of.carol), "it is nobody else's"
    row = Foreign.objects.get()
    assert "Partner &lt;b&gt;" in browser(firm_of.bob).get(f"/calendar/subscribed/{row.pk}/").content.decode()
    assert browser(firm_of.carol).get(f"/calendar/subscribed/{row.pk}/").status_code == 404


def test_what_was_read_stays_when_it_cannot_be_read_again_and_why_is_told(
    firm_of: Company, site: Site, subscribe: Subscribe
) -> None:
    one = subscribe(title="Partner")
    site[ADDRESS] = httpx.Response(200, content=calendar(event()))
    fetching.serve()
    site[ADDRESS] = httpx.Response(503)
    rests: list[bool] = []
    for _time in range(3):
        Subscription.objects.update(next_at=clock.now())
        fetching.serve()
        one.refresh_from_db()
        rests.append(one.next_at - clock.now() > timedelta(hours=2 ** len(rests)))
    assert one.problem == "partner.example answers with 503. Ask whoever publishes the calendar for its address."
    assert rests == [True, True, True], "the more often it fails, the less often it is asked"
    assert "Visit" in shown(firm_of.bob)
    assert "answers with 503" in shown(firm_of.bob)
    assert "answers with 503" in browser(firm_of.bob).get("/calendar/subscriptions/").content.decode()
    site[ADDRESS] = httpx.Response(200, content=calendar(event(title="Other")))
    browser(firm_of.bob).post(f"/calendar/subscriptions/{one.pk}/reading")
    fetching.serve()
    assert "Other" in shown(firm_of.bob)
    assert "503" not in shown(firm_of.bob)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (httpx.Response(404), "answers with 404"),
        (httpx.Response(200, content=b"<html>BEGIN</html>"), "not a calendar|no calendar at this address"),
        (httpx.Response(200, content=b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:X"), "no calendar data"),
        (httpx.Response(200, content=b"x" * (fetching.BYTES_MAX + 1)), "more than 3 MB"),
        (httpx.Response(302, headers={"Location": ADDRESS}), "from one address to another"),
        (httpx.ConnectTimeout("timed out"), "cannot be reached: timed out"),
        (Trouble("notify.inside", "X", lasting=True), "stands in the network of this server"),
    ],
)
def test_each_failure_says_what_is_wrong(
    firm_of: Company, site: Site, subscribe: Subscribe, answer: httpx.Response | Exception, told: str
) -> None:
    one = subscribe()
    site[ADDRESS] = answer
    fetching.serve()
    one.refresh_from_db()
    assert any(each in one.problem for each in told.split("|")), one.problem
    assert one.failures == 1


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x.ics", "http://[::1]/x.ics", "http://10.1.2.3/x.ics"])
def test_nothing_is_fetched_from_within_the_own_network(address: str) -> None:
    with pytest.raises(Trouble) as trouble:
        fetching.fetch(address)
    assert trouble.value.code == "caldav.subscription.inside"


def test_a_site_that_has_nothing_new_costs_nothing(firm_of: Company, site: Site, subscribe: Subscribe) -> None:
    subscribe()
    site[ADDRESS] = httpx.Response(200, content=calendar(event()), headers={"ETag": '"a"'})
    fetching.serve()
    before = Foreign.objects.get().pk
    Subscription.objects.update(next_at=clock.now())
    fetching.serve()
    assert Foreign.objects.get().pk == before


def test_what_cannot_be_kept_is_counted_and_the_rest_is_shown() -> None:
    hourly = event("odd", "RRULE:FREQ=HOURLY")
    cancelled = event("off", "STATUS:CANCELLED", title="Called off")
    read = foreign.read(calendar(event(), hourly, cancelled), zone="UTC")
    assert [one.title for one in read.events] == ["Visit"]
    assert read.passed_over == 1


def test_one_of_a_series_goes_otherwise_and_one_is_left_out() -> None:
    series = event("one", "RRULE:FREQ=DAILY;COUNT=4", "EXDATE:20300104T100000Z")
    other = event("one", "RECURRENCE-ID:20300103T100000Z", begins="20300103T120000Z", title="Later")
    read = foreign.read(calendar(series, other), zone="UTC")
    first = datetime(2030, 1, 1, tzinfo=ZoneInfo("UTC"))
    times = {each.title: each.as_event().times(first, first + timedelta(days=9)) for each in read.events}
    assert [f"{at:%d %H}" for at in times["Visit"]] == ["02 10", "05 10"]
    assert [f"{at:%d %H}" for at in times["Later"]] == ["03 12"]


def test_a_holiday_is_a_whole_day_wherever_it_is_read(firm_of: Company, site: Site, subscribe: Subscribe) -> None:
    subscribe()
    holiday = event(begins="X").replace("DTSTART:X", "DTSTART;VALUE=DATE:20300107")
    site[ADDRESS] = httpx.Response(200, content=calendar(holiday, head="X-WR-TIMEZONE:Asia/Vladivostok\r\n"))
    fetching.serve()
    one = Foreign.objects.get().as_event()
    assert (one.begins_on, one.ends_on) == (date(2030, 1, 7), date(2030, 1, 7))
    assert "Visit" in browser(firm_of.bob).get("/calendar/?view=day&day=2030-01-07").content.decode()
    assert "Visit" not in browser(firm_of.bob).get("/calendar/?view=day&day=2030-01-06").content.decode()


def test_too_many_events_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign, "EVENTS_MAX", 2)
    with pytest.raises(Refused) as refused:
        foreign.read(calendar(*(event(str(number)) for number in range(3))), zone="UTC")
    assert refused.value.code == "caldav.subscription.too_many_events"


@pytest.mark.parametrize(
    "address", ["", "plan.ics", "ftp://a.example/x", "file:///etc/passwd", "https://", "http://me:word@a.example/x", "http://a:b/"]
)  # fmt: skip
def test_what_is_no_address_is_refused(firm_of: Company, subscribe: Subscribe, address: str) -> None:
    with pytest.raises(Refused) as refused:
        subscribe(address)
    assert refused.value.code == "caldav.subscription.wrong_address"


def test_an_address_is_subscribed_to_once(firm_of: Company, subscribe: Subscribe) -> None:
    assert subscribe("webcal://partner.example/plan.ics").address == ADDRESS
    with pytest.raises(Refused) as refused:
        subscribe()
    assert refused.value.code == "caldav.subscription.twice"


def test_for_everybody_only_who_keeps_calendars_subscribes(firm_of: Company, site: Site, subscribe: Subscribe) -> None:
    with pytest.raises(Refused) as refused:
        subscribe(is_shared=True)
    assert refused.value.code == "kit.forbidden"
    firm_of.grant(KEEP, to=firm_of.alice)
    one = subscribe(by=firm_of.alice, is_shared=True)
    site[ADDRESS] = httpx.Response(200, content=calendar(event()))
    fetching.serve()
    assert "Visit" in shown(firm_of.carol)
    assert "Visit" not in shown(firm_of.eve), "who is from outside sees nothing of it"
    browser(firm_of.carol).post(f"/calendar/subscriptions/{one.pk}/shown")
    assert "10:00" not in shown(firm_of.carol).partition("calendar-bar")[2].partition("Visit")[2]
    assert "Visit" in shown(firm_of.bob)


def test_a_subscription_is_renamed_hidden_and_given_up(firm_of: Company, site: Site, subscribe: Subscribe) -> None:
    one = subscribe()
    site[ADDRESS] = httpx.Response(200, content=calendar(event()))
    fetching.serve()
    with opened(firm_of.bob.pk, door="screen") as call:
        subscribing.change(call, subscription=one, title="Partner", colour=99, is_shared=False)
        subscribing.show(call, subscription=one, shown=False)
    assert (str(one), one.tone) == ("Partner", "tint-1")
    assert "Visit" not in shown(firm_of.bob)
    browser(firm_of.bob).post(f"/calendar/subscriptions/{one.pk}/shown", {"shown": "1"})
    assert "Visit" in shown(firm_of.bob)
    browser(firm_of.bob).post(f"/calendar/subscriptions/{one.pk}/removal")
    assert not Foreign.objects.exists()


def test_a_stranger_does_nothing_with_a_subscription(firm_of: Company, subscribe: Subscribe) -> None:
    one, carol = subscribe(), browser(firm_of.carol)
    for act in ("", "removal", "reading", "shown"):
        answer = carol.post(f"/calendar/subscriptions/{one.pk}/{act}", {"title": "X"})
        assert "caldav.subscription.missing" in answer.headers["HX-Trigger"]
    asked: list[Callable[..., object]] = [
        subscribing.remove,
        subscribing.read_again,
        lambda call, subscription: subscribing.show(call, subscription=subscription, shown=False),
        lambda call, subscription: subscribing.change(
            call, subscription=subscription, title="X", colour=1, is_shared=False
        ),
    ]
    for act_of in asked:
        with pytest.raises(Refused), opened(firm_of.carol.pk, door="screen") as call:
            act_of(call, subscription=one)
    assert Subscription.objects.get() == one


def test_what_is_no_calendar_is_refused_by_its_name() -> None:
    with pytest.raises(Refused) as refused:
        foreign.read(b"<html>", zone="UTC")
    assert refused.value.code == "caldav.subscription.no_calendar"


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"BEGIN:VEVENT\r\n", b"BEGIN:VEVENT\r\nUID:1\r\nDTSTART:"]))
def test_whatever_is_sent_is_read_or_refused_in_words(rubbish: bytes, before: bytes) -> None:
    with suppress(Refused):
        foreign.read(b"BEGIN:VCALENDAR\r\n" + before + rubbish + b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", zone="UTC")


def test_it_is_asked_less_and_less_often_but_every_day() -> None:
    rests = [rules.rests(failures) for failures in range(12)]
    assert rests[0] == timedelta(hours=1)
    assert rests == sorted(rests)
    assert rests[-1] == timedelta(days=1)
