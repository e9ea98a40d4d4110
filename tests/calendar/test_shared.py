"""Calendars of groups, of the company and of rooms: who sees them, who writes, what their types promise."""

from datetime import datetime
from typing import Any

import pytest

from potok.calendar import access, calendars, operations, queries, rules
from potok.calendar.models import Calendar, CalendarType, Event
from potok.calendar.web import entries
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.people.public import Group, Person
from tests.calendar.conftest import Add, browser
from tests.company import Company


def typed(code: str) -> CalendarType:
    return CalendarType.objects.get(code=code)


@pytest.fixture
def of_group(firm_of: Company) -> Calendar:
    with opened(None, door="start_up") as call:
        return calendars.add(call, type=typed("group"), group=firm_of.group)


@pytest.fixture
def of_company(firm_of: Company) -> Calendar:
    with opened(None, door="start_up") as call:
        return calendars.add(call, type=typed("company"), title="Holidays", colour=3)


def members(group: Group) -> set[int]:
    return set(group.people.values_list("pk", flat=True))


def seen_by(person: Person) -> set[int]:
    return set(access.seen(person.pk).values_list("pk", flat=True))


def test_the_calendar_of_a_group_is_seen_and_written_by_its_people_only(
    firm_of: Company, of_group: Calendar, add: Add
) -> None:
    everybody = (firm_of.alice, firm_of.bob, firm_of.carol, firm_of.eve)
    assert str(of_group) == firm_of.group.name
    for one in everybody:
        is_in = one.pk in members(firm_of.group)
        assert (of_group.pk in seen_by(one)) is is_in
        if is_in:
            event = add(by=one, person=one.pk, calendar=of_group.pk)
            assert queries.visible_to(one.pk).filter(pk=event.pk).exists()
        else:
            with pytest.raises(Refused) as refused:
                add(by=one, person=one.pk, calendar=of_group.pk)
            assert refused.value.code == "calendar.calendar.not_yours"
            assert not queries.visible_to(one.pk).filter(calendar=of_group).exists()


def test_the_calendar_of_the_company_is_seen_by_all_who_work_here(firm_of: Company, of_company: Calendar) -> None:
    assert of_company.pk in seen_by(firm_of.carol)
    assert of_company.pk not in seen_by(firm_of.eve)


def test_it_is_written_by_the_permission_or_when_it_is_open(firm_of: Company, of_company: Calendar, add: Add) -> None:
    bob = firm_of.bob
    with pytest.raises(Refused):
        add(by=bob, calendar=of_company.pk)
    firm_of.grant(access.WRITE, to=bob)
    assert add(by=bob, calendar=of_company.pk).calendar_id == of_company.pk
    with pytest.raises(Refused):
        add(by=firm_of.carol, person=firm_of.carol.pk, calendar=of_company.pk)
    Calendar.objects.update(is_open=True)
    assert add(by=firm_of.carol, person=firm_of.carol.pk, calendar=of_company.pk)


def test_a_stranger_changes_moves_and_removes_nothing(firm_of: Company, of_company: Calendar, add: Add) -> None:
    event, mine = add(calendar=of_company.pk), add(by=firm_of.carol, person=firm_of.carol.pk)
    with opened(firm_of.bob.pk, door="screen") as call:
        for act in (operations.remove, lambda call, event: operations.change(call, event=event, fields={"title": "X"})):
            with pytest.raises(Refused) as refused:
                act(call, event=event)
            assert refused.value.code == "calendar.calendar.not_yours"
    with opened(firm_of.carol.pk, door="screen") as call, pytest.raises(Refused):
        operations.change(call, event=mine, fields={"calendar": of_company.pk})


def test_it_stands_beside_ones_own_until_it_is_hidden(
    firm_of: Company, of_company: Calendar, add: Add, tomorrow: datetime
) -> None:
    add(title="Founders' day", calendar=of_company.pk, person=firm_of.alice.pk)
    bob = browser(firm_of.bob)
    url = f"/calendar/?day={tomorrow:%Y-%m-%d}"
    assert "Founders" in bob.get(url).content.decode()
    assert f"tint-{of_company.colour}" in bob.get(url).content.decode()
    bob.post(f"/calendars/{of_company.pk}/shown", {})
    assert "Founders" not in bob.get(url).content.decode()
    assert "Founders" in browser(firm_of.carol).get(url).content.decode()
    bob.post(f"/calendars/{of_company.pk}/shown", {"shown": "1"})
    assert "Founders" in bob.get(url).content.decode()
    assert browser(firm_of.eve).post(f"/calendars/{of_company.pk}/shown", {}).status_code in (403, 404)


def test_it_takes_no_time_of_whoever_wrote_it(firm_of: Company, of_company: Calendar, add: Add) -> None:
    event = add(calendar=of_company.pk)
    found = entries.between(firm_of.bob.pk, event.begins_at, event.ends_at, by=firm_of.bob.pk)
    assert not found


@pytest.mark.parametrize(
    ("type", "owner", "code"),
    [
        ("moon", None, "calendar.type.unknown"),
        ("group", None, "calendar.calendar.no_owner"),
        ("group", 987654, "calendar.calendar.none"),
        ("company", None, "calendar.calendar.none"),
    ],
)
def test_what_names_no_calendar_is_refused(firm_of: Company, type: str, owner: int | None, code: str) -> None:
    with pytest.raises(Refused) as refused:
        queries.shared(type=type, owner=owner)
    assert refused.value.code == code


def test_a_type_and_an_owner_name_a_calendar(firm_of: Company, of_group: Calendar, of_company: Calendar) -> None:
    assert queries.shared(type="") is None
    assert queries.shared(type="user", owner=firm_of.bob.pk) is None
    assert queries.shared(type="GROUP", owner=firm_of.group.pk) == of_group.pk
    assert queries.shared(type="company") == of_company.pk


@pytest.fixture
def rooms(firm_of: Company) -> CalendarType:
    with opened(None, door="start_up") as call:
        return calendars.add_type(call, code="room", title="Rooms")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"code": "group", "title": "X"}, "calendar.type.taken"),
        ({"code": "две", "title": "X"}, "calendar.type.wrong_code"),
        ({"code": "car", "title": " "}, "calendar.calendar.unnamed"),
        ({"code": "car", "title": "X", "whose": "nobody"}, "calendar.type.unknown_whose"),
    ],
)
def test_a_type_that_makes_no_sense_is_refused(firm_of: Company, given: dict[str, Any], code: str) -> None:
    with opened(None, door="start_up") as call, pytest.raises(Refused) as refused:
        calendars.add_type(call, **given)
    assert refused.value.code == code


def test_a_type_in_use_stays(firm_of: Company, rooms: CalendarType) -> None:
    with opened(None, door="start_up") as call:
        hall = calendars.add(call, type=rooms, title="Hall")
        with pytest.raises(Refused) as refused:
            calendars.remove_type(call, type=rooms)
        assert refused.value.code == "calendar.type.in_use"
        calendars.remove(call, calendar=hall)
        calendars.remove_type(call, type=rooms)
    assert not CalendarType.objects.filter(code="room").exists()


def test_a_type_of_the_product_stays_and_may_be_renamed(firm_of: Company) -> None:
    with opened(None, door="start_up") as call:
        with pytest.raises(Refused) as refused:
            calendars.remove_type(call, type=typed("group"))
        assert refused.value.code == "calendar.type.stays"
        assert str(calendars.rename_type(call, type=typed("group"), title="Teams")) == "Teams"


def test_a_calendar_in_which_something_stands_stays(firm_of: Company, of_company: Calendar, add: Add) -> None:
    add(calendar=of_company.pk)
    with opened(None, door="start_up") as call, pytest.raises(Refused) as refused:
        calendars.remove(call, calendar=of_company)
    assert refused.value.code == "calendar.calendar.in_use"


@pytest.mark.parametrize(
    ("type", "more", "code"),
    [
        ("user", {"title": "X"}, "calendar.calendar.not_shared"),
        ("group", {"title": "X"}, "calendar.calendar.no_group"),
        ("company", {}, "calendar.calendar.unnamed"),
        ("company", {"title": "X", "colour": 9}, "calendar.calendar.wrong_colour"),
    ],
)
def test_a_calendar_that_makes_no_sense_is_refused(
    firm_of: Company, type: str, more: dict[str, Any], code: str
) -> None:
    with opened(None, door="start_up") as call, pytest.raises(Refused) as refused:
        calendars.add(call, type=typed(type), **more)
    assert refused.value.code == code


def test_a_group_has_one_calendar(firm_of: Company, of_group: Calendar) -> None:
    with opened(None, door="start_up") as call, pytest.raises(Refused) as refused:
        calendars.add(call, type=typed("group"), group=firm_of.group)
    assert refused.value.code == "calendar.calendar.group_has_one"


def test_they_are_kept_on_a_page_by_whoever_may(firm_of: Company) -> None:
    assert browser(firm_of.bob).get("/calendars/").status_code == 403
    firm_of.grant(access.KEEP, to=firm_of.bob)
    bob = browser(firm_of.bob)
    assert bob.post("/calendars/types/", {"code": "room", "title": "Rooms", "whose": "named"}).status_code < 400
    given = {"type": str(typed("room").pk), "title": "Hall <i>", "colour": "5"}
    assert bob.post("/calendars/new", given).status_code < 400
    assert "Hall &lt;i&gt;" in bob.get("/calendars/").content.decode()
    hall = Calendar.objects.get(title="Hall <i>")
    assert "Hall" in bob.get(f"/calendars/{hall.pk}/").content.decode()
    assert bob.post(f"/calendars/{hall.pk}/", {"title": "Hall", "colour": "2", "is_open": "1"}).status_code < 400
    hall.refresh_from_db()
    assert (hall.title, hall.colour, hall.is_open) == ("Hall", 2, True)
    typed_in = {"title": "Party", "day": "2026-12-24", "hour": "18:00", "calendar": str(hall.pk)}
    assert bob.post("/calendar/new", typed_in).status_code < 400
    assert Event.objects.get(calendar=hall).title == "Party"
    assert bob.post(f"/calendars/{hall.pk}/removal").status_code == 409
    Event.objects.all().delete()
    assert bob.post(f"/calendars/{hall.pk}/removal").status_code < 400
    assert bob.post(f"/calendars/types/{typed('room').pk}/removal").status_code < 400
    assert rules.TYPES.keys() == set(CalendarType.objects.values_list("code", flat=True))


def test_a_calendar_is_shown_and_changed_by_whom_it_is_open_to(firm_of: Company, of_group: Calendar) -> None:
    outside = next(one for one in (firm_of.carol, firm_of.bob, firm_of.fay) if one.pk not in members(firm_of.group))
    with opened(outside.pk, door="screen") as call:
        with pytest.raises(Refused) as refused:
            calendars.show(call, calendar=of_group, shown=False)
        assert refused.value.code == "calendar.calendar.missing"
    with opened(outside.pk, door="screen") as call, pytest.raises(Refused):
        calendars.change(call, calendar=of_group, title="Mine", colour=1, is_open=True)
    with opened(None, door="start_up") as call:
        assert calendars.change(call, calendar=of_group, title="Team", colour=2, is_open=False).tone == "tint-2"
