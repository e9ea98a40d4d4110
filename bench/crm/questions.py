"""What is asked of a million records: a page of the product, and bare SQL that answers the same rows."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from bench.crm.company import Company

ADMINISTRATOR, HEAD, SELLER = "administrator", "head of 40", "own and 500 shared"
KEPT = "d.removed_at IS NULL"
PAGE, CARDS, COUNT_MAX = 51, 20, 10_000


@dataclass(frozen=True)
class Question:
    """One figure: pages that are asked for in turn, and for each the bare statement. `table` is what they read."""

    name: str
    pages: Sequence[str]
    bare: Sequence[str]
    table: str = '"deals_deal"'


@dataclass(frozen=True)
class Eyes:
    """Who looks, and what of the deals that leaves, as one would write it by hand."""

    name: str
    person: int
    sees: str


def eyes(company: Company) -> list[Eyes]:
    """The three who look."""
    team = company.people[: len(company.people) // 5]
    shared = "SELECT record_id FROM records_share WHERE record_type = 'crm.deal' AND holder = "
    return [
        Eyes(ADMINISTRATOR, company.administrator, "true"),
        Eyes(HEAD, company.head, f"d.responsible_id IN ({', '.join(map(str, team))})"),
        Eyes(
            SELLER,
            company.seller,
            f"(d.responsible_id = {company.seller} OR d.id IN ({shared}'user_{company.seller}'))",
        ),
    ]


SEARCHED = ("иванов", "захаров виктор", "ivanov", "bdfyjd", "ивонов", "921555", "ооо", "ремонт кровли", "прослабло")


def asked(company: Company, who: Eyes) -> list[Question]:
    """Every figure as one of the three sees it."""
    last = f"ORDER BY d.id DESC LIMIT {PAGE}"
    seen = f"FROM deals_deal d WHERE {KEPT} AND {who.sees}"
    # What stands above a list: how many there are and what they come to, as far as ten thousand.
    some = f"SELECT count(*), sum(amount) FROM (SELECT d.amount {seen} {{}} LIMIT {COUNT_MAX + 1}) few"
    return [
        Question("list", ["/deals/"], [f"SELECT d.* {seen} {last}; {some.format('')}"]),
        *(
            Question(
                f"list, {name}",
                [_filtered(terms)],
                [f"SELECT d.* {seen} AND {condition} {last}; {some.format(f'AND {condition}')}"],
            )
            for name, (terms, condition) in FILTERS.items()
        ),
        Question(
            "exact count and sum",
            ["/deals/?exact=1"],
            [f"SELECT d.* {seen} {last}; SELECT d.currency, count(*), sum(d.amount) {seen} GROUP BY 1"],
        ),
        Question("board", [f"/deals/board?pipeline={company.pipeline}"], [_board(company, who)]),
        Question(
            "card",
            [f"/deals/{id}/" for id in _some(company, who)],
            [f"SELECT d.* {seen} AND d.id = {id}" for id in _some(company, who)],
        ),
        Question("search", [f"/search?{urlencode({'q': text})}" for text in SEARCHED], [], '"search_entry"'),
    ]


def _term(field: str, operator: str, value: object) -> Mapping[str, object]:
    return {"field": field, "operator": operator, "value": value}


FILTERS: Mapping[str, tuple[Sequence[Mapping[str, object]], str]] = {
    "one of twenty": ([_term("uf_segment", "in", ["7"])], """d.props @> '{"uf_segment": "7"}'"""),
    "two of many": (
        [_term("uf_segment", "in", ["7"]), _term("uf_priority", "in", ["2"]), _term("uf_regular", "equal", "yes")],
        """d.props @> '{"uf_segment": "7", "uf_priority": "2", "uf_regular": true}'""",
    ),
    "a number of 0.1 %": ([_term("uf_score", "at_least", "99900")], "d.props -> 'uf_score' >= '99900'"),
    "a month": (
        [_term("uf_visited_on", "between", ["2026-05-01", "2026-05-31"])],
        "d.props -> 'uf_visited_on' BETWEEN '\"2026-05-01\"' AND '\"2026-05-31\"'",
    ),
}


def _filtered(terms: Sequence[Mapping[str, object]]) -> str:
    return f"/deals/?{urlencode({'filter': json.dumps({'all': list(terms)})})}"


def _board(company: Company, who: Eyes) -> str:
    """What all columns come to, and the first cards of those that are open."""
    told = (
        f"SELECT d.stage_id, d.currency, count(*), sum(d.amount) FROM deals_deal d"
        f" WHERE {KEPT} AND d.pipeline_id = {company.pipeline} AND {who.sees} GROUP BY 1, 2"
    )
    cards = " UNION ALL ".join(
        f"(SELECT d.* FROM deals_deal d WHERE {KEPT} AND d.stage_id = {stage} AND {who.sees}"
        f" ORDER BY d.id DESC LIMIT {CARDS})"
        for stage in company.stages[:5]
    )
    return f"{told}; {cards}"


def _some(company: Company, who: Eyes) -> list[int]:
    """Ids of a dozen deals that he sees, spread over all."""
    from potok.records.public import record_types, rows

    found = list(rows(record_types["crm.deal"], by=who.person).order_by("pk").values_list("pk", flat=True)[:3_000])
    return found[:: max(len(found) // 12, 1)][:12]
