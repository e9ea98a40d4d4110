"""Leads: what they become, and who is told when they are handed over."""

from typing import Any

import pytest
from django.test import Client

from potok.crm.activities import public as activities
from potok.crm.clients.public import Company as Firm
from potok.crm.clients.public import Contact
from potok.crm.clients.queries import name_words
from potok.crm.deals.public import Deal
from potok.crm.leads import public as leads
from potok.crm.leads import queries, rules
from potok.crm.leads.models import Lead
from potok.crm.leads.rules import Side
from potok.kit import commands
from potok.kit.doors import opened
from potok.kit.errors import Forbidden, Missing, Refused
from potok.notify.public import Notice
from potok.people.public import Extent
from potok.records import public as records
from potok.records.public import History, Stage
from potok.tasks import public as tasks
from tests.company import Company
from tests.crm.conftest import Ask
from tests.crm.test_activities import browser
from tests.records.conftest import refused

LEAD = {
    "title": "Ventilation of a shop", "surname": "Petrova", "name": "Vera", "company_title": "Ladoga LLC",
    "phone": ["+7 812 000-11-01"], "email": ["vera@ladoga.example"], "amount": "20000 RUB", "source": "CALL",
    "site": "ladoga.example",
}  # fmt: skip
NEW, NOTHING = Side(is_new=True), Side()


# ----- decisions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "side"),
    [
        ("new", NEW),
        (" NEW ", NEW),
        ("none", NOTHING),
        ("", NOTHING),
        (None, NOTHING),
        (7, Side(joined=7)),
        ("7", Side(joined=7)),
    ],
)
def test_a_side_is_new_joined_or_nothing(given: Any, side: Side) -> None:
    assert rules.side(given, place="deal") == side


@pytest.mark.parametrize(
    ("lead", "sides", "code"),
    [
        ({}, (NOTHING, NOTHING, NOTHING), "crm.lead.nothing_chosen"),
        ({"name": "Vera"}, (NEW, NOTHING, NOTHING), "crm.lead.firmless"),
        ({"company_title": "Ladoga"}, (NOTHING, NEW, NOTHING), "crm.lead.nameless"),
    ],
)
def test_what_a_lead_does_not_know_cannot_be_made(lead: dict[str, str], sides: tuple[Side, ...], code: str) -> None:
    company, contact, deal = sides
    with refused(code):
        rules.convert(lead, company=company, contact=contact, deal=deal)


def test_a_word_that_is_no_choice_is_refused() -> None:
    with refused("crm.lead.unknown_choice"):
        rules.side("old", place="company")


def test_phones_go_to_the_person_and_to_the_firm_only_where_there_is_no_person() -> None:
    lead = {"company_title": "Ladoga", "name": "Vera", "phone": ("+78120001101",), "title": "x"}
    both = rules.convert(lead, company=NEW, contact=NEW, deal=NEW)
    assert both.company is not None
    assert "phone" not in both.company
    assert both.contact == {"name": "Vera", "phone": ("+78120001101",)}
    assert both.deal == {"title": "x"}
    alone = rules.convert(lead, company=NEW, contact=NOTHING, deal=NOTHING)
    assert alone.company == {"title": "Ladoga", "phone": ("+78120001101",)}
    assert (alone.contact, alone.deal) == (None, None)


@pytest.mark.parametrize(
    ("title", "words"),
    [("ООО «Ладога»", ["ладога"]), ('АО "Ёлка и К"', ["елка", "и", "к"]), ("ООО", ["ооо"]), ("", [])],
)
def test_a_firm_is_known_without_its_legal_form(title: str, words: list[str]) -> None:
    assert name_words(title) == words


# ----- conversion -----------------------------------------------------------------------------------------------------


def make(**values: Any) -> Lead:
    with opened(None, door="screen") as call:
        row: Any = records.verbs["crm.lead"].add(call, values={**LEAD, **values})
        lead: Lead = row
        return lead


def add(name: str, /, **values: Any) -> Any:
    with opened(None, door="screen") as call:
        return records.verbs[name].add(call, values=values)


def convert(lead: Lead, *, by: int | None = None, **sides: Any) -> Lead:
    with opened(by, door="screen") as call:
        return leads.convert(call, lead=lead, **sides)


@pytest.mark.django_db
def test_a_lead_becomes_a_company_a_contact_and_a_deal(firm: Company) -> None:
    lead = make(responsible=firm.bob.pk)
    with opened(None, door="screen") as call:
        activity = records.verbs["crm.activity"].add(call, values={"title": "Call", "about": [lead]})
        task = tasks.add(call, title="Measure", responsible=firm.bob.pk, creator=firm.bob.pk, records=[lead.ref])
    became = convert(lead, company="new", contact="new", deal="new")
    company, contact, deal = Firm.objects.get(), Contact.objects.get(), Deal.objects.get()
    assert (became.company, became.contact, became.deal) == (company, contact, deal)
    assert (became.stage.kind if became.stage else None) == Stage.WON
    assert (company.title, contact.title, deal.title) == ("Ladoga LLC", "Petrova Vera", "Ventilation of a shop")
    assert (contact.company, deal.company, deal.contact) == (company, company, contact)
    assert (str(deal.amount), deal.source, deal.responsible_id) == ("20000.00", "CALL", firm.bob.pk)
    assert contact.phone == [{"value": "+78120001101", "kind": "work"}]
    last = History.objects.filter(record_type="crm.lead").first()
    assert last is not None
    assert set(last.after) >= {"stage", "company", "contact", "deal"}
    about = {deal.ref, contact.ref, company.ref, lead.ref}
    assert set(activities.Activity.objects.get(pk=activity.pk).refs()) == about
    assert set(tasks.Task.objects.get(pk=task.pk).refs()) == about


@pytest.mark.django_db
def test_a_known_client_gets_a_deal_alone(firm: Company) -> None:
    company = add("crm.company", title="Ladoga")
    contact = add("crm.contact", name="Vera", company=company)
    became = convert(make(), company=company.pk, contact=str(contact.pk), deal="new")
    assert (became.company_id, became.contact_id) == (company.pk, contact.pk)
    assert became.deal is not None
    assert (became.deal.company_id, became.deal.contact_id) == (company.pk, contact.pk)
    assert (Firm.objects.count(), Contact.objects.count()) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("side", ["contact", "company"])
def test_a_client_who_was_there_is_reached_as_the_lead_is_too(firm: Company, side: str) -> None:
    known = {"contact": {"surname": "Орлова"}, "company": {"title": "Ромашка"}}[side]
    client = add(f"crm.{side}", **known, phone=["+74950000001"])
    lead = make(phone=["+74950000001", "+79219990000"], email=["new@client.example"])
    convert(lead, **{side: client.pk})
    row: Any = type(client).objects.get(pk=client.pk)
    assert [line["value"] for line in row.phone] == ["+74950000001", "+79219990000"]
    assert [line["value"] for line in row.email] == ["new@client.example"]


def test_the_firm_of_a_person_keeps_its_own_phones(firm: Company) -> None:
    company = add("crm.company", title="Ромашка")
    convert(make(phone=["+79219990000"]), company=company.pk, contact="new")
    row: Any = type(company).objects.get(pk=company.pk)
    assert not row.phone


def test_observers_and_tags_of_a_lead_are_those_of_what_it_becomes(firm: Company) -> None:
    convert(make(observers=[firm.bob.pk], tags=["exhibition"]), company="new", contact="new", deal="new")
    for made in (Firm.objects.get(), Contact.objects.get(), Deal.objects.get()):
        assert (made.observers, made.tags) == ([firm.bob.pk], ["exhibition"])


@pytest.mark.django_db
def test_a_closed_lead_is_not_converted_again(firm: Company) -> None:
    became = convert(make(), deal="new")
    with refused("crm.lead.closed"):
        convert(became, deal="new")


@pytest.mark.django_db
def test_a_pipeline_without_a_success_converts_nothing(firm: Company) -> None:
    lead = make()
    with opened(None, door="screen") as call:
        won = Stage.objects.get(record_type="crm.lead", kind=Stage.WON)
        records.pipelines.change_stage(call, stage=won, title="Won", kind=Stage.LOST)
    with refused("crm.lead.no_success"):
        convert(lead, deal="new")
    assert not Deal.objects.exists()


@pytest.mark.django_db
def test_of_two_who_convert_a_lead_at_once_one_is_told_and_nothing_is_left_of_his(firm: Company) -> None:
    lead = make()
    late = Lead.objects.get(pk=lead.pk)
    convert(lead, deal="new")
    with refused("crm.lead.closed"):
        convert(late, company="new")
    assert (Deal.objects.count(), Firm.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_a_lead_joins_only_what_its_converter_sees(firm: Company) -> None:
    hidden = add("crm.company", title="Hidden", responsible=firm.carol.pk)
    lead = make(responsible=firm.bob.pk)
    firm.grant("crm.lead.edit", extent=Extent.OWN, to=firm.bob)
    with pytest.raises(Missing):
        convert(lead, by=firm.bob.pk, company=hidden.pk)
    with pytest.raises(Forbidden):
        convert(lead, by=firm.bob.pk, deal="new")
    with pytest.raises(Forbidden):
        convert(lead, by=firm.carol.pk, deal="new")
    lead.refresh_from_db()
    assert lead.stage is not None
    assert lead.stage.kind == Stage.OPEN


@pytest.mark.django_db
def test_those_it_may_be_joined_to_are_suggested_by_phone_mail_and_name(firm: Company) -> None:
    company = add("crm.company", title="ООО «Ладога»")
    by_name = add("crm.company", title="Ladoga")
    contact = add("crm.contact", name="V", phone=["8 812 000-11-01"], email=["VERA@ladoga.example"], company=company)
    deal = add("crm.deal", title="Open", contact=contact)
    closed = add("crm.deal", title="Closed", contact=contact, stage="WON")
    add("crm.contact", name="Other", phone=["+7 812 000-11-99"])
    found = queries.suggestions(make(), by=None)
    assert [(one.row.pk, one.by) for one in found.contact] == [(contact.pk, ("phone", "email"))]
    assert [(one.row.pk, one.by) for one in found.company] == [(by_name.pk, ("name",)), (company.pk, ("contact",))]
    assert [one.row.pk for one in found.deal] == [deal.pk]
    assert closed.stage.kind == Stage.WON
    assert not queries.suggestions(make(), by=firm.carol.pk).contact


@pytest.mark.django_db
def test_the_drawer_offers_and_converts(firm: Company) -> None:
    for name in ("crm.lead", "crm.company", "crm.contact", "crm.deal"):
        for act in ("see", "add", "edit"):
            firm.grant(f"{name}.{act}", to=firm.bob)
    contact = add("crm.contact", name="Vera", surname="Petrova", phone=["8 812 000-11-01"])
    lead = make(responsible=firm.bob.pk)
    client: Client = browser(firm.bob)
    assert f"/leads/{lead.pk}/conversion" in browser(firm.bob, script=False).get(f"/leads/{lead.pk}/").content.decode()
    page = client.get(f"/leads/{lead.pk}/conversion").content.decode()
    assert f'name="contact" value="{contact.pk}" checked' in page
    chosen = {"company": "new", "contact": "other", "contact.other": str(contact.pk), "deal": "new"}
    answer = client.post(f"/leads/{lead.pk}/conversion", chosen)
    deal = Deal.objects.get()
    assert answer["HX-Redirect"] == f"/deals/{deal.pk}/"
    assert deal.contact_id == contact.pk
    assert "conversion" not in browser(firm.bob, script=False).get(f"/leads/{lead.pk}/").content.decode()


# ----- handing over ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["crm.lead", "crm.deal"])
def test_who_is_handed_a_record_is_told_and_nobody_of_what_he_took_himself(firm: Company, name: str) -> None:
    firm.grant(f"{name}.edit")
    row = add(name, title="Pipe", responsible=firm.alice.pk)
    with opened(firm.alice.pk, door="screen") as call:
        records.verbs[name].change(call, record=row, values={"responsible": firm.bob.pk})
    [told] = Notice.objects.all()
    assert (told.to_id, told.record_id) == (firm.bob.pk, row.pk)
    assert "Alice Orlova handed over to you" in told.text
    with opened(firm.carol.pk, door="screen") as call:
        records.verbs[name].change(call, record=row, values={"responsible": firm.carol.pk})
    assert Notice.objects.count() == 1


@pytest.mark.django_db
def test_of_many_that_were_handed_over_one_notice_comes(firm: Company) -> None:
    rows = [add("crm.lead", title=f"Lead {n}") for n in range(7)]
    with opened(None, door="screen") as call:
        change = records.verbs["crm.lead"].change
        change.many([(call, {"record": row, "values": {"responsible": firm.bob.pk}}) for row in rows])
    [told] = Notice.objects.all()
    assert "7" in told.text


# ----- REST, and what a company begins with ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_leads_are_kept_and_converted_under_foreign_names(ask: Ask, firm: Company) -> None:
    id = ask(
        "crm.lead.add",
        fields={
            "TITLE": "Lead", "NAME": "Vera", "COMPANY_TITLE": "Ladoga", "STATUS_ID": "PAID", "SOURCE_ID": "CALL",
            "PHONE": [{"VALUE": "+7 812 000-11-01"}], "OPPORTUNITY": "100",
        },
    )  # fmt: skip
    shown = ask("crm.lead.get", id=id)
    told = {"STATUS_ID": "PAID", "SOURCE_ID": "CALL", "COMPANY_TITLE": "Ladoga", "OPPORTUNITY": "100.00"}
    assert {name: shown[name] for name in told} == told
    stages = ask("crm.status.list", filter={"ENTITY_ID": "STATUS"}).result
    assert [row["NAME"] for row in stages] == ["New", "Paid", "Won", "Lost"]
    sources = ask("crm.status.list", filter={"ENTITY_ID": "SOURCE"}).result
    assert "WEBFORM" in [row["STATUS_ID"] for row in sources]
    became = ask("crm.lead.convert", id=id, company="new", contact="new", deal="new")
    assert ask("crm.deal.get", id=became["DEAL_ID"])["COMPANY_ID"] == str(became["COMPANY_ID"])
    with pytest.raises(Refused):
        ask("crm.lead.convert", by=firm.carol.pk, id=id, deal="new")


@pytest.mark.django_db
def test_a_new_company_has_a_pipeline_of_leads_once() -> None:
    for _ in range(2):
        assert commands.call("leads set-up") == 0
    kinds = Stage.objects.filter(record_type="crm.lead").values_list("kind", flat=True)
    assert list(kinds) == ["open", "open", "won", "lost"]
