"""Assignments as lines of the inbox: what is asked in a sentence, what may be answered at once, whom one waits for."""

from collections.abc import Callable, Sequence

from django.db.models import Exists, F, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from potok.kit.calls import Call
from potok.kit.errors import MISSING
from potok.notify.public import Waiting, inbox
from potok.processes.models import Assignee, Assignment
from potok.processes.operations import assignments
from potok.processes.web import assigned, rights
from potok.ui import words


def sentence(request: HttpRequest, waiting: Waiting) -> str:
    """Who asks, about what, until when; what comes next is told by the detail below."""
    assignment = assigned.find(request, number(waiting))
    initiator, title = assignment.instance.initiator, words.inside(assignment.instance.definition.title)
    if initiator is None:
        asked = _("The process “%(process)s” asks you") % {"process": title}
    elif initiator.pk == request.user.pk:
        asked = _("You began “%(process)s”, and it asks you") % {"process": title}
    else:
        asked = _("%(who)s asks you to answer: “%(process)s”") % {"who": initiator, "process": title}
    due = assignment.due_at
    return _("%(asked)s. Deadline: %(when)s") % {"asked": asked, "when": words.deadline(due)} if due else asked


def acts(rows: Sequence[Waiting]) -> Sequence[inbox.Act]:
    """The answers that all of these assignments take without a field to fill in; a comment is asked for once."""
    numbers = [number(row) for row in rows]
    found = list(Assignment.objects.filter(pk__in=numbers, status=Assignment.OPEN))
    common = assigned.common_answers(found) if found and len(found) == len(set(numbers)) else []
    commented = {name for one in found for name in one.form.get("comment", {}).get("required", ())}
    return [inbox.Act(f"answer:{name}", title, _answering(name), name in commented) for name, title in common]


def awaited(person: int) -> Sequence[inbox.Line]:
    """What others are asked by the runs that a person began, the nearest deadline first."""
    mine = Exists(Assignee.objects.filter(assignment=OuterRef("pk"), person=person, status=Assignee.OPEN))
    begun = rights.visible_to(person).filter(initiator=person, ended_at=None)
    asked = Assignment.objects.filter(~mine, status=Assignment.OPEN, instance__in=begun)
    found = list(asked.order_by(F("due_at").asc(nulls_last=True), "pk")[: inbox.OTHERS_MAX])
    people = _asked(found)
    return [
        inbox.Line(
            key=f"asked:{one.pk}",
            kind="assignment",
            title=one.title,
            about=", ".join(people.get(one.pk, ())),
            url=reverse("processes:instance", args=[one.instance_id]),
            at=one.opened_at,
            due_at=one.due_at,
            glyph="person",
            of_others=True,
        )
        for one in found
    ]


def number(waiting: Waiting) -> int:
    """The assignment that a row of the inbox is about."""
    return int(waiting.key.rpartition(":")[2])


def _answering(answer: str) -> Callable[..., object]:
    def give(call: Call, waiting: Waiting, comment: str = "") -> object:
        assignment = Assignment.objects.filter(pk=number(waiting)).first()
        if assignment is None:
            raise MISSING(id=number(waiting))
        return assignments.complete(call, assignment=assignment, answer=answer, comment=comment)

    return give


def _asked(found: Sequence[Assignment]) -> dict[int, list[str]]:
    people: dict[int, list[str]] = {}
    parts = Assignee.objects.filter(assignment__in=found, status=Assignee.OPEN).select_related("person", "assignment")
    for part in parts.order_by("pk"):
        if part.assignment.claimed_by_id in (None, part.person_id):
            people.setdefault(part.assignment_id, []).append(str(part.person))
    return people
