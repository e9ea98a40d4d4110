"""Leads under Bitrix24's names; conversion and taking in, which it has no classic method for, under our own."""

from typing import Any

from pydantic import Field as Default

from potok.crm.leads import queries
from potok.crm.leads.operations.conversion import convert
from potok.crm.leads.operations.taking import take_in
from potok.crm.leads.record import lead
from potok.kit.calls import Call
from potok.kit.dialects import Arguments, method
from potok.records.public import dialect

SCOPE = "crm"

leads = dialect.speak(
    dialect.Dialect(
        lead,
        entity="LEAD",
        number=1,
        names={
            "TITLE": "title",
            "STATUS_ID": "stage",
            "SOURCE_ID": "source",
            "NAME": "name",
            "SECOND_NAME": "patronymic",
            "LAST_NAME": "surname",
            "POST": "position",
            "COMPANY_TITLE": "company_title",
            "PHONE": "phone",
            "EMAIL": "email",
            "WEB": "site",
            "ADDRESS": "address",
            "OPPORTUNITY": "amount",
            "CURRENCY_ID": "amount.currency",
            "COMMENTS": "comment",
            "OBSERVERS": "observers",
            "TAGS": "tags",
            "ASSIGNED_BY_ID": "responsible",
            "COMPANY_ID": "company",
            "CONTACT_ID": "contact",
        },
        lines=frozenset({"PHONE", "EMAIL", "WEB"}),
        stages="STATUS",
    )
)


class ConvertArguments(Arguments):
    """Which lead, and what it becomes: `new`, `none` or the number of a record for each."""

    id: int
    company: int | str = "none"
    contact: int | str = "none"
    deal: int | str = "none"


class TakeInArguments(Arguments):
    """Who asks for what, and the key under which a second arrival is the same."""

    phone: str = ""
    email: str = ""
    name: str = ""
    text: str = ""
    title: str = ""
    source: str = ""
    kind: str = "message"
    responsible: int | None = None
    fields: dict[str, Any] = Default(default_factory=dict)
    key: str = ""


@method("crm.lead.convert", scope=SCOPE)
def convert_(call: Call, given: ConvertArguments) -> dict[str, Any]:
    """Turn a lead into a company, a contact and a deal, and tell their numbers."""
    row = queries.found(given.id, by=call.by)
    became = convert(call, lead=row, company=given.company, contact=given.contact, deal=given.deal)
    return {"COMPANY_ID": became.company_id, "CONTACT_ID": became.contact_id, "DEAL_ID": became.deal_id}


@method("crm.lead.takein", scope=SCOPE)
def take_in_(call: Call, given: TakeInArguments) -> dict[str, Any]:
    """Take in a call, a letter or a request: attached to the client who is known, else a new lead."""
    asked = given.model_dump(exclude={"fields", "key"})
    # Keys of different callers must not meet.
    key = f"rest:{call.by}:{given.key}" if given.key else ""
    taken = take_in(call, **asked, values=given.fields, key=key)
    return {
        "IS_NEW": "Y" if taken.is_new else "N",
        "LEAD_ID": taken.lead_id,
        "CONTACT_ID": taken.contact_id,
        "COMPANY_ID": taken.company_id,
        "DEAL_ID": taken.deal_id,
        "ACTIVITY_ID": taken.activity,
    }
