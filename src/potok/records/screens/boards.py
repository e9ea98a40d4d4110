"""The board: a column for each stage of a pipeline, cards that move between them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from potok.kit import clock
from potok.kit.doors import opened
from potok.records import catalogue, conditions, figures, lines, queries
from potok.records.fields import Date, Link
from potok.records.lines import Line
from potok.records.models import Pipeline, Record, Stage
from potok.records.rates import Rates
from potok.records.record_types import RecordType
from potok.records.screens import asked, bars, names, rights, rows, wording
from potok.records.screens.asked import Asked
from potok.records.screens.bars import Totals
from potok.records.screens.screen import screen
from potok.records.writing import verbs
from potok.ui import answers, words
from potok.ui.answers import Toast

CARDS = 20
CARDS_MAX = 1000


@dataclass(frozen=True)
class Card:
    """One record on the board."""

    id: int
    url: str
    title: str
    about: str
    next: Line | None
    sum: str
    person: Any
    runs: Line | None


@dataclass(frozen=True)
class Column:
    """One stage: what stands on it, and where to ask for more of its cards."""

    stage: Stage
    totals: Totals
    cards: Sequence[Card]
    is_folded: bool
    toggle_url: str
    more_url: str
    add_url: str


@require_http_methods(["GET", "POST"])
@screen
def board(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Draw the board; a POST moves a card to another column."""
    if not of.pipeline:
        raise Http404
    return _move(request, of) if request.method == "POST" else _draw(request, of)


def _move(request: HttpRequest, of: RecordType) -> HttpResponse:
    """Move a card; the way back is a move as well, so that it too is judged by the rules of today."""
    given = request.POST if "card" in request.POST else request.GET
    card = given.get("card", "")
    record: Any = queries.find(of, int(card) if card.isdecimal() else 0, by=request.user.pk)
    was = record.stage.code if record.stage else ""
    with opened(request.user.pk, door="screen") as call:
        moved: Any = verbs[of.name].move(call, record=record, stage=given.get("column", ""))
    if was in ("", moved.stage.code) or "undo" in given:
        return answers.done(request)
    undo = f"{request.path}?card={record.pk}&column={was}&undo=1"
    return answers.done(
        request, Toast(gettext("Stage “%(stage)s”") % {"stage": words.inside(moved.stage.title)}, undo=undo)
    )


def _draw(request: HttpRequest, of: RecordType) -> HttpResponse:
    shown = asked.read(request, of, layout=asked.BOARD, more=("pipeline", "open", "more", bars.APART))
    pipelines = catalogue.current().pipelines.get(of.name, [])
    pipeline = next(
        (one for one in pipelines if str(one.pk) == shown.more.get("pipeline")), pipelines[0] if pipelines else None
    )
    if pipeline is None:
        return answers.draw(request, "records/board.html", {**bars.context(request, shown, Totals(0)), "columns": None})
    rates = bars.rates_of(shown)
    whole, worth = _worth(shown, pipeline, rates=rates, exact="exact" in request.GET)
    context = {
        **bars.context(request, shown, whole, rates=rates),
        "exact_url": shown.url(exact="1") if whole.is_more else "",
        "pipeline": pipeline,
        "pipelines": [
            (one.title, shown.url(pipeline=str(one.pk), open="", more=""), one is pipeline) for one in pipelines
        ],
        "stages": _columns(request, shown, pipeline, worth, is_few=not whole.is_more),
        "live_url": shown.here,
    }
    return answers.draw(request, "records/board.html", context)


def _worth(shown: Asked, pipeline: Pipeline, *, rates: Rates, exact: bool) -> tuple[Totals, dict[int, Totals]]:
    """Count and sum of all and of every column; where there are very many, only of columns that hold fewer."""
    of, measured = shown.of, bars.measured(shown.of)
    found = shown.rows().filter(pipeline=pipeline)
    whole = bars.totals(of, found, rates=rates, exact=False)
    if exact or not whole.is_more:
        grouped = figures.by_group(found, measured, F("stage"))
        worth = {stage: bars.told(of, one, rates=rates) for (stage,), one in grouped.items()}
        return _sum(worth.values(), rates=rates), worth
    stages = [stage.pk for stage in catalogue.current().stages_of(pipeline.pk)]
    # Not narrowed by the pipeline, which a stage implies: the index of stages has all that is asked for.
    told = figures.each([shown.rows().filter(stage=stage) for stage in stages], measured, most=figures.COUNT_MAX + 1)
    return whole, {stage: bars.limited(of, one, rates=rates) for stage, one in zip(stages, told, strict=True)}


def _sum(parts: Iterable[Totals], *, rates: Rates) -> Totals:
    count, sums = 0, dict[str, Decimal]()
    for part in parts:
        count += part.count
        for currency, total in part.sums.items():
            sums[currency] = sums.get(currency, Decimal(0)) + total
    return Totals(count, rates.joined(sums))


def _columns(
    request: HttpRequest, shown: Asked, pipeline: Pipeline, worth: Mapping[int, Totals], *, is_few: bool
) -> list[Column]:
    of = shown.of
    stages = catalogue.current().stages_of(pipeline.pk)
    open_ones = set(shown.more.get("open", "").split(","))
    folded = {stage.pk for stage in stages if stage.kind != Stage.OPEN and stage.code not in open_ones}
    limits = _limits(shown.more.get("more", ""))
    unfolded = [stage for stage in stages if stage.pk not in folded]
    ids = (_among_few if is_few else _among_many)(shown, unfolded, limits)
    records = list(queries.rows(of, by=None).filter(pk__in=ids).order_by(*conditions.order(of, shown.now.sort)))
    cards = _drawn(request, of, records)
    add_url = f"/{of.path}/new?pipeline={pipeline.pk}&stage=" if rights.may(request, of.may("add")) else ""
    return [
        Column(
            stage,
            worth.get(stage.pk, Totals(0)),
            [cards[record.pk] for record in records if record.stage_id == stage.pk],
            stage.pk in folded,
            shown.url(open=",".join(sorted(filter(None, open_ones ^ {stage.code}))), more=""),
            _more(shown, stage, limits, worth),
            f"{add_url}{stage.code}" if add_url and stage.kind == Stage.OPEN else "",
        )
        for stage in stages
    ]


def _limits(given: str) -> dict[str, int]:
    """How many cards of which column were asked for: `NEW:40,PAID:60`."""
    pairs = (one.rpartition(":") for one in given.split(",") if one)
    return {code: min(int(count), CARDS_MAX) for code, _, count in pairs if count.isdecimal()}


def _more(shown: Asked, stage: Stage, limits: Mapping[str, int], worth: Mapping[int, Totals]) -> str:
    now = limits.get(stage.code, CARDS)
    if worth.get(stage.pk, Totals(0)).count <= now or now >= CARDS_MAX:
        return ""
    wanted = {**limits, stage.code: now + CARDS}
    return shown.url(more=",".join(f"{code}:{count}" for code, count in wanted.items()))


def _among_many(shown: Asked, stages: Sequence[Stage], limits: Mapping[str, int]) -> list[int]:
    """The first cards of each column: each branch walks the index of its stage, all in one question."""
    order = conditions.order(shown.of, shown.now.sort)
    plain = shown.rows().select_related(None)
    branches = [
        plain.filter(stage=stage).order_by(*order).values("pk")[: limits.get(stage.code, CARDS)] for stage in stages
    ]
    if len(branches) > 1:
        return [one["pk"] for one in branches[0].union(*branches[1:], all=True)]
    return [one["pk"] for branch in branches for one in branch]


def _among_few(shown: Asked, stages: Sequence[Stage], limits: Mapping[str, int]) -> list[int]:
    """The same where all that he sees are few: they are found once, and numbered within their columns."""
    order = conditions.order(shown.of, shown.now.sort)
    place = Window(RowNumber(), partition_by=F("stage"), order_by=order)
    most = {stage.pk: limits.get(stage.code, CARDS) for stage in stages}
    plain = shown.rows().select_related(None).filter(stage__in=list(most)).annotate(_place=place)
    found = plain.filter(_place__lte=max(most.values(), default=0)).values_list("pk", "stage_id", "_place")
    return [pk for pk, stage, number in found if number <= most[stage]]


def _drawn(request: HttpRequest, of: RecordType, records: Sequence[Record]) -> dict[int, Card]:
    own = catalogue.current().own(of)
    link = next((one for one in own if isinstance(one, Link) and not one.multiple), None)
    due = next((one for one in own if isinstance(one, Date)), None)
    money = bars.money_field(of)
    named = [one for one in (link, of.declared()["responsible"]) if one is not None]
    known = names.of_values((field.of(record) for record in records for field in named), by=request.user.pk)
    refs = [record.ref for record in records]
    steps, runs = lines.ask(lines.next_steps, request, refs), lines.ask(lines.process_lines, request, refs)
    today = clock.now().date()
    return {
        record.pk: Card(
            record.pk,
            rows.address(of, record.pk),
            record.title or gettext("Without a name"),
            wording.text(link, link.of(record), known) if link else "",
            steps.get(record.ref) or _expected(due.of(record) if due else None, record, today),
            wording.text(money, money.of(record), known) if money else "",
            known.persons.get(record.responsible_id or 0),
            runs.get(record.ref),
        )
        for record in records
    }


def _expected(due: Any, record: Any, today: date) -> Line | None:
    """Where nobody says what is next, the date by which the record is to be done; late while it is open."""
    if due is None:
        return None
    is_open = record.stage is None or record.stage.kind == Stage.OPEN
    return Line(words.day_short(due), late=is_open and due < today)
