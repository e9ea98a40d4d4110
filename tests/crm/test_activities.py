"""Activities: planned with clients, done with a result, shown where people look."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from potok.crm.activities import public as activities
from potok.crm.activities import rules
from potok.crm.activities.models import Activity
from potok.engine.values import RecordRef
from potok.kit import clock
from potok.kit.dialects import WireError
from potok.kit.doors import opened
from potok.kit.errors import Forbidden, Refused
from potok.notify.public import Notice, waiting_for
from potok.people.public import Extent, Person
from potok.records import public as records
from potok.records.public import Record
from potok.tasks import public as tasks
from tests.company import Company
from tests.crm.conftest import Ask
from tests.records.conftest import refused

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("starts", "done", "state"),
    [
        (NOON, None, "planned"),
        (NOON - timedelta(hours=1), None, "overdue"),
        (None, None, "planned"),
        (NOON - timedelta(hours=1), NOON, "done"),
    ],
)
def test_an_activity_is_planned_overdue_or_done(starts: datetime | None, done: datetime | None, state: str) -> None:
    assert rules.state(starts_at=starts, done_at=done, now=NOON - timedelta(minutes=1)) == state


def test_an_activity_does_not_end_before_it_begins() -> None:
    with refused("crm.activity.ends_before"):
        rules.check_times({}, {"starts_at": NOON, "ends_at": NOON - timedelta(hours=1)})
    rules.check_times({}, {"starts_at": NOON, "ends_at": None})


def add(name: str, /, *, by: int | None = None, **values: Any) -> Any:
    with opened(by, door="screen") as call:
        title = {} if name == "crm.contact" else {"title": "x"}
        return records.verbs[name].add(call, values={**title, **values})


def plan(about: list[Record], *, by: int | None = None, **values: Any) -> Activity:
    given = {"title": "Call back", "starts_at": clock.now() + timedelta(hours=1), "about": about, **values}
    row: Activity = add("crm.activity", by=by, **given)
    return row


@pytest.mark.django_db
def test_what_is_planned_waits_for_whoever_does_it_until_it_is_done(firm: Company) -> None:
    deal = add("crm.deal")
    row = plan([deal], responsible=firm.bob.pk)
    [one] = waiting_for(firm.bob.pk)
    assert (one.title, one.due_at, one.record_type, one.record_id) == ("Call back", row.starts_at, "crm.deal", deal.pk)
    with opened(None, door="screen") as call:
        done = activities.complete(call, activity=row, result="They agree")
    assert (done.is_done, done.result) == (True, "They agree")
    assert not waiting_for(firm.bob.pk)
    with opened(None, door="screen") as call, refused("crm.activity.done_already"):
        activities.complete(call, activity=done)
    with opened(None, door="screen") as call, refused("crm.activity.not_done"):
        activities.reopen(call, activity=activities.reopen(call, activity=done))
    with opened(None, door="screen") as call:
        activities.reopen(call, activity=done)
    assert len(waiting_for(firm.bob.pk)) == 1


@pytest.mark.django_db
def test_of_two_who_say_that_it_is_done_one_is_told_of_the_other(firm: Company) -> None:
    row = plan([], responsible=firm.bob.pk)
    late = Activity.objects.get(pk=row.pk)
    with opened(None, door="screen") as call:
        activities.complete(call, activity=row)
    with opened(None, door="screen") as call, refused("records.record.clash"):
        activities.complete(call, activity=late)


@pytest.mark.django_db
def test_an_activity_follows_its_responsible_person(firm: Company) -> None:
    row = plan([], responsible=firm.bob.pk)
    with opened(None, door="screen") as call:
        records.verbs["crm.activity"].change(call, record=row, values={"responsible": firm.fay.pk})
    assert (len(waiting_for(firm.bob.pk)), len(waiting_for(firm.fay.pk))) == (0, 1)
    with opened(None, door="screen") as call:
        records.verbs["crm.activity"].remove(call, record=row)
    assert not waiting_for(firm.fay.pk)


@pytest.mark.django_db
def test_somebody_for_whom_another_plans_is_told_and_nobody_of_his_own_plans(firm: Company) -> None:
    firm.grant("crm.activity.add")
    plan([], by=firm.alice.pk, responsible=firm.bob.pk)
    plan([], by=firm.alice.pk, responsible=firm.alice.pk)
    [told] = Notice.objects.all()
    assert (told.to_id, told.text.split(":")[0]) == (firm.bob.pk, "Alice Orlova")


@pytest.mark.django_db
def test_a_stranger_completes_nothing(firm: Company) -> None:
    row = plan([], responsible=firm.bob.pk)
    firm.grant("crm.activity.edit", extent=Extent.OWN, to=firm.carol)
    with opened(firm.carol.pk, door="screen") as call:
        for verb in (activities.complete, activities.reopen):
            [answer] = verb.many([(call, {"activity": row})])
            assert isinstance(answer, Forbidden)


@pytest.mark.django_db
def test_a_wrong_record_is_refused_with_an_example(firm: Company) -> None:
    with opened(None, door="screen") as call, pytest.raises(Refused) as caught:
        records.verbs["crm.activity"].add(call, values={"title": "x", "about": ["deal 7"]})
    assert (caught.value.code, caught.value.place) == ("records.field.unreadable", "about")
    with opened(None, door="screen") as call, refused("records.field.nothing_there"):
        records.verbs["crm.activity"].add(call, values={"title": "x", "about": ["crm.deal:777"]})


@pytest.mark.django_db
def test_activities_are_found_by_every_record_that_they_are_about(firm: Company) -> None:
    deal, contact = add("crm.deal"), add("crm.contact", name="Ann")
    later = plan([deal], starts_at=clock.now() + timedelta(days=2))
    sooner = plan([deal, contact])
    done = plan([contact], done_at=clock.now())
    assert list(activities.about([deal.ref], by=None)) == [sooner, later]
    assert list(activities.about([contact.ref], by=None)) == [sooner, done]
    assert list(activities.planned([contact.ref], by=None)) == [sooner]
    assert not activities.about([], by=None).exists()


# ----- screens --------------------------------------------------------------------------------------------------------


def browser(person: Person, *, script: bool = True) -> Client:
    client = Client(headers={"HX-Request": "true"} if script else {})
    client.force_login(person)
    return client


def allowed(firm: Company, *types: str) -> None:
    for name in ("crm.activity", *types):
        for act in ("see", "add", "edit"):
            firm.grant(f"{name}.{act}", extent=Extent.OWN, to=firm.bob)


@pytest.mark.django_db
def test_the_tab_of_a_record_lists_tasks_and_activities_by_their_time(firm: Company) -> None:
    allowed(firm, "crm.deal")
    deal = add("crm.deal", responsible=firm.bob.pk)
    now = clock.now()
    with opened(firm.bob.pk, door="screen") as call:
        tasks.add(call, title="A task", responsible=firm.bob.pk, deadline=now + timedelta(hours=2), records=[deal.ref])
    plan([deal], title="A later call", starts_at=now + timedelta(hours=3), responsible=firm.bob.pk)
    plan([deal], title="A sooner call", starts_at=now + timedelta(hours=1), responsible=firm.bob.pk)
    plan([deal], title="A call of others", responsible=firm.carol.pk)
    plan([deal], title="What was said", done_at=now, responsible=firm.bob.pk)
    page = browser(firm.bob).get(f"/tasks/about/crm.deal:{deal.pk}").content.decode()
    places = [page.index(title) for title in ("A sooner call", "A task", "A later call", "What was said")]
    assert places == sorted(places)
    assert "A call of others" not in page
    card = browser(firm.bob, script=False).get(f"/deals/{deal.pk}/?tab=tasks").content.decode()
    assert "A sooner call" in card
    assert browser(firm.carol).get(f"/tasks/about/crm.deal:{deal.pk}").status_code == 404


@pytest.mark.django_db
def test_a_form_plans_an_activity_with_the_clients_of_the_deal(firm: Company) -> None:
    allowed(firm, "crm.deal", "crm.company")
    company = add("crm.company", title="Ladoga", responsible=firm.bob.pk)
    deal = add("crm.deal", title="Filters", company=company, responsible=firm.bob.pk)
    page = browser(firm.bob).get(f"/activities/plan?about=crm.deal:{deal.pk}").content.decode()
    assert f'value="crm.company:{company.pk}"' in page
    sent = {
        "kind": "meeting", "day": "2026-12-01", "hour": "10:30", "until": "11:00", "responsible": str(firm.bob.pk),
        "about": [f"crm.deal:{deal.pk}", f"crm.company:{company.pk}"],
    }  # fmt: skip
    answer = browser(firm.bob).post("/activities/plan", sent)
    assert answer.status_code == 204
    row = Activity.objects.get()
    assert (row.title, row.kind, row.refs()) == ("Meeting", "meeting", (deal.ref, company.ref))
    assert row.starts_at == datetime(2026, 12, 1, 7, 30, tzinfo=UTC)
    assert row.ends_at == datetime(2026, 12, 1, 8, tzinfo=UTC)


@pytest.mark.django_db
def test_what_was_done_already_is_written_down_with_its_result(firm: Company) -> None:
    allowed(firm)
    sent = {"kind": "call", "responsible": str(firm.bob.pk), "done": "1", "result": "They will think"}
    browser(firm.bob).post("/activities/plan", sent)
    row = Activity.objects.get()
    assert (row.is_done, row.result) == (True, "They will think")
    assert not waiting_for(firm.bob.pk)


@pytest.mark.django_db
def test_it_is_done_in_the_inbox_and_on_its_card(firm: Company) -> None:
    allowed(firm)
    row = plan([], responsible=firm.bob.pk, text="<b>Loud</b>")
    inbox = browser(firm.bob, script=False).get(f"/inbox/?at=activity:{row.pk}").content.decode()
    assert f"/activities/{row.pk}/completion" in inbox
    assert "<b>Loud</b>" not in inbox
    card = browser(firm.bob, script=False).get(f"/activities/{row.pk}/").content.decode()
    assert f"/activities/{row.pk}/completion" in card
    answer = browser(firm.bob).post(f"/activities/{row.pk}/completion", {"result": "Agreed"})
    assert "Agreed" in answer.content.decode()
    browser(firm.bob).post(f"/activities/{row.pk}/completion/undo")
    assert not Activity.objects.get().is_done
    assert browser(firm.carol).post(f"/activities/{row.pk}/completion").status_code == 404


@pytest.mark.django_db
def test_the_board_shows_the_next_step(firm: Company) -> None:
    allowed(firm, "crm.deal")
    deal = add("crm.deal", responsible=firm.bob.pk)
    plan([deal], title="A later call", starts_at=clock.now() + timedelta(days=3), responsible=firm.bob.pk)
    plan([deal], title="A sooner call", responsible=firm.bob.pk)
    page = browser(firm.bob, script=False).get("/deals/board").content.decode()
    assert "A sooner call" in page
    assert "A later call" not in page


# ----- REST -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_activities_are_kept_and_found_under_foreign_names(ask: Ask, firm: Company) -> None:
    deal, company = ask("crm.deal.add", fields={"TITLE": "d"}), ask("crm.company.add", fields={"TITLE": "c"})
    given = {
        "OWNER_TYPE_ID": 2, "OWNER_ID": deal, "TYPE_ID": 2, "SUBJECT": "Call", "DIRECTION": 1, "DESCRIPTION": "text",
        "START_TIME": "2026-12-01T10:00:00+03:00", "RESPONSIBLE_ID": firm.bob.pk,
        "BINDINGS": [{"OWNER_TYPE_ID": 4, "OWNER_ID": company}],
    }  # fmt: skip
    id = ask("crm.activity.add", fields=given)
    ask("crm.activity.add", fields={"TYPE_ID": "1", "SUBJECT": "Meeting", "COMPLETED": "Y"})
    shown = ask("crm.activity.get", id=id)
    told = {
        "OWNER_TYPE_ID": "2", "OWNER_ID": str(deal), "TYPE_ID": "2", "DIRECTION": "1", "COMPLETED": "N",
        "START_TIME": "2026-12-01T07:00:00+00:00", "RESPONSIBLE_ID": str(firm.bob.pk),
    }  # fmt: skip
    assert {name: shown[name] for name in told} == told
    assert {"OWNER_TYPE_ID": "4", "OWNER_ID": str(company)} in shown["BINDINGS"]
    cases: list[tuple[dict[str, Any], int]] = [
        ({"OWNER_TYPE_ID": 4, "OWNER_ID": company}, 1),
        ({"COMPLETED": "Y"}, 1),
        ({"COMPLETED": "N", "TYPE_ID": 2}, 1),
        ({"TYPE_ID": [1, 2]}, 2),
        ({"!RESPONSIBLE_ID": firm.bob.pk, "STATUS": 1}, 0),
        ({">START_TIME": "2026-12-02"}, 0),
    ]
    for filter, count in cases:
        assert ask("crm.activity.list", filter=filter).total == count, filter
    assert ask("crm.activity.list", filter={"ID": id}, select=["ID", "SUBJECT"]).result == [
        {"ID": str(id), "SUBJECT": "Call"}
    ]
    assert ask("crm.activity.update", id=id, fields={"COMPLETED": "Y", "SUBJECT": "Called"}) is True
    assert ask("crm.activity.get", id=id)["STATUS"] == "2"
    assert ask("crm.activity.delete", id=id) is True
    with pytest.raises(WireError, match="not found"):
        ask("crm.activity.get", id=id)


@pytest.mark.django_db
def test_a_stranger_reads_and_writes_no_activity_over_rest(ask: Ask, firm: Company) -> None:
    id = ask("crm.activity.add", fields={"SUBJECT": "Call", "TYPE_ID": 2, "RESPONSIBLE_ID": firm.bob.pk})
    assert ask("crm.activity.list", by=firm.carol.pk).total == 0
    with pytest.raises(WireError, match="not found"):
        ask("crm.activity.get", by=firm.carol.pk, id=id)
    with pytest.raises(WireError, match="Access denied"):
        ask("crm.activity.add", by=firm.carol.pk, fields={"SUBJECT": "Mine", "TYPE_ID": 2})


def test_a_reference_is_spelled_and_read() -> None:
    from potok.crm.activities.about import read, spelled

    assert read(spelled(RecordRef("crm.deal", 7))) == RecordRef("crm.deal", 7)
