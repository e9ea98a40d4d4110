"""Turning a lead into a company, a contact and a deal."""

from collections.abc import Mapping
from typing import Any

from potok.crm.activities import public as activities
from potok.crm.clients.public import company as company_type
from potok.crm.clients.public import contact as contact_type
from potok.crm.deals.public import deal as deal_type
from potok.crm.leads import rules
from potok.crm.leads.models import Lead
from potok.crm.leads.record import lead as of
from potok.kit.calls import Call
from potok.kit.operations import operation
from potok.records import public as records
from potok.records.public import Record, RecordType, Stage
from potok.tasks import public as tasks

TYPES: Mapping[str, RecordType] = {"company": company_type, "contact": contact_type, "deal": deal_type}


@operation("crm.lead.convert", needs=of.may("edit"), on="lead")
def convert(
    call: Call, *, lead: Lead, company: int | str = "none", contact: int | str = "none", deal: int | str = "none"
) -> Lead:
    """Turn a lead into a company, a contact and a deal: each "new", the number of one that is there, or "none".

    The lead is closed as a success and keeps links to what came of it; its tasks and activities stand there too.
    """
    # Of two who convert it at once the second waits here, and finds it closed.
    lead = Lead.objects.select_related("stage").select_for_update(of=("self",), no_key=True).get(pk=lead.pk)
    if lead.stage is not None and lead.stage.kind != Stage.OPEN:
        raise rules.CLOSED(title=lead.title)
    sides = {
        name: rules.side(given, place=name) for name, given in zip(rules.SIDES, (company, contact, deal), strict=True)
    }
    made = rules.convert(records.snapshot(of, lead), **sides)
    joined = {
        name: records.find(TYPES[name], one.joined, by=call.by) for name, one in sides.items() if one.joined is not None
    }
    became = _made(call, made, joined)
    _reach_by(call, lead, joined, became)
    _carry_over(call, lead, became)
    values = {"stage": _success(lead), **became}
    changed: Any = records.verbs[of.name].change(call, record=lead, values=values)
    row: Lead = changed
    return row


def _made(call: Call, made: rules.Conversion, joined: Mapping[str, Record]) -> dict[str, Record]:
    """Add what is new, the company first, so that the others link to it; answer with everything the lead became."""
    became = dict(joined)
    for name, values in (("company", made.company), ("contact", made.contact), ("deal", made.deal)):
        if values is not None:
            links = {one: became[one] for one in rules.SIDES if one in became and _links(TYPES[name], one)}
            became[name] = records.verbs[TYPES[name].name].add(call, values={**values, **links})
    return became


def _reach_by(call: Call, lead: Lead, joined: Mapping[str, Record], became: Mapping[str, Record]) -> None:
    """A client who was there is reached as his lead is, too: the person, or the firm where no person stands between."""
    side = "contact" if "contact" in became else "company"
    client = joined.get(side)
    if client is None:
        return
    ways = rules.new_ways(records.snapshot(of, lead), records.snapshot(TYPES[side], client))
    if ways:
        # It follows from what was permitted; who converts a lead need not be let change the client.
        records.verbs[TYPES[side].name].change(call.by_system(), record=client, values=ways)


def _links(of_type: RecordType, name: str) -> bool:
    return any(field.name == name and isinstance(field, records.fields.Link) for field in of_type.fields)


def _success(lead: Lead) -> str:
    stages = records.current().stages_of(lead.pipeline_id or 0)
    found = next((stage.code for stage in stages if stage.kind == Stage.WON), None)
    if found is None:
        raise rules.NO_SUCCESS()
    return found


def _carry_over(call: Call, lead: Lead, became: Mapping[str, Record]) -> None:
    """What was planned and said about the lead concerns its client from now on."""
    refs = [row.ref for row in became.values()]
    by_system = call.by_system()
    change = records.verbs[activities.activity.name].change
    about = activities.about([lead.ref], by=None)
    change.many([(by_system, {"record": row, "values": {"about": [*row.refs(), *refs]}}) for row in about])
    for task in tasks.about(lead.ref, by=None):
        tasks.change(by_system, task=task, fields={"records": [*task.refs(), *refs]})
