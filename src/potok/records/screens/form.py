"""The form of a new record: page and drawer; what was typed is kept, wrong or not, sent or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from potok.engine.values import PersonRef
from potok.kit.doors import opened
from potok.kit.errors import FORBIDDEN, Refusals, Refused
from potok.kit.permissions import permissions
from potok.records import catalogue, writing
from potok.records.duplicates import keys
from potok.records.fields import Field, Text
from potok.records.models import Draft
from potok.records.operations import drafts
from potok.records.record_types import RecordType
from potok.records.screens import editing, fields, names, rights
from potok.records.screens.screen import screen
from potok.ui import answers, words
from potok.ui.answers import Toast


@dataclass(frozen=True)
class Part:
    """Fields under a title."""

    title: str
    controls: list[SafeString]


@require_http_methods(["GET", "POST"])
@screen
def new(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Draw the form of a new record, or add the record that it describes."""
    if not rights.may(request, of.may("add")):
        raise FORBIDDEN(permission=permissions[of.may("add")].title)
    if request.method == "GET":
        return _draw(request, of, _begun(request, of), errors={})
    try:
        row = _add(request, of)
    except Refused as refused:
        if answers.by_script(request):
            raise
        return _draw(request, of, request.POST, errors=_places(refused), status=422)
    url = f"/{of.path}/{row.pk}/"
    said = Toast(
        gettext("“%(title)s” is created") % {"title": words.inside(row.title)}, link=url, link_title=gettext("Open")
    )
    if request.POST.get("frame") == "drawer":
        return answers.made(answers.done(request, said), type=of.name, id=row.pk, title=row.title)
    return answers.go(request, url)


@require_POST
@screen
def draft(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Keep what is typed so far; the form opens with it again."""
    typed = {name: given for name, given in request.POST.lists() if name in _accepted(of) and any(given)}
    with opened(request.user.pk, door="screen") as call:
        drafts.keep(call, record_type=of.name, typed=typed)
    return answers.done(request)


def _accepted(of: RecordType) -> set[str]:
    return {f"{name}{more}" for name in catalogue.current().of(of) for more in ("", ".use", ".currency")}


def _begun(request: HttpRequest, of: RecordType) -> QueryDict:
    """With what the form opens: what the address says, else what was left half-typed."""
    given = QueryDict(mutable=True)
    asked = {name: request.GET.getlist(name) for name in request.GET if name in _accepted(of)}
    if of.titled and "title" in asked:
        asked |= _parted(of, asked.pop("title")[0])
    kept = None if asked else Draft.objects.filter(person=request.user.pk, record_type=of.name).first()
    for name, texts in (kept.typed if kept else asked).items():
        given.setlist(name, texts)
    return given


def _parted(of: RecordType, title: str) -> Mapping[str, list[str]]:
    """Where people do not type the title, its words fall into the fields that make it."""
    places = [field.name for field in of.fields if isinstance(field, Text) and not field.long and not field.read_only]
    if len(places) < 2:
        return {}
    first, second = places[:2]
    words = title.split()
    return {first: words[:1], second: [" ".join(words[1:])]}


def _add(request: HttpRequest, of: RecordType) -> Any:
    with opened(request.user.pk, door="screen") as call:
        given: dict[str, Any] = {}
        for field in _asked(of):
            raw = editing.loaded(call, request, field) if field.widget == "file" else fields.posted(field, request.POST)
            # What was left empty on purpose must not come back as the usual value.
            if raw or field.default is not None or field.name == "responsible":
                given[field.name] = raw
        if stage := request.POST.get("stage"):
            given["stage"] = stage
        row = writing.verbs[of.name].add(call, values=given)
        drafts.keep(call, record_type=of.name, typed={})
        return row


def _asked(of: RecordType) -> list[Field]:
    return [field for _, group in _groups(of) for field in group]


def _groups(of: RecordType) -> list[tuple[str, list[Field]]]:
    """The fields of the form: the title first, then as the card has them, then what customers have added."""
    known = catalogue.current()
    own = known.of(of)
    first = ([own["title"]] if of.titled is None else []) + (
        [own["pipeline"]] if len(known.pipelines.get(of.name, [])) > 1 else []
    )
    named = [(title, [one for one in group if not one.read_only]) for title, group in known.groups(of)]
    if named:
        named[0] = ("", [*first, *named[0][1]])
    return [(title, group) for title, group in named if group]


def _draw(
    request: HttpRequest, of: RecordType, typed: QueryDict, *, errors: Mapping[str, str], status: int = 200
) -> HttpResponse:
    asked = _asked(of)
    shown = {field.name: _shown(field, typed, request) for field in asked}
    known = names.of_values(shown.values(), by=request.user.pk)
    context = {
        "of": of,
        "parts": [
            Part(
                title,
                [fields.control(of, one, shown[one.name], known, error=errors.get(one.name, "")) for one in group],
            )
            for title, group in _groups(of)
        ],
        "stage": typed.get("stage", ""),
        "is_compared": keys.is_watched(of),
        "is_drawer": request.headers.get("Potok-Frame", "").startswith("drawer"),
        "errors": [sentence for place, sentence in errors.items() if place not in shown],
    }
    return answers.draw(request, "records/form.html", context, status=status)


def _shown(field: Field, typed: QueryDict, request: HttpRequest) -> Any:
    """What stands in a control: what was typed, read if it can be; in an untouched form the usual value."""
    if field.name not in typed:
        if field.name == "responsible" and not typed.get("csrfmiddlewaretoken"):
            return PersonRef(request.user.pk or 0)
        usual = field.default
        return None if usual is None or typed.get("csrfmiddlewaretoken") else field.read(usual)
    raw = fields.posted(field, typed)
    try:
        return field.read(raw)
    except Refused:
        return tuple(raw) if isinstance(raw, list) else raw


def _places(refused: Refused) -> dict[str, str]:
    each = list(refused) if isinstance(refused, Refusals) else [refused]
    return {one.place or one.code: one.sentence() for one in each}
