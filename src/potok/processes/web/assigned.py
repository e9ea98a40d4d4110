"""The list of assignments: one's own, in queues, of one's people; many are answered, taken or given on at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from potok.kit import doors, ids
from potok.kit.calls import SCREEN, Call
from potok.kit.errors import MISSING, Refusals, Refused
from potok.people import public as people
from potok.processes.models import Assignee, Assignment
from potok.processes.operations import assignments
from potok.processes.permissions import DIRECT, HAND_OVER
from potok.processes.web import records, rights
from potok.ui import answers

PAGE = 50
MOST = 500
MINE, QUEUE, PEOPLE = "mine", "queue", "people"


@dataclass(frozen=True)
class Row:
    """One assignment as the list shows it."""

    assignment: Assignment
    process: str
    record: records.Link | None
    people: list[people.Person]


def listing(request: HttpRequest) -> HttpResponse:
    """Draw the list."""
    reader = request.user.pk or 0
    shown = _views(reader)
    view = request.GET.get("view", MINE)
    view = view if view in shown else MINE
    found = _of_view(reader, view).select_related("instance__definition", "claimed_by")
    pattern = _pattern(request)
    if pattern is not None:
        found = like(pattern, found)
    narrowed = {"like": pattern.pk} if pattern is not None else {}
    page = Paginator(found.order_by(F("due_at").asc(nulls_last=True), "pk"), PAGE).get_page(
        request.GET.get("page", "1")
    )
    context = {
        "rows": _rows(list(page.object_list)),
        "view": view,
        "views": [(title, _url(view=name), name == view) for name, title in shown.items()],
        "next_url": _url(view=view, **narrowed, page=page.next_page_number()) if page.has_next() else "",
        "pattern": pattern,
        "without_url": _url(view=view),
        "may_hand_over": people.may(reader, permission=HAND_OVER),
    }
    return answers.draw(request, "processes/assigned.html", context, part="processes/_assigned.html")


@require_POST
def chosen(request: HttpRequest) -> HttpResponse:
    """Draw the bar for the marked assignments; nothing when none is marked."""
    found = _marked(request)
    if not found:
        return HttpResponse("")
    view = request.POST.get("view", MINE)
    context = {
        "count": len(found),
        "view": view,
        "answers": common_answers(found) if view == MINE else [],
        "form_key": ids.new_key(),
    }
    return render(request, "processes/_chosen.html", context)


@require_POST
def answer_many(request: HttpRequest) -> HttpResponse:
    """Give all marked assignments one answer."""
    given = {"answer": request.POST.get("answer", ""), "comment": request.POST.get("comment", "")}
    key = request.POST.get("key", "")

    def one(call: Call, assignment: Assignment) -> Any:
        # One key a row: the list sent twice is answered twice and done once.
        return call.under(f"{key}:{assignment.pk}") if key else call, {"assignment": assignment, **given}

    return _results(request, assignments.complete, one)


@require_POST
def claim_many(request: HttpRequest) -> HttpResponse:
    """Take all marked assignments out of their queues."""
    return _results(request, assignments.claim, lambda call, assignment: (call, {"assignment": assignment}))


@require_POST
def give_many(request: HttpRequest) -> HttpResponse:
    """Give all marked assignments to somebody: one's own, or those of one's people."""
    to = request.POST.get("to", "")
    if not to.isdecimal():
        raise MISSING(place="to", id=to)
    own = request.POST.get("view", MINE) == MINE
    reader = request.user.pk

    def one(call: Call, assignment: Assignment) -> Any:
        person = reader if own else assignment.claimed_by_id or _first_asked(assignment)
        return call, {"assignment": assignment, "to": int(to), "person": person}

    return _results(request, assignments.delegate, one)


def like(pattern: Assignment, found: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Those that the same step of the same definition asks: one answer may do for all."""
    return found.filter(node=pattern.node, instance__definition=pattern.instance.definition_id)


def alike(reader: int, pattern: Assignment) -> tuple[int, str]:
    """How many of the assignments that wait for the reader are like one of them and may be answered together with it,
    and where they are listed."""
    if not common_answers([pattern]):
        return 0, ""
    return like(pattern, _of_view(reader, MINE)).count(), _url(view=MINE, like=pattern.pk)


def find(request: HttpRequest, id: int) -> Assignment:
    """The assignment, if the reader may see its process; otherwise it is missing."""
    found = (
        Assignment.objects.filter(pk=id)
        .filter(Q(instance__in=rights.visible_to(request.user.pk)) | Q(pk__in=_directed(request.user.pk or 0)))
        .select_related("instance__definition", "instance__version", "instance__initiator", "claimed_by")
        .first()
    )
    # Who is from outside sees what he is asked, not what else there is in the run.
    if rights.is_outside(request) and found and not found.assignees.filter(person=request.user.pk).exists():
        raise MISSING(id=id)
    if found is None:
        raise MISSING(id=id)
    return found


def url(id: int) -> str:
    """Where an assignment is shown."""
    return reverse("processes:assignment", args=[id])


def count(request: HttpRequest) -> int:
    """How many assignments wait for the reader."""
    return _of_view(request.user.pk or 0, MINE).count()


def _pattern(request: HttpRequest) -> Assignment | None:
    asked = request.GET.get("like", "")
    return find(request, int(asked)) if asked.isdecimal() else None


def _views(reader: int) -> dict[str, str]:
    views = {MINE: _("My assignments"), QUEUE: _("In queues")}
    return {**views, PEOPLE: _("Of my people")} if _may_direct(reader) else views


def _may_direct(reader: int) -> bool:
    return people.may(reader, permission=DIRECT) or bool(people.subordinates(head=reader))


def _of_view(reader: int, view: str) -> QuerySet[Assignment]:
    found = Assignment.objects.filter(status=Assignment.OPEN)
    asked = Exists(Assignee.objects.filter(assignment=OuterRef("pk"), person=reader, status=Assignee.OPEN))
    if view == PEOPLE:
        return found.filter(pk__in=_directed(reader))
    if view == QUEUE:
        return found.filter(asked, is_queue=True, claimed_by=None)
    return found.filter(asked).filter(Q(is_queue=False) | Q(claimed_by=reader))


def _directed(reader: int) -> QuerySet[Assignee, Any]:
    """The assignments in which somebody is asked whom the reader answers for."""
    parts = Assignee.objects.filter(status__in=(Assignee.OPEN, Assignee.LATER)).exclude(person=reader)
    reach = people.visible(reader, permission=DIRECT)
    below = Q(person__in=people.subordinates(head=reader))
    return parts.filter(below | reach.narrows("person")).values("assignment")


def _rows(found: Sequence[Assignment]) -> list[Row]:
    parts: dict[int, list[people.Person]] = {}
    asked = Assignee.objects.filter(assignment__in=found, status=Assignee.OPEN).select_related("person").order_by("pk")
    for part in asked:
        parts.setdefault(part.assignment_id, []).append(part.person)
    titled = records.links(ref for one in found if (ref := records.ref_of(one)))
    return [
        Row(
            one,
            one.instance.definition.title,
            titled.get(ref) if (ref := records.ref_of(one)) else None,
            [one.claimed_by] if one.claimed_by else parts.get(one.pk, []),
        )
        for one in found
    ]


def _marked(request: HttpRequest) -> list[Assignment]:
    numbers = [int(one) for one in request.POST.getlist("row")[:MOST] if one.isdecimal()]
    reader = request.user.pk or 0
    asked = Exists(Assignee.objects.filter(assignment=OuterRef("pk"), person=reader))
    seen = Assignment.objects.filter(pk__in=numbers).filter(asked | Q(pk__in=_directed(reader)))
    return list(seen.select_related("instance").order_by("pk"))


def common_answers(found: Sequence[Assignment]) -> list[tuple[str, str]]:
    """The answers that all of them take and that need no fields."""
    each = [
        {one["name"]: _(one["title"]) for one in form.form.get("answers", []) if _is_short(form, one)} for form in found
    ]
    return [(name, title) for name, title in each[0].items() if all(name in other for other in each)]


def _is_short(assignment: Assignment, answer: Mapping[str, Any]) -> bool:
    required = answer.get("needs")
    if required is None and answer["name"] != "declined":
        required = [one["name"] for one in assignment.form.get("fields", []) if one.get("required")]
    return not required


def _first_asked(assignment: Assignment) -> int | None:
    parts = Assignee.objects.filter(assignment=assignment, status=Assignee.OPEN).order_by("pk")
    return parts.values_list("person", flat=True).first()


def _results(request: HttpRequest, act: Any, row: Callable[[Call, Assignment], Any]) -> HttpResponse:
    """Do it to each of the marked ones, and tell of each what became of it."""
    found = _marked(request)
    with doors.opened(request.user.pk, door=SCREEN) as call:
        told = act.many([row(call, assignment) for assignment in found])
    lines = [(one, _said(answer)) for one, answer in zip(found, told, strict=True)]
    back = _url(view=request.POST.get("view", MINE))
    context = {
        "lines": lines,
        "back": back,
        "done": sum(1 for _one, refused in lines if not refused),
        "count": len(lines),
    }
    return render(request, "processes/_results.html", context)


def _said(answer: Any) -> str:
    if not isinstance(answer, Refused):
        return ""
    each = answer if isinstance(answer, Refusals) else [answer]
    return " ".join(one.sentence() for one in each)


def _url(**asked: object) -> str:
    return f"{reverse('processes:assigned')}?{urlencode(asked)}"  # type: ignore[arg-type]
