"""Whatever comes in finds its client or becomes a lead; nothing is lost and nothing comes twice."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from potok.crm.activities.models import Activity
from potok.crm.leads import public as leads
from potok.crm.leads import rules
from potok.crm.leads.models import Lead, TakenIn
from potok.crm.leads.rules import Known, Place
from potok.kit.doors import opened
from potok.kit.errors import Forbidden
from potok.notify.public import Notice
from potok.records import public as records
from potok.records.public import Stage
from tests.company import Company
from tests.crm.conftest import Ask
from tests.crm.test_leads import add
from tests.records.conftest import refused

PHONE = "8 (812) 000-11-01"


# ----- decisions ------------------------------------------------------------------------------------------------------


PLACES: list[tuple[str, dict[str, list[Known]], Place]] = [
    ("nobody is known", {}, Place()),
    ("a contact with his firm", {"contacts": [Known(1, 5, company=2)]}, Place(1, 2, None, None, 5)),
    ("a company alone", {"companies": [Known(2, 6)]}, Place(None, 2, None, None, 6)),
    (
        "who answers for the open deal is told",
        {"contacts": [Known(1, 5)], "deals": [Known(3, 7), Known(4, 8)]},
        Place(1, None, 3, None, 7),
    ),
    (
        "a deal of nobody leaves the answer to whoever has the client",
        {"contacts": [Known(1, 5)], "deals": [Known(3)]},
        Place(1, None, 3, None, 5),
    ),
    ("a client comes before a lead", {"contacts": [Known(1)], "leads": [Known(9, 4)]}, Place(1)),
    ("a lead that waits", {"leads": [Known(9, 4)]}, Place(lead=9, responsible=4)),
]


@pytest.mark.parametrize(("known", "place"), [case[1:] for case in PLACES], ids=[case[0] for case in PLACES])
def test_something_that_came_in_has_its_place(known: dict[str, list[Known]], place: Place) -> None:
    empty: dict[str, list[Known]] = {"contacts": [], "companies": [], "deals": [], "leads": []}
    assert rules.place(**{**empty, **known}) == place


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Иван", {"name": "Иван"}),
        ("Иван Петров", {"name": "Иван", "surname": "Петров"}),
        ("Петров  Иван Сергеевич", {"surname": "Петров", "name": "Иван", "patronymic": "Сергеевич"}),
        ("", {}),
    ],
)
def test_a_name_is_parted_as_people_write_it(name: str, parts: dict[str, str]) -> None:
    assert rules.name_parts(name) == parts


def test_a_lead_is_called_by_what_was_said() -> None:
    assert rules.title_of(title=" Form ", text="a", name="b", reach="c") == "Form"
    assert rules.title_of(title="", text="\n First \n second", name="b", reach="c") == "First"
    assert rules.title_of(title="", text="", name="b", reach="c") == "b"
    assert rules.title_of(title="", text="", name="", reach="c") == "c"
    assert len(rules.title_of(title="x" * 999, text="", name="", reach="")) == rules.TITLE_LENGTH_MAX


@given(st.lists(st.integers(1, 9), min_size=1, unique=True), st.integers(0, 50), st.sets(st.integers(1, 9)))
def test_turns_pass_over_those_who_are_away(queue: list[int], turn: int, away: set[int]) -> None:
    chosen = rules.next_in_line(queue, turn=turn, away=sorted(away))
    assert chosen in queue
    assert chosen not in away or set(queue) <= away
    present = [one for one in queue if one not in away] or queue
    assert {rules.next_in_line(queue, turn=n, away=sorted(away)) for n in range(len(present))} == set(present)


# ----- the operation --------------------------------------------------------------------------------------------------


def take_in(*, by: int | None = None, **given: Any) -> TakenIn:
    with opened(by, door="rest") as call:
        return leads.take_in(call, **{"phone": PHONE, "text": "A fan hums", **given})


@pytest.mark.django_db
def test_somebody_unknown_becomes_a_lead_with_all_that_was_said(firm: Company) -> None:
    taken = take_in(
        name="Vera Petrova", email="vera@ladoga.example", source="MESSENGER", responsible=firm.bob.pk,
        values={"company_title": "Ladoga"},
    )  # fmt: skip
    lead = Lead.objects.get()
    assert (taken.is_new, taken.lead_id) == (True, lead.pk)
    assert (lead.title, lead.name, lead.surname, lead.company_title) == ("A fan hums", "Vera", "Petrova", "Ladoga")
    assert (lead.phone[0]["value"], lead.email[0]["value"]) == ("+78120001101", "vera@ladoga.example")
    assert (lead.source, lead.comment, lead.responsible_id) == ("MESSENGER", "A fan hums", firm.bob.pk)
    row = Activity.objects.get(pk=taken.activity)
    assert (row.refs(), row.direction, row.is_done) == ((lead.ref,), "incoming", True)
    [told] = Notice.objects.all()
    assert (told.to_id, told.record_type, told.record_id) == (firm.bob.pk, "crm.lead", lead.pk)


@pytest.mark.django_db
def test_a_known_client_gets_an_activity_on_his_open_deal_and_no_lead(firm: Company) -> None:
    company = add("crm.company", title="Ladoga")
    contact = add("crm.contact", name="Vera", phone=[PHONE], company=company)
    add("crm.deal", title="Old", contact=contact, stage="WON")
    deal = add("crm.deal", title="Open", contact=contact, responsible=firm.bob.pk)
    taken = take_in(kind="call")
    assert (taken.is_new, taken.contact_id, taken.company_id, taken.deal_id) == (False, contact.pk, company.pk, deal.pk)
    row = Activity.objects.get()
    assert (set(row.refs()), row.kind, row.responsible_id) == (
        {contact.ref, company.ref, deal.ref},
        "call",
        firm.bob.pk,
    )
    assert not Lead.objects.exists()
    [told] = Notice.objects.all()
    assert (told.to_id, told.record_id) == (firm.bob.pk, deal.pk)


@pytest.mark.django_db
def test_a_company_is_known_by_its_mail(firm: Company) -> None:
    company = add("crm.company", title="Ladoga", email=["office@ladoga.example"], responsible=firm.fay.pk)
    taken = take_in(phone="", email="Office@Ladoga.example")
    assert (taken.is_new, taken.company_id) == (False, company.pk)
    assert Notice.objects.get().to_id == firm.fay.pk


@pytest.mark.django_db
def test_who_asks_again_before_anybody_answered_is_no_second_lead(firm: Company) -> None:
    first, second = take_in(), take_in(text="Is anybody there?")
    assert (second.lead_id, second.is_new) == (first.lead_id, False)
    assert (Lead.objects.count(), Activity.objects.count()) == (1, 2)


@pytest.mark.django_db
def test_a_refused_lead_does_not_hide_a_new_request(firm: Company) -> None:
    first = take_in()
    with opened(None, door="screen") as call:
        records.verbs["crm.lead"].move(call, record=first.lead, stage="LOST")
    assert take_in(text="Now we can pay").is_new
    assert {lead.stage.kind for lead in Lead.objects.select_related("stage") if lead.stage} == {Stage.LOST, Stage.OPEN}


@pytest.mark.django_db
def test_the_same_key_is_the_same_arrival(firm: Company) -> None:
    first, again = take_in(key="call:17"), take_in(key="call:17", text="other words")
    assert (again.pk, again.lead_id, again.activity) == (first.pk, first.lead_id, first.activity)
    assert Activity.objects.count() == 1


@pytest.mark.django_db
def test_what_was_refused_leaves_its_key_free(firm: Company) -> None:
    with refused("records.field.unreadable"):
        take_in(key="call:18", source="NOWHERE")
    assert take_in(key="call:18").is_new


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"phone": ""}, "crm.lead.unreachable"),
        ({"phone": "abc"}, "records.field.unreadable"),
        ({"phone": "", "email": "abc"}, "records.field.unreadable"),
        ({"kind": "pigeon"}, "records.field.unreadable"),
        ({"values": {"nonsense": 1}}, "records.field.unknown"),
    ],
)
def test_what_cannot_be_answered_or_read_is_refused_and_nothing_is_kept(
    firm: Company, given: dict[str, Any], code: str
) -> None:
    with refused(code):
        take_in(**given)
    kept: list[Any] = [TakenIn, Lead, Activity]
    assert not any(model.objects.exists() for model in kept)


@pytest.mark.django_db
def test_a_stranger_takes_nothing_in(firm: Company) -> None:
    with pytest.raises(Forbidden):
        take_in(by=firm.carol.pk)


@pytest.mark.django_db
def test_an_operator_takes_in_over_rest_without_seeing_the_clients(ask: Ask, firm: Company) -> None:
    contact = add("crm.contact", name="Vera", phone=[PHONE])
    firm.grant("crm.lead.take_in", to=firm.carol)
    given = {"phone": PHONE, "text": "Hello", "key": "17"}
    told = ask("crm.lead.takein", by=firm.carol.pk, **given)
    assert (told["IS_NEW"], told["CONTACT_ID"], told["LEAD_ID"]) == ("N", contact.pk, None)
    assert ask("crm.lead.takein", by=firm.carol.pk, **given) == told
    # The key of somebody else is another key.
    assert ask("crm.lead.takein", **given)["ACTIVITY_ID"] != told["ACTIVITY_ID"]
