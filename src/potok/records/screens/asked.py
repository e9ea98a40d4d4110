"""What the address of a list or board asks for. A saved view gives what the address leaves out.

/deals/?view=3&filter={"all":[…]}&q=vent&sort=-amount&columns=title,stage
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, cast

from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from potok.people.public import Department
from potok.records import catalogue, conditions, grouping, kept_lists, noted, queries, rules
from potok.records.fields import Field, Person
from potok.records.grouping import Grouping
from potok.records.models import Records, View
from potok.records.record_types import RecordType

PROCESS = "process"  # the column that says where the process on a record stands; no field
LIST, BOARD, CALENDAR, TIMELINE = "list", "board", "calendar", "timeline"
LAYOUTS = (LIST, BOARD, CALENDAR, TIMELINE)
ALL, MINE = "all", "mine"
ME = "me"
UNGROUPED = "none"
SAYS = ("view", "filter", "q", "sort", "columns", "group")
Filter = Mapping[str, Any]


@dataclass(frozen=True)
class State:
    """What a view keeps: the same words as its columns in the table."""

    filter: Filter = field(default_factory=dict)
    search: str = ""
    sort: str = ""
    columns: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True)
class Asked:
    """What is shown, of which type, to whom. `base` is the state of the chosen view, `now` what is on the screen.

    `default` is the view that an address without a word opens.
    """

    of: RecordType
    layout: str
    person: int
    views: Sequence[View]
    view: str
    base: State
    now: State
    more: Mapping[str, str]
    default: str = ""

    @property
    def saved(self) -> View | None:
        """The saved view that was chosen, unless it is one of those that are always there."""
        return next((one for one in self.views if str(one.pk) == self.view), None)

    @property
    def is_changed(self) -> bool:
        """Tell whether the screen shows something else than the chosen view keeps."""
        return self.now != self.base

    @property
    def is_narrowed(self) -> bool:
        return bool(self.now.filter or self.now.search)

    @cached_property
    def columns(self) -> list[Field]:
        """The fields that stand as columns, in order."""
        fields = noted.fields(self.of)
        named = self.now.columns or tuple(catalogue.current().columns(self.of))
        return [fields[name] for name in named if name in fields] or [fields["title"]]

    @property
    def shows_process(self) -> bool:
        """Whether the column stands that says how far the process on each record is."""
        return PROCESS in self.now.columns

    @cached_property
    def teams(self) -> list[Department]:
        """The departments that the person works in, with those above them: to these he can show a view."""
        paths = Department.objects.filter(memberships__person=self.person).values_list("path", flat=True)
        ids = {int(one) for path in paths for one in path.split("/") if one}
        return list(Department.objects.filter(pk__in=ids).order_by("path")) if ids else []

    @cached_property
    def group(self) -> Grouping | None:
        """By what the records are put together, if they are."""
        return grouping.read(self.of, self.now.group) if self.now.group else None

    @cached_property
    def where(self) -> Q:
        """The filter as a condition for the database."""
        return conditions.where(self.of, resolved(self.of, self.now.filter, me=self.person))

    def rows(self) -> Records:
        """The records that this person may see and that the filter and the search let through, in no order yet."""
        found: Any = queries.rows(self.of, by=self.person).filter(self.where)
        searched: Any = conditions.search(found, self.of, self.now.search)
        return cast("Records", searched)

    def url(self, *, layout: str = "", **change: Any) -> str:
        """The address with something changed: filter, search, sort, columns, view, or anything of `more`."""
        place = reverse(f"records:{layout or self.layout}", args=[self.of.path])
        if "view" in change:
            # Where a view opens by itself, «all» has to be said.
            asked = {} if change["view"] in ("", ALL) and not self.default else {"view": change["view"] or ALL}
        else:
            asked = dict(self.params(**change))
        return f"{place}?{urlencode(asked)}" if asked else place

    @property
    def here(self) -> str:
        """The address of what is on the screen."""
        return self.url()

    def params(self, **change: Any) -> list[tuple[str, str]]:
        """The address in parts: what a form has to carry along, so that its answer is about the same screen."""
        state = {name: change.pop(name) for name in ("filter", "search", "sort", "columns", "group") if name in change}
        own = {
            name: value
            for name, value in {"view": self.view or (ALL if self.default else ""), **self.more, **change}.items()
            if value
        }
        return [*own.items(), *self._differences(replace(self.now, **state)).items()]

    def _differences(self, wanted: State) -> dict[str, str]:
        """What the chosen view does not say, as the address writes it; an empty part switches off the view's own."""
        written: dict[str, str] = {}
        if wanted.filter != self.base.filter:
            written["filter"] = compact(wanted.filter)
        if wanted.search != self.base.search:
            written["q"] = wanted.search
        if wanted.sort != self.base.sort:
            written["sort"] = wanted.sort or "-id"
        if wanted.columns != self.base.columns:
            written["columns"] = ",".join(wanted.columns)
        if wanted.group != self.base.group:
            written["group"] = wanted.group or UNGROUPED
        return written


def read(
    request: HttpRequest, of: RecordType, *, layout: str, more: Sequence[str] = (), query: QueryDict | None = None
) -> Asked:
    """Read the address, or the `query` of another one; `more` names parameters of the layout's own."""
    person = request.user.pk or 0
    given = query if query is not None else request.POST if request.method == "POST" else request.GET
    views = kept_lists.views_of(of.name, person=person)
    default = _default(views, person)
    view = given.get("view", "") if any(name in given for name in SAYS) else default
    view = "" if view == ALL else view
    base = _base(view, views)
    own = {name: str(given[name]) for name in more if given.get(name)}
    return Asked(of, layout, person, views, view, base, _now(given, base), own, default)


def of_filter(of: RecordType, filter: Filter, *, person: int) -> Asked:
    """A list with nothing but a filter."""
    return Asked(of, LIST, person, (), "", State(), State(filter=filter), {})


def _default(views: Sequence[View], person: int) -> str:
    """The view that one opens with: the own choice first, then that of the nearest team, then everybody's."""
    chosen = [one for one in views if one.is_default]
    own = [one for one in chosen if one.owner_id == person and one.team_id is None]
    team = [one for _path, _id, one in sorted((one.team.path, one.pk, one) for one in chosen if one.team)][::-1]
    shared = [one for one in chosen if one.owner_id is None and one.team_id is None]
    return next((str(one.pk) for one in [*own, *team, *shared]), "")


def _base(view: str, views: Sequence[View]) -> State:
    if view == MINE:
        return State(filter={"all": [{"field": "responsible", "operator": "in", "value": [ME]}]})
    for one in views:
        if str(one.pk) == view:
            return State(one.filter, one.search, one.sort, tuple(one.columns), one.group)
    return State()


def _now(given: QueryDict, base: State) -> State:
    columns = tuple(name for part in given.getlist("columns") for name in part.split(",") if name)
    return State(
        filter=read_filter(str(given["filter"])) if "filter" in given else base.filter,
        search=given.get("q", base.search).strip()[:200],
        sort=given.get("sort", base.sort),
        columns=columns or base.columns,
        group="" if given.get("group") == UNGROUPED else given.get("group", base.group),
    )


def read_filter(text: str) -> Filter:
    """Read a filter as the address holds it, or refuse."""
    if not text:
        return {}
    try:
        read = json.loads(text)
    except ValueError:
        raise rules.WRONG_FILTER(place="filter", reason=text[:80]) from None
    if not isinstance(read, dict):
        raise rules.WRONG_FILTER(place="filter", reason=text[:80])
    return read


def query(filter: Filter) -> str:
    """What the address of a list says to show what a filter lets through, whatever view opens by itself."""
    return urlencode({"filter": compact(filter)}) if filter else urlencode({"view": ALL})


def compact(given: Filter) -> str:
    """Write a filter as the address holds it; nothing where there is none, so that a view's own can be switched off."""
    return json.dumps(given, ensure_ascii=False, separators=(",", ":")) if given else ""


def resolved(of: RecordType, given: Any, *, me: int) -> Any:
    """Put the person who looks in the place of «me», so that one shared view shows everybody his own."""
    if not isinstance(given, Mapping):
        return given
    if "field" not in given:
        return {
            word: [resolved(of, one, me=me) for one in terms] if isinstance(terms, list) else terms
            for word, terms in given.items()
        }
    if not isinstance(noted.fields(of).get(str(given["field"])), Person):
        return given
    value = given.get("value")
    items = [me if one == ME else one for one in value] if isinstance(value, list) else me if value == ME else value
    return {**given, "value": items}
