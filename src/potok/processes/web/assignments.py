"""Assignments: the form drawn from the definition, its draft, the answer, handing over."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from potok.kit import clock, doors, ids
from potok.kit.calls import SCREEN
from potok.kit.errors import MISSING
from potok.notify.public import Waiting
from potok.people import public as people
from potok.processes.duties import Terms
from potok.processes.models import Assignee, Assignment, Draft
from potok.processes.operations import assignments
from potok.processes.web import asked, assigned, duties, reading, records, rights, words
from potok.ui import answers
from potok.ui.answers import Toast

WAITED_FOR = (Assignee.OPEN, Assignee.LATER)


def show(request: HttpRequest, id: int) -> HttpResponse:
    """Draw an assignment as a page of its own: a link in a letter leads here."""
    return answers.draw(
        request,
        "processes/assignment.html",
        _context(request, assigned.find(request, id)),
        part="processes/_assignment.html",
    )


def detail(request: HttpRequest, waiting: Waiting, next_url: str) -> str:
    """Draw it inside the inbox; after the answer the next line opens."""
    assignment = assigned.find(request, int(waiting.key.rpartition(":")[2]))
    return render_to_string(
        "processes/_assignment.html", {**_context(request, assignment), "next_url": next_url}, request
    )


@require_POST
def answer(request: HttpRequest, id: int) -> HttpResponse:
    """Answer an assignment; what is wrong is said under its field, and everything typed stays."""
    assignment = assigned.find(request, id)
    fields = asked.of_form(assignment.form, typed={})
    with doors.opened(request.user.pk, door=SCREEN, key=request.POST.get("key", "")) as call:
        given = asked.read(call, request.POST, request.FILES, fields)
        assignments.complete(
            call,
            assignment=assignment,
            answer=request.POST.get("answer", ""),
            values=given,
            comment=request.POST.get("comment", ""),
            behalf=request.POST.get("behalf", ""),
        )
    following = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(following, allowed_hosts=None)
    url = following if is_ours else _after(request, assignment)
    return answers.go(request, url, toast=Toast(_("Answered: %(title)s") % {"title": assignment.title}))


@require_http_methods(["POST"])
def draft(request: HttpRequest, id: int) -> HttpResponse:
    """Keep what was typed so far."""
    assignment = assigned.find(request, id)
    fields = asked.of_form(assignment.form, typed={})
    typed = {**asked.typed(request.POST, fields), "comment": request.POST.getlist("comment")}
    with doors.opened(request.user.pk, door=SCREEN) as call:
        assignments.draft(call, assignment=assignment, typed=typed)
    return answers.done(request)


@require_POST
def delegate(request: HttpRequest, id: int) -> HttpResponse:
    """Hand the assignment over to somebody else."""
    assignment = assigned.find(request, id)
    to = request.POST.get("to", "")
    if not to.isdecimal():
        raise MISSING(place="to", id=to)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        assignments.delegate(call, assignment=assignment, to=int(to))
    return answers.go(request, inbox_url(), toast=Toast(_("The assignment went to somebody else")))


def colleagues(request: HttpRequest, id: int) -> HttpResponse:
    """Find people for a field of the form: everybody, or only those whom the definition offers."""
    assignment = assigned.find(request, id)
    offered = asked.among(assignment.form, request.GET.get("field", ""))
    words_typed = people.folded(request.GET.get("q", "")).split()
    found = people.active()
    if offered is not None:
        found = found.filter(pk__in=offered)
    elif rights.is_outside(request):
        found = found.none()
    for word in words_typed:
        found = found.filter(sort_key__contains=word)
    return answers.draw(request, "processes/_people.html", {"options": [asked.option(one) for one in found[:20]]})


def inbox_url() -> str:
    return "/inbox/"


def _after(request: HttpRequest, assignment: Assignment) -> str:
    """Where to go when nothing says where: to the next question of the same process, else to the inbox."""
    more = reading.one(rights.instance(request.user.pk, id=assignment.instance_id)).part_of(request.user.pk)
    return f"/inbox/?at=assignment:{more.pk}" if more else inbox_url()


def _context(request: HttpRequest, assignment: Assignment) -> dict[str, Any]:
    run = reading.one(assignment.instance)
    reader = request.user.pk
    kept = Draft.objects.filter(assignment=assignment, person=reader).first()
    typed = kept.typed if kept else {}
    ref = records.ref_of(assignment)
    parts = run.parts.get(assignment.pk, [])
    mine = next((part for part in parts if part.person_id == reader), None)
    is_mine = _waits_for(assignment, mine)
    alike, alike_url = assigned.alike(reader or 0, assignment) if is_mine else (0, "")
    return {
        "assignment": assignment,
        "alike": alike,
        "alike_url": alike_url,
        "form_key": ids.new_key(),
        "run": run,
        "record": records.links([ref])[ref] if ref else None,
        "words": words.sentence(run, reader=reader, now=clock.now()),
        "steps": words.steps_around(run, reader=reader),
        "fields": asked.of_form(assignment.form, typed=typed),
        "ladder": duties.ladder(assignment, now=clock.now()) if assignment.status == Assignment.OPEN else [],
        "log": duties.log(assignment),
        "asked": duties.asked(assignment, parts),
        "waited_for": [(part.person_id, str(part.person)) for part in parts if part.status in WAITED_FOR],
        "can_excuse": sum(1 for part in parts if part.status in WAITED_FOR) > 1,
        "due_value": _due(assignment),
        "comment_title": assignment.form.get("comment", {}).get("title") or _("Comment"),
        "is_hidden": Terms.read(assignment.terms).private and mine is None,
        "is_inside": not rights.is_outside(request),
        **duties.may(assignment, reader=reader, mine=mine),
        "answers": _buttons(assignment),
        "comment": assignment.form.get("comment", {}),
        "typed_comment": (typed.get("comment") or [""])[0],
        "kept_at": timezone.localtime(kept.kept_at) if kept else None,
        "earlier": _earlier(run, assignment),
        "is_mine": is_mine,
        "mine": mine,
        "why": _why(assignment, mine, [part for part in parts if part.status != Assignee.LEFT]),
        "answered": [part for part in parts if part.answered_at],
    }


def _buttons(assignment: Assignment) -> list[dict[str, str]]:
    tones = {"quiet": "quiet", "danger": "danger"}
    known = {"declined": "quiet", "refused": "danger"}
    return [
        {
            "name": each["name"],
            "title": _(each["title"]),
            "kind": "primary" if place == 0 else tones.get(each.get("tone", ""), known.get(each["name"], "")),
        }
        for place, each in enumerate(assignment.form.get("answers", []))
    ]


def _due(assignment: Assignment) -> str:
    """The deadline as the field of a form takes it, on the reader's clock."""
    return timezone.localtime(assignment.due_at).strftime("%Y-%m-%dT%H:%M") if assignment.due_at else ""


def _waits_for(assignment: Assignment, part: Assignee | None) -> bool:
    if part is None or part.status != Assignee.OPEN or assignment.status != Assignment.OPEN:
        return False
    return assignment.claimed_by_id in (None, part.person_id)


def _earlier(run: reading.Run, assignment: Assignment) -> list[Assignee]:
    """What others have said in this process before."""
    said = [part for one in run.assignments if one.pk != assignment.pk for part in run.parts.get(one.pk, [])]
    return sorted((part for part in said if part.comment), key=lambda part: part.answered_at or assignment.opened_at)


def _why(assignment: Assignment, mine: Assignee | None, parts: list[Assignee]) -> str:
    if mine is None or mine.status == Assignee.LEFT:
        return _("You see it because you take part in the process or look after it.")
    if assignment.is_queue:
        return _("You belong to those who share this queue.")
    if mine.delegated_by:
        return _("%(who)s handed it over to you.") % {"who": mine.delegated_by}
    if len(parts) > 1:
        others = ", ".join(str(part.person) for part in parts if part is not mine)
        return _("The definition asks several people: you and %(others)s.") % {"others": others}
    return _("The definition names you, or the role that you have, for this step.")


def subtitles(rows: Sequence[Waiting]) -> dict[int, str]:
    """What each waiting assignment is about: its record, else its process."""
    numbers = {row.pk: int(row.key.rpartition(":")[2]) for row in rows}
    found = Assignment.objects.select_related("instance__definition").in_bulk(numbers.values())
    refs = {number: ref for number, one in found.items() if (ref := records.ref_of(one))}
    titled = records.links(refs.values())
    return {
        row: titled[refs[number]].title if number in refs else found[number].instance.definition.title
        for row, number in numbers.items()
        if number in found
    }
