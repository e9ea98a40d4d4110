"""Questions about leads: who is known by a phone or a mail, whom a lead may be joined to, which form has a secret."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from potok.crm.clients import public as clients
from potok.crm.deals.public import Deal, deal
from potok.crm.leads import rules
from potok.crm.leads.models import Lead, WebForm
from potok.crm.leads.record import lead as of
from potok.kit.errors import MISSING
from potok.people.public import folded
from potok.records import public as records
from potok.records.public import Record, Stage

SUGGESTED_MAX = 6


@dataclass(frozen=True)
class Suggested:
    """A record that a lead may be joined to, and by what it was found."""

    row: Record
    by: tuple[str, ...]


@dataclass(frozen=True)
class Suggestions:
    """For each side of a conversion, the likely ones first."""

    company: Sequence[Suggested]
    contact: Sequence[Suggested]
    deal: Sequence[Suggested]


def found(id: int, *, by: int | None) -> Lead:
    """A lead that the person may see, or a refusal."""
    row: Any = records.find(of, id, by=by)
    one: Lead = row
    return one


def suggestions(lead: Lead, *, by: int | None) -> Suggestions:
    """Whom a lead may be joined to, as far as the person may see: by phone, mail and name; the open deals of those."""
    phones, mails = clients.lines(lead.phone), clients.lines(lead.email)
    contacts = _suggested(
        clients.reached(clients.contact, phones=phones, mails=mails, by=by),
        clients.named(clients.contact, title=f"{lead.surname} {lead.name}", by=by) if lead.surname else [],
        phones, mails,
    )  # fmt: skip
    companies = _suggested(
        clients.reached(clients.company, phones=phones, mails=mails, by=by),
        clients.named(clients.company, title=lead.company_title, by=by),
        phones, mails,
    )  # fmt: skip
    firms = {one.row.pk for one in companies}
    behind = {getattr(one.row, "company_id", None) for one in contacts} - {None} - firms
    rows = records.rows(clients.company, by=by).filter(pk__in=behind)
    companies += [Suggested(row, ("contact",)) for row in rows]
    deals = open_deals([one.row.pk for one in contacts], [one.row.pk for one in companies], by=by)[:SUGGESTED_MAX]
    return Suggestions(companies[:SUGGESTED_MAX], contacts, [Suggested(row, ("client",)) for row in deals])


def _suggested(
    reached: Iterable[Record], named: Iterable[Record], phones: Sequence[str], mails: Sequence[str]
) -> list[Suggested]:
    told: dict[int, tuple[Record, list[str]]] = {}
    for row in reached:
        held: Any = row
        ways = [("phone", phones, held.phone), ("email", mails, held.email)]
        told[row.pk] = row, [way for way, wanted, lines in ways if set(wanted) & set(clients.lines(lines))]
    for row in named:
        told.setdefault(row.pk, (row, []))[1].append("name")
    ranked = sorted(told.values(), key=lambda one: -len(one[1]))
    return [Suggested(row, tuple(by)) for row, by in ranked[:SUGGESTED_MAX]]


def open_deals(contacts: Sequence[int], companies: Sequence[int], *, by: int | None) -> Any:
    """The open deals of these clients, the latest changed first."""
    rows = records.rows(deal, by=by).filter(stage__kind=Stage.OPEN)
    mine = rows.filter(contact__in=contacts) | rows.filter(company__in=companies)
    return mine.order_by("-changed_at", "-pk")


def known(*, phones: Sequence[str], mails: Sequence[str]) -> rules.Place:
    """Where something that came from these phones and mails belongs, whoever may see it."""
    contacts = [
        rules.Known(row.pk, row.responsible_id, getattr(row, "company_id", None))
        for row in clients.reached(clients.contact, phones=phones, mails=mails, by=None)
    ]
    companies = [
        rules.Known(row.pk, row.responsible_id)
        for row in clients.reached(clients.company, phones=phones, mails=mails, by=None)
    ]
    persons, firms = [one.id for one in contacts[:1]], [one.id for one in companies[:1]]
    deals = [rules.Known(row.pk, row.responsible_id) for row in _deals(persons, firms)]
    waiting = records.rows(of, by=None).filter(stage__kind=Stage.OPEN)
    leads = [
        rules.Known(row.pk, row.responsible_id)
        for row in waiting.filter(clients.reached_by(phones=phones, mails=mails)).order_by("-pk")[:1]
    ]
    return rules.place(contacts=contacts, companies=companies, deals=deals, leads=leads)


def _deals(contacts: Sequence[int], companies: Sequence[int]) -> Iterable[Deal]:
    rows: Iterable[Deal] = open_deals(contacts, [] if contacts else companies, by=None)[:1]
    return rows


def form(secret: str) -> WebForm:
    """The open form of a secret, or a refusal."""
    one = WebForm.objects.filter(secret=secret, is_open=True).first()
    if one is None:
        raise MISSING(id=folded(secret)[:8])
    return one


def form_numbered(id: int) -> WebForm:
    """A form, or a refusal."""
    one = WebForm.objects.filter(pk=id).first()
    if one is None:
        raise MISSING(id=id)
    return one
