"""What stands on the card of an activity above its feed, and in the inbox; saying that it is done."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from potok.crm.activities import operations, queries, rules
from potok.crm.activities.models import Activity
from potok.crm.activities.record import activity as of
from potok.crm.activities.web import shapes
from potok.kit import clock
from potok.kit.calls import SCREEN
from potok.kit.doors import opened
from potok.notify.public import Waiting
from potok.records import public as records
from potok.ui import answers
from potok.ui.answers import Toast


def top(request: HttpRequest, row: Activity) -> str:
    """Draw the state of an activity, what it is about, and the place to say what came of it."""
    return render_to_string("activities/_top.html", _shown(request, row), request)


def detail(request: HttpRequest, one: Waiting, next_url: str) -> str:
    """Draw an activity inside the inbox; saying that it is done opens the next line."""
    row = queries.found(_number(one), by=request.user.pk)
    return render_to_string("activities/_detail.html", {**_shown(request, row), "next_url": next_url}, request)


def subtitles(rows: Sequence[Waiting]) -> dict[int, str]:
    """«Звонок · ЖК «Онега»»: the kind and the client, or the record that comes first."""
    found = Activity.objects.in_bulk([_number(row) for row in rows])
    refs = {one.pk: one.refs()[0] for one in found.values() if one.refs()}
    titles = records.titles(refs.values(), by=rows[0].person_id)
    told = {}
    for row in rows:
        if one := found.get(_number(row)):
            about = titles.get(refs[one.pk], "") if one.pk in refs else ""
            told[row.pk] = " · ".join(part for part in (gettext(rules.KINDS.get(one.kind, one.kind)), about) if part)
    return told


@require_POST
def completion(request: HttpRequest, id: int) -> HttpResponse:
    """Say that an activity is done, and what came of it."""
    row = queries.found(id, by=request.user.pk)
    with opened(request.user.pk, door=SCREEN) as call:
        operations.complete(call, activity=row, result=request.POST.get("result", ""))
    said = Toast(gettext("The activity is done"), undo=f"{request.path}/undo")
    following = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(following, allowed_hosts=None):
        return answers.go(request, following, toast=said)
    return _again(request, id, said)


@require_POST
def reopening(request: HttpRequest, id: int) -> HttpResponse:
    """Plan it again."""
    with opened(request.user.pk, door=SCREEN) as call:
        operations.reopen(call, activity=queries.found(id, by=request.user.pk))
    return _again(request, id, Toast(gettext("The activity is planned again")))


def show(request: HttpRequest, id: int) -> HttpResponse:
    """Draw the part of the card alone."""
    return answers.draw(request, "activities/_top.html", _shown(request, queries.found(id, by=request.user.pk)))


def _again(request: HttpRequest, id: int, said: Toast) -> HttpResponse:
    if not answers.by_script(request):
        return answers.go(request, f"/{of.path}/{id}/", toast=said)
    return answers.say(request, show(request, id), said)


def _shown(request: HttpRequest, row: Activity) -> dict[str, Any]:
    state = rules.state(starts_at=row.starts_at, done_at=row.done_at, now=clock.now())
    may_edit = records.access.may(request.user.pk or 0, row, act="edit")
    titles = records.titles(row.refs(), by=request.user.pk)
    return {
        "row": row,
        "kind": shapes.kind(row),
        "icon": rules.ICONS.get(row.kind, of.icon),
        "glyph": {rules.DONE: "done", rules.OVERDUE: "incident"}.get(state, "timer"),
        "word": _words()[state],
        "is_late": state == rules.OVERDUE,
        "may_edit": may_edit and row.removed_at is None,
        "links": [(titles[ref], records.type_named(ref.type), ref.id) for ref in row.refs() if ref in titles],
    }


def _words() -> dict[str, str]:
    return {rules.PLANNED: gettext("Planned"), rules.OVERDUE: gettext("Overdue"), rules.DONE: gettext("It is done")}


def _number(one: Waiting) -> int:
    return int(one.key.rpartition(":")[2])
