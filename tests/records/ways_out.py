"""Every way in which deals leave the house, as somebody meets it: which of them he is shown, and what he is told that
they come to. A new way out is a new line here."""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.test import Client

from potok.disk import public as disk
from potok.engine.values import RecordRef
from potok.kit import live
from potok.kit.dialects import WireError, methods
from potok.kit.doors import opened
from potok.kit.errors import Missing
from potok.people.public import Person
from potok.records import public as records
from potok.records.bulk import operations as bulk
from potok.records.reports import counting
from potok.records.reports.models import Report
from potok.records.screens.find import found_or_mistyped
from potok.records.search import finding

DEAL = records.record_types["crm.deal"]


@dataclass(frozen=True)
class Eyes:
    """Who looks at the deals `made`. A company (`hub`) and an activity are linked with all of them, and he sees both;
    every two of them are suspected to be one; `view` is a saved view that leaves nothing out."""

    person: Person
    client: Client
    made: Sequence[Any]
    hub: Any
    activity: Any
    view: Any

    def page(self, url: str) -> str:
        answer = self.client.get(url)
        return answer.content.decode() if answer.status_code == 200 else ""

    def on(self, url: str) -> set[int]:
        """The deals to which a page leads."""
        return {int(id) for id in re.findall(r"/deals/(\d+)/", self.page(url))} & {row.pk for row in self.made}

    def among(self, is_there: Callable[[int], object]) -> set[int]:
        """The deals of which that is true; a refusal says no."""
        found = set()
        for row in self.made:
            with suppress(Missing, WireError):
                found |= {row.pk} if is_there(row.pk) else set()
        return found

    def rest(self, name: str, **given: Any) -> Any:
        method = methods[name]
        with opened(self.person.pk, door="rest") as call:
            return method.answer(call, method.takes.model_validate(given))


def _titles(eyes: Eyes) -> set[int]:
    refs = [RecordRef(DEAL.name, row.pk) for row in eyes.made]
    return {ref.id for ref in records.titles(refs, by=eyes.person.pk)}


def _heard(eyes: Eyes) -> set[int]:
    touched = [(DEAL.name, row.pk) for row in eyes.made]
    return {id for _, id in live.heard(touched, by=eyes.person.pk) if id}


def _all_of_a_filter(eyes: Eyes) -> set[int]:
    with opened(eyes.person.pk, door="screen") as call:
        made = bulk.begin(call, record_type=DEAL.name, field="comment", value="x")
    return set(made.lines.values_list("record_id", flat=True))


# Where exactly those are shown that the rights say.
EXACTLY: Mapping[str, Callable[[Eyes], set[int]]] = {
    "rows": lambda eyes: set(records.rows(DEAL, by=eyes.person.pk).values_list("pk", flat=True)),
    "card": lambda eyes: eyes.among(lambda pk: records.find(DEAL, pk, by=eyes.person.pk)),
    "titles": _titles,
    "picker": lambda eyes: {int(one.value) for one in found_or_mistyped(DEAL, "", by=eyes.person.pk)},
    "files": lambda eyes: set(disk.holders[DEAL.name].sees(eyes.person.pk, {row.pk for row in eyes.made})),
    "list": lambda eyes: eyes.on("/deals/"),
    "saved view": lambda eyes: eyes.on(f"/deals/?view={eyes.view.pk}"),
    "address": lambda eyes: eyes.among(lambda pk: eyes.page(f"/deals/{pk}/")),
    "part of the card": lambda eyes: eyes.among(lambda pk: eyes.page(f"/deals/{pk}/?part=facts")),
    "feed": lambda eyes: eyes.among(lambda pk: eyes.page(f"/deals/{pk}/feed")),
    "calendar": lambda eyes: eyes.on("/deals/calendar?group=close_on&day=2026-12-01"),
    "timeline": lambda eyes: eyes.on("/deals/timeline?group=close_on&day=2026-12-01"),
    "linked records": lambda eyes: eyes.on(f"/companies/{eyes.hub.pk}/"),
    "links": lambda eyes: eyes.on(f"/activities/{eyes.activity.pk}/"),
    "live updates": _heard,
    "all of a filter": _all_of_a_filter,
    "crm.deal.list": lambda eyes: {int(row["ID"]) for row in eyes.rest("crm.deal.list").result},
    "crm.deal.get": lambda eyes: eyes.among(lambda pk: eyes.rest("crm.deal.get", id=pk)),
    "crm.item.list": lambda eyes: {one["id"] for one in eyes.rest("crm.item.list", entityTypeId=2).result["items"]},
    "crm.item.get": lambda eyes: eyes.among(lambda pk: eyes.rest("crm.item.get", entityTypeId=2, id=pk)),
}


def _exported(eyes: Eyes) -> set[int]:
    answer: Any = eyes.client.get("/deals/export/csv")
    if answer.status_code != 200:
        return set()
    lines = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";")
    return {int(line["ID"]) for line in lines}


def _found(eyes: Eyes) -> set[int]:
    return {hit.object for hit in finding.found("deal", by=eyes.person.pk, among=[DEAL.name], most=20).hits}


def _board(eyes: Eyes) -> set[int]:
    pipelines = {row.pipeline_id for row in eyes.made}
    return set().union(*(eyes.on(f"/deals/board?pipeline={one}") for one in pipelines))


# Where some of them may be missing: what is not indexed yet, what may not be taken away, a pipeline that is hidden.
AT_MOST: Mapping[str, Callable[[Eyes], set[int]]] = {
    "export": _exported,
    "search": _found,
    "palette": lambda eyes: eyes.on("/find?q=deal"),
    "search page": lambda eyes: eyes.on("/search?q=deal"),
    "board": _board,
    "duplicates": lambda eyes: eyes.on("/duplicates/"),
}
Figures = tuple[int, Decimal]


def _told(context: Any) -> Figures:
    totals = context["totals"]
    return totals.count, Decimal(sum(totals.sums.values()))


def _groups(eyes: Eyes) -> Figures:
    groups = eyes.client.get("/deals/?group=responsible").context.get("groups", [])
    return sum(one.totals.count for one in groups), sum((sum(one.totals.sums.values()) for one in groups), Decimal(0))


def _report(eyes: Eyes, **given: Any) -> Figures:
    def added(measure: str) -> Decimal:
        table = counting.count(Report(record_type=DEAL.name, measure=measure, **given), by=eyes.person.pk)
        return sum((Decimal(value or 0) for line in table.lines for value in line.values), Decimal(0))

    return int(added("count")), added("sum:amount")


# What he is told that they come to: how many, and the sum of their amounts.
FIGURES: Mapping[str, Callable[[Eyes], Figures]] = {
    "list": lambda eyes: _told(eyes.client.get("/deals/?exact=1").context),
    "saved view": lambda eyes: _told(eyes.client.get(f"/deals/?view={eyes.view.pk}").context),
    "groups": _groups,
    "report by person": lambda eyes: _report(eyes, group="responsible"),
    "report by two": lambda eyes: _report(eyes, group="stage", second="company"),
}
# How many there are, where nobody says what they come to.
COUNTS: Mapping[str, Callable[[Eyes], int]] = {
    "calendar": lambda eyes: _told(eyes.client.get("/deals/calendar?group=close_on&day=2026-12-01").context)[0],
    "timeline": lambda eyes: _told(eyes.client.get("/deals/timeline?group=close_on&day=2026-12-01").context)[0],
    "crm.deal.list": lambda eyes: eyes.rest("crm.deal.list").total,
    "crm.item.list": lambda eyes: eyes.rest("crm.item.list", entityTypeId=2).total,
}


def board_figures(eyes: Eyes) -> Figures:
    """What the columns of all boards come to that he is offered."""
    count, worth = 0, Decimal(0)
    for pipeline in {row.pipeline_id for row in eyes.made}:
        context = eyes.client.get(f"/deals/board?pipeline={pipeline}").context
        if getattr(context.get("pipeline"), "pk", None) == pipeline:
            count += sum(one.totals.count for one in context["stages"])
            worth += sum((sum(one.totals.sums.values()) for one in context["stages"]), Decimal(0))
    return count, worth
