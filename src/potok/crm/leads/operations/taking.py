"""Taking in what comes from outside: a call, a letter, a message, a form. Nothing is lost and nothing comes twice.

A known client gets an activity, with his open deal; whoever answers for him is told. Anybody else becomes a lead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from potok.crm.activities import public as activities
from potok.crm.clients.public import lines
from potok.crm.leads import queries, rules
from potok.crm.leads.models import TakenIn
from potok.crm.leads.permissions import TAKE_IN
from potok.crm.leads.record import lead as of
from potok.crm.leads.telling import told
from potok.engine.values import RecordRef
from potok.kit.calls import Call
from potok.kit.operations import operation
from potok.records import public as records

CLAIM = "INSERT INTO leads_takenin (key, at, is_new) VALUES (%s, %s, false) ON CONFLICT (key) DO NOTHING RETURNING id"
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))"


@dataclass(frozen=True)
class Came:
    """What came in, made tidy."""

    phones: Sequence[str]
    mails: Sequence[str]
    name: str
    text: str
    title: str
    kind: str
    source: str
    values: dict[str, Any]
    responsible: int | None

    @property
    def reach(self) -> str:
        """The first way to answer."""
        return next(iter([*self.phones, *self.mails]), "")


@operation("crm.lead.take_in", needs=TAKE_IN)
def take_in(
    call: Call,
    *,
    phone: str = "",
    email: str = "",
    name: str = "",
    text: str = "",
    title: str = "",
    source: str = "",
    kind: str = activities.MESSAGE,
    responsible: int | None = None,
    values: dict[str, Any] | None = None,
    key: str = "",
) -> TakenIn:
    """Take in a call, a letter or a request of somebody who gives a phone or a mail.

    Of the same `key` only the first arrival counts, the others get its answer. `values` are further fields of a new
    lead, `responsible` is who answers for it.
    """
    phones, mails = _reaches(phone, email)
    came = Came(
        phones=phones,
        mails=mails,
        name=" ".join(name.split()),
        text=text.strip(),
        title=title.strip(),
        kind=kind,
        source=source,
        values=values or {},
        responsible=responsible,
    )
    known = _claimed(call, key or call.key)
    if known is not None:
        return known
    # Two who are taken in at once from one phone would become two leads.
    with connection.cursor() as cursor:
        for reach in sorted([*came.phones, *came.mails]):
            cursor.execute(LOCK, [reach])
    place = queries.known(phones=came.phones, mails=came.mails)
    taken = _kept(call.by_system(), came, place, TakenIn.objects.get(key=key or call.key))
    told(call, taken, came.title or came.text or came.name or came.reach, to=_answers(came, place))
    return taken


def _reaches(phone: str, email: str) -> tuple[list[str], list[str]]:
    """Phones and mails in the form in which clients hold them; without any nobody could answer."""
    fields = records.current().of(of)
    phones, mails = (
        lines(fields[name].read([given] if given else [])) for name, given in (("phone", phone), ("email", email))
    )
    if not phones and not mails:
        raise rules.UNREACHABLE(place="phone")
    return phones, mails


def _claimed(call: Call, key: str) -> TakenIn | None:
    """Claim the key; whoever was first has answered already."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [key, call.at])
        if cursor.fetchone() is not None:
            return None
    return TakenIn.objects.select_related("lead", "contact", "company", "deal").get(key=key)


def _kept(call: Call, came: Came, place: rules.Place, taken: TakenIn) -> TakenIn:
    taken.contact_id, taken.company_id, taken.deal_id = place.contact, place.company, place.deal
    taken.lead_id, taken.is_new = place.lead, place.is_new
    if place.is_new:
        lead: Any = records.verbs[of.name].add(call, values=_lead(came))
        taken.lead = lead
    refs = [
        RecordRef(name, id)
        for name, id in (
            ("crm.deal", taken.deal_id),
            ("crm.lead", taken.lead_id),
            ("crm.contact", taken.contact_id),
            ("crm.company", taken.company_id),
        )
        if id
    ]
    taken.activity = records.verbs[activities.activity.name].add(call, values=_activity(call, came, place, refs)).pk
    taken.save()
    return taken


def _lead(came: Came) -> dict[str, Any]:
    return {
        **came.values,
        **rules.name_parts(came.name),
        "title": rules.title_of(title=came.title, text=came.text, name=came.name, reach=came.reach),
        "phone": list(came.phones),
        "email": list(came.mails),
        "comment": came.text,
        "source": came.source,
        "responsible": came.responsible,
    }


def _activity(call: Call, came: Came, place: rules.Place, refs: list[RecordRef]) -> dict[str, Any]:
    return {
        "title": rules.title_of(title=came.title, text=came.text, name=came.name, reach=came.reach),
        "kind": came.kind,
        "direction": activities.INCOMING,
        "starts_at": call.at,
        "done_at": call.at,
        "text": came.text,
        "responsible": _answers(came, place),
        "about": refs,
    }


def _answers(came: Came, place: rules.Place) -> int | None:
    """Whoever answers for the client or the lead; for a new one whoever was named."""
    return came.responsible if place.is_new else place.responsible or came.responsible
