"""Public forms, which administrators keep."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F

from potok.crm.leads import form_rules
from potok.crm.leads.models import TakenIn, WebForm
from potok.crm.leads.operations import taking
from potok.crm.leads.permissions import FORMS, TAKE_IN
from potok.crm.leads.record import lead as of
from potok.crm.leads.rules import next_in_line
from potok.kit import ids
from potok.kit.calls import Call
from potok.kit.operations import operation
from potok.people import public as people
from potok.records import public as records


@operation("crm.web_form.add", needs=FORMS)
def add(
    call: Call,
    *,
    title: str,
    fields: Sequence[Mapping[str, Any]],
    greeting: str = "",
    consent: str = "",
    thanks: str = "",
    source: str = "WEBFORM",
    queue: Sequence[int] = (),
) -> WebForm:
    """Make a public form. `queue` is who answers what comes, in turn; its address holds a secret."""
    form = WebForm(secret=ids.new_secret(), created_at=call.at)
    texts = {"greeting": greeting, "consent": consent, "thanks": thanks}
    return _kept(form, title=title, fields=fields, texts=texts, source=source, queue=queue)


@operation("crm.web_form.change", needs=FORMS)
def change(
    call: Call,
    *,
    form: WebForm,
    title: str,
    fields: Sequence[Mapping[str, Any]],
    greeting: str = "",
    consent: str = "",
    thanks: str = "",
    source: str = "WEBFORM",
    queue: Sequence[int] = (),
) -> WebForm:
    """Change a public form; its address stays."""
    texts = {"greeting": greeting, "consent": consent, "thanks": thanks}
    return _kept(form, title=title, fields=fields, texts=texts, source=source, queue=queue)


@operation("crm.web_form.close", needs=FORMS)
def close(call: Call, *, form: WebForm) -> WebForm:
    """Close a public form: its address answers no more."""
    form.is_open = False
    form.save(update_fields=["is_open"])
    return form


@operation("crm.web_form.open", needs=FORMS)
def open_(call: Call, *, form: WebForm) -> WebForm:
    """Open a public form again, under its old address."""
    form.is_open = True
    form.save(update_fields=["is_open"])
    return form


@operation("crm.web_form.take", needs=TAKE_IN)
def take(call: Call, *, form: WebForm, answers: Mapping[str, Any], agreed: bool = False, key: str = "") -> TakenIn:
    """Take in what somebody sent through a public form."""
    sent = form_rules.read(form.fields, answers, agreed=agreed or not form.consent)
    return taking.take_in(
        call,
        phone=sent.pop("phone", ""),
        email=sent.pop("email", ""),
        text=sent.pop("comment", ""),
        name=" ".join(filter(None, (sent.pop("name", ""), sent.pop("surname", "")))),
        title=form.title,
        source=form.source,
        values=dict(sent),
        responsible=_whose_turn(call, form),
        key=f"form:{form.pk}:{key}" if key else "",
    )


def _kept(
    form: WebForm,
    *,
    title: str,
    fields: Sequence[Mapping[str, Any]],
    texts: Mapping[str, str],
    source: str,
    queue: Sequence[int],
) -> WebForm:
    form.title = form_rules.titled(title)
    form.fields = form_rules.asked(fields)
    form.greeting, form.consent = texts["greeting"].strip(), texts["consent"].strip()
    form.thanks = form_rules.led_to(texts["thanks"])
    form.source = str(records.current().field(of, "source").read(source) or "")
    known = people.by_id(queue)
    form.queue = [id for id in dict.fromkeys(queue) if id in known and known[id].is_active]
    form.save()
    return form


def _whose_turn(call: Call, form: WebForm) -> int | None:
    """Everybody after the other; whoever is away is passed over."""
    if not form.queue:
        return None
    WebForm.objects.filter(pk=form.pk).update(turn=F("turn") + 1)
    form.refresh_from_db(fields=["turn"])
    active = set(people.active().filter(pk__in=form.queue).values_list("pk", flat=True))
    working = [one for one in form.queue if one in active]
    return next_in_line(working, turn=form.turn, away=people.absent(persons=working, at=call.at))
