"""What leads decide from values alone: what a conversion makes, where something that came in belongs, whose it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from potok.kit.errors import refusal
from potok.kit.words import _

NEW, NONE = "new", "none"
SIDES = ("company", "contact", "deal")
TITLE_LENGTH_MAX = 120
# Who watches a lead watches what it becomes.
MARKS = ("observers", "tags")

NOTHING_CHOSEN = refusal("crm.lead.nothing_chosen", _("Choose what the lead becomes: a company, a contact or a deal."))
CLOSED = refusal("crm.lead.closed", _("“{title}” is closed already. Open it again to convert it."))
NAMELESS = refusal(
    "crm.lead.nameless", _("The lead names no person. Fill in the name, or choose a contact that is there.")
)
FIRMLESS = refusal(
    "crm.lead.firmless", _("The lead names no company. Fill in its name, or choose a company that is there.")
)
UNKNOWN_CHOICE = refusal(
    "crm.lead.unknown_choice", _("“{given}” is neither new, nor none, nor the number of a record.")
)
NO_SUCCESS = refusal(
    "crm.lead.no_success", _("The pipeline of this lead has no successful stage. An administrator adds one.")
)
UNREACHABLE = refusal("crm.lead.unreachable", _("Give a phone or an e-mail address, so that an answer can be sent."))


# ----- conversion -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Side:
    """What is chosen for one side of a conversion: something new, the record `joined`, or nothing."""

    is_new: bool = False
    joined: int | None = None

    @property
    def is_nothing(self) -> bool:
        return not self.is_new and self.joined is None


def side(given: Any, *, place: str) -> Side:
    """Read "new", "none" or the number of a record."""
    text = str(given if given is not None else NONE).strip().lower() or NONE
    if text == NEW:
        return Side(is_new=True)
    if text == NONE:
        return Side()
    if not text.isdecimal():
        raise UNKNOWN_CHOICE(place=place, given=str(given)[:40])
    return Side(joined=int(text))


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a conversion makes; None where nothing new is made. The links follow when the records are there."""

    company: Mapping[str, Any] | None
    contact: Mapping[str, Any] | None
    deal: Mapping[str, Any] | None


def convert(lead: Mapping[str, Any], *, company: Side, contact: Side, deal: Side) -> Conversion:
    """Decide what a lead becomes; refuse what could not be made out of what it knows."""
    if company.is_nothing and contact.is_nothing and deal.is_nothing:
        raise NOTHING_CHOSEN(place="deal")
    if company.is_new and not lead.get("company_title"):
        raise FIRMLESS(place="company")
    if contact.is_new and not (lead.get("name") or lead.get("surname")):
        raise NAMELESS(place="contact")
    return Conversion(
        company_of(lead, alone=contact.is_nothing) if company.is_new else None,
        contact_of(lead) if contact.is_new else None,
        deal_of(lead) if deal.is_new else None,
    )


def company_of(lead: Mapping[str, Any], *, alone: bool) -> dict[str, Any]:
    """The company that a lead names; its phones are the firm's where no person stands between."""
    names = ("site", "address", "responsible", *MARKS, *(("phone", "email") if alone else ()))
    return {"title": lead["company_title"], **_taken(lead, names)}


def contact_of(lead: Mapping[str, Any]) -> dict[str, Any]:
    """The person that a lead names."""
    return _taken(lead, ("surname", "name", "patronymic", "position", "phone", "email", "responsible", *MARKS))


def new_ways(lead: Mapping[str, Any], client: Mapping[str, Any]) -> dict[str, Any]:
    """Phones and mails of a lead that its client does not have yet, behind those that he has."""
    found: dict[str, Any] = {}
    for name in ("phone", "email"):
        there = tuple(client.get(name) or ())
        known = {str(one) for one in there}
        if fresh := tuple(one for one in lead.get(name) or () if str(one) not in known):
            found[name] = (*there, *fresh)
    return found


def deal_of(lead: Mapping[str, Any]) -> dict[str, Any]:
    """The deal that a lead promises."""
    return _taken(lead, ("title", "amount", "source", "comment", "responsible", *MARKS))


def _taken(lead: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: lead[name] for name in names if lead.get(name) not in (None, "", ())}


# ----- taking in ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """A record that is known by what came in: its id, whose it is, and the company behind a contact."""

    id: int
    responsible: int | None = None
    company: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where something that came in belongs. With nothing named it becomes a lead of its own."""

    contact: int | None = None
    company: int | None = None
    deal: int | None = None
    lead: int | None = None
    responsible: int | None = None

    @property
    def is_new(self) -> bool:
        return self == Place()


def place(
    *, contacts: Sequence[Known], companies: Sequence[Known], deals: Sequence[Known], leads: Sequence[Known]
) -> Place:
    """Find the place of something that came in: a client before a lead, the first of several; his open deal with him.

    Whoever answers for the deal is told, else whoever answers for the client.
    """
    contact = contacts[0] if contacts else None
    company = companies[0] if companies else None
    if contact or company:
        deal = deals[0] if deals else None
        answers = next((one.responsible for one in (deal, contact, company) if one and one.responsible), None)
        firm = contact.company if contact and contact.company else company.id if company else None
        return Place(contact.id if contact else None, firm, deal.id if deal else None, None, answers)
    if leads:
        return Place(lead=leads[0].id, responsible=leads[0].responsible)
    return Place()


def name_parts(name: str) -> dict[str, str]:
    """Part a name as people write it: «Иван», «Иван Петров», «Петров Иван Сергеевич»."""
    words = name.split()
    if len(words) >= 3:
        return {"surname": words[0], "name": words[1], "patronymic": " ".join(words[2:])}
    if len(words) == 2:
        return {"name": words[0], "surname": words[1]}
    return {"name": words[0]} if words else {}


def title_of(*, title: str, text: str, name: str, reach: str) -> str:
    """What a lead is called: as was said, else by its first line, else by who asks."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    found = title.strip() or first or name.strip() or reach
    return found if len(found) <= TITLE_LENGTH_MAX else f"{found[: TITLE_LENGTH_MAX - 1]}…"


def next_in_line(queue: Sequence[int], *, turn: int, away: Sequence[int] = ()) -> int | None:
    """Whose turn it is: everybody after the other, those who are away are passed over; if all are, nobody is."""
    present = [one for one in queue if one not in away] or list(queue)
    return present[turn % len(present)] if present else None
