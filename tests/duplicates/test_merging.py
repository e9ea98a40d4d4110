"""Several records become one, and several again."""

import io
import random
from typing import Any

import pytest

from potok.crm.goods import public as goods
from potok.disk.public import File, Place, files
from potok.kit.doors import opened
from potok.kit.operations import operations as operations_
from potok.people.public import Extent
from potok.records import public as records
from potok.records.duplicates import operations
from potok.records.duplicates.heirs import heirs
from potok.records.duplicates.models import Merge
from potok.records.models import Comment, History
from potok.tasks import public as tasks
from tests.company import Company
from tests.duplicates.conftest import Make
from tests.records.conftest import refused

FIRST = {"title": "ООО Ромашка", "phone": ["+79215551234"], "site": "https://romashka.example"}
SECOND = {"title": "Ромашка", "phone": ["+79215551234", {"value": "+78120001122", "kind": "home"}], "comment": "Платит"}


def merged(kept: records.Record, *lost: records.Record, by: int | None = None, **values: object) -> Merge:
    with opened(by, door="screen") as call:
        return operations.merge(call, kept=kept, lost=lost, values=values)


def apart(merge: Merge) -> None:
    with opened(None, door="screen") as call:
        operations.unmerge(call, merge=merge)


def company(pk: int) -> Any:
    return records.type_named("crm.company").model.objects.get(pk=pk)


def test_the_one_that_stays_takes_over_what_it_lacks(make: Make) -> None:
    kept, lost = make("crm.company", FIRST), make("crm.company", SECOND)
    merged(kept, lost)
    row = company(kept.pk)
    assert (row.title, row.comment, row.site) == ("ООО Ромашка", "Платит", "https://romashka.example")
    assert [line["value"] for line in row.phone] == ["+79215551234", "+78120001122"]
    assert company(lost.pk).removed_at is not None
    assert heirs(lost.record_type, [lost.pk, kept.pk]) == {lost.pk: kept.pk}


def test_a_field_holds_what_was_chosen_in_the_preview(make: Make) -> None:
    kept, lost = make("crm.company", FIRST), make("crm.company", SECOND)
    merged(kept, lost, title="Ромашка", comment=None)
    assert (company(kept.pk).title, company(kept.pk).comment) == ("Ромашка", "")


def test_links_comments_files_and_tasks_follow(firm: Company, make: Make) -> None:
    kept, lost = make("crm.company", FIRST), make("crm.company", SECOND)
    deal: Any = make("crm.deal", {"title": "Deal", "company": lost.pk})
    with opened(firm.ann.pk, door="screen") as call:
        records.comments.add(call, record=lost, text="Важно")
        files.add(call, name="act.txt", content=io.BytesIO(b"act"), on=Place("crm.company", lost.pk))
        task = tasks.add(call, title="Call", responsible=firm.bob.pk, records=[lost.ref])
    merged(kept, lost)
    deal.refresh_from_db()
    task.refresh_from_db()
    assert deal.company_id == kept.pk
    assert Comment.objects.get().record_id == File.objects.get().hangs_id == kept.pk
    assert task.refs() == (kept.ref,)


def test_both_have_it_in_their_history(firm: Company, make: Make) -> None:
    firm.ann.is_administrator = True
    kept, lost = make("crm.company", FIRST), make("crm.company", SECOND)
    merged(kept, lost, by=firm.ann.pk)
    kinds = {(one.record_id, one.kind, one.by_id) for one in History.objects.exclude(kind="added")}
    assert {(kept.pk, "changed", firm.ann.pk), (lost.pk, "removed", firm.ann.pk)} <= kinds


def test_activities_papers_and_shares_follow(firm: Company, make: Make) -> None:
    kept, lost = make("crm.company", FIRST), make("crm.company", SECOND)
    activity: Any = make("crm.activity", {"title": "Call", "about": [lost.ref, kept.ref]})
    make("crm.own_entity", {"title": "North Air", "inn": "7707083893", "is_default": True})
    invoice: Any = make("crm.invoice", {"company": lost.pk, "amount": 10})
    with opened(None, door="screen") as call:
        operations_["crm.invoice.issue"](call, invoice=invoice)
    share(kept, firm.bob)
    share(lost, firm.bob, may_edit=True)
    share(lost, firm.eve)
    merge = merged(kept, lost)
    activity.refresh_from_db()
    invoice.refresh_from_db()
    assert activity.refs() == (kept.ref,)
    assert invoice.company_id == kept.pk
    assert shares(kept) == {f"user_{firm.bob.pk}": True, f"user_{firm.eve.pk}": False}
    apart(merge)
    activity.refresh_from_db()
    invoice.refresh_from_db()
    assert activity.refs() == (lost.ref, kept.ref)
    assert invoice.company_id == lost.pk
    assert shares(kept) == {f"user_{firm.bob.pk}": False}
    assert shares(lost) == {f"user_{firm.bob.pk}": True, f"user_{firm.eve.pk}": False}


def share(record: records.Record, to: Any, *, may_edit: bool = False) -> None:
    with opened(None, door="screen") as call:
        records.sharing.give(call, record=record, holder=f"user_{to.pk}", may_edit=may_edit)


def shares(record: records.Record) -> dict[str, bool]:
    found = records.Share.objects.filter(record_type=record.record_type, record_id=record.pk)
    return dict(found.values_list("holder", "may_edit"))


LINE = {"title": "Work", "price": 100}


@pytest.mark.parametrize(
    ("kept_amount", "has_own", "comes_to", "by_hand"),
    [(None, True, "150.00", False), (None, False, "50.00", False), (7, False, "7.00", True), (7, True, "7.00", True)],
)
def test_goods_follow_and_the_amount_follows_them(
    make: Make, kept_amount: int | None, has_own: bool, comes_to: str, by_hand: bool
) -> None:
    kept: Any = make("crm.deal", {"title": "Deal", **({"amount": kept_amount} if kept_amount else {})})
    lost: Any = make("crm.deal", {"title": "Deal"})
    with opened(None, door="screen") as call:
        if has_own:
            operations_["crm.deal.lines.set"](call, record=kept, lines=[LINE])
        operations_["crm.deal.lines.set"](call, record=lost, lines=[{"title": "Filter", "price": 50}])
    kept.refresh_from_db()
    lost.refresh_from_db()
    before = goods_of(kept), goods_of(lost)
    merge = merged(kept, lost)
    kept.refresh_from_db()
    assert goods_of(kept) == ([*before[0][0], ("Filter", len(before[0][0]))], comes_to, by_hand)
    apart(merge)
    kept.refresh_from_db()
    lost.refresh_from_db()
    assert (goods_of(kept), goods_of(lost)) == before


def test_the_histories_of_both_tell_of_the_lines_that_came_and_went(make: Make) -> None:
    kept, lost = make("crm.deal", {"title": "Deal"}), make("crm.deal", {"title": "Deal"})
    with opened(None, door="screen") as call:
        operations_["crm.deal.lines.set"](call, record=lost, lines=[{"title": "Filter", "price": 50}])
    merge = merged(kept, type(lost).objects.get(pk=lost.pk))
    assert (lines_told(kept), lines_told(lost)) == ([["Filter"]], [["Filter"], []])
    apart(merge)
    assert (lines_told(kept), lines_told(lost)) == ([["Filter"], []], [["Filter"], [], ["Filter"]])


def lines_told(record: records.Record) -> list[list[str]]:
    """What lines a record had after each change of them, as its history says."""
    of = History.objects.filter(record_type=record.record_type, record_id=record.pk, after__has_key="lines")
    return [[line["title"] for line in one.after["lines"]["lines"]] for one in of.order_by("pk")]


def goods_of(deal: Any) -> tuple[list[tuple[str, int]], str, bool]:
    lines = [(line.title, line.place) for line in goods.lines(deal.ref)]
    return lines, str(deal.amount), bool(deal.amount_by_hand)


def test_papers_that_are_issued_stay_what_they_are(make: Make) -> None:
    make("crm.own_entity", {"title": "North Air", "inn": "7707083893", "is_default": True})
    kept, lost = make("crm.invoice"), make("crm.invoice")
    with opened(None, door="screen") as call:
        operations_["crm.invoice.lines.set"](call, record=lost, lines=[LINE])
        operations_["crm.invoice.issue"](call, invoice=lost)
    with refused("crm.invoice.frozen"):
        merged(kept, type(lost).objects.get(pk=lost.pk))


@pytest.mark.parametrize("seed", range(6))
def test_merging_and_taking_apart_is_as_if_nothing_had_been(firm: Company, make: Make, seed: int) -> None:
    chance = random.Random(seed)
    people = [make("crm.company", values(chance)) for _ in range(3)]
    for _ in range(3):
        make("crm.deal", {"title": "Deal", "company": chance.choice(people).pk})
        make("crm.contact", {"surname": "Иванов", "company": chance.choice(people).pk})
    with opened(firm.ann.pk, door="screen") as call:
        for row in people:
            records.comments.add(call, record=row, text=f"About {row.pk}")
            tasks.add(call, title="Call", responsible=firm.bob.pk, records=[row.ref])
    before = everything()
    kept, *lost = chance.sample(people, chance.choice((2, 3)))
    merge = merged(kept, *lost)
    assert everything() != before
    apart(merge)
    assert everything() == before


def values(chance: random.Random) -> dict[str, Any]:
    phones = [f"+7921555{chance.randrange(3):04}", {"value": "+78120001122", "kind": chance.choice(("work", "home"))}]
    return {
        "title": chance.choice(("Ромашка", "ООО Ромашка")),
        "phone": chance.sample(phones, chance.randrange(3)),
        "comment": chance.choice(("", "Платит")),
        "site": chance.choice((None, "https://a.example", "https://b.example")),
    }


def everything() -> dict[str, Any]:
    """What there is, but for the counts and moments of changes."""
    found: dict[str, Any] = {"comments": list(Comment.objects.order_by("pk").values())}
    found["tasks"] = [(one.pk, one.records) for one in tasks.Task.objects.order_by("pk")]
    for name in ("crm.company", "crm.contact", "crm.deal"):
        of = records.type_named(name)
        rows = of.model.objects.order_by("pk")
        found[name] = [(row.pk, row.removed_at, row.props, _plain(of, row)) for row in rows]
    return found


def _plain(of: records.RecordType, row: Any) -> dict[str, Any]:
    return {name: operations.plain_of(value) for name, value in records.snapshot(of, row).items()}


def test_what_somebody_changed_since_stays(make: Make) -> None:
    kept, lost = make("crm.company", FIRST), make("crm.company", SECOND)
    deal: Any = make("crm.deal", {"title": "Deal", "company": lost.pk})
    merge = merged(kept, lost)
    with opened(None, door="screen") as call:
        records.verbs["crm.company"].change(call, record=company(kept.pk), values={"comment": "Другое"})
        records.verbs["crm.deal"].change(call, record=deal, values={"company": None})
    apart(merge)
    deal.refresh_from_db()
    assert company(kept.pk).comment == "Другое"
    assert deal.company_id is None


def test_what_cannot_be_merged_is_refused(make: Make) -> None:
    kept, lost = make("crm.company", FIRST), make("crm.company", SECOND)
    for wrong in ([], [kept], [make("crm.deal", {"title": "Deal"})]):
        with refused("records.duplicates.too_few"):
            merged(kept, *wrong)
    with refused("records.duplicates.too_many"):
        merged(kept, *[make("crm.company", {"title": str(n)}) for n in range(10)])
    merge = merged(kept, lost)
    with refused("records.duplicates.too_few"):
        merged(kept, company(lost.pk))
    apart(merge)
    with refused("records.duplicates.undone"):
        apart(merge)


def test_what_came_back_from_the_trash_by_itself_is_not_taken_apart(make: Make) -> None:
    kept, lost = make("crm.company", FIRST), make("crm.company", SECOND)
    merge = merged(kept, lost)
    with opened(None, door="screen") as call:
        records.verbs["crm.company"].restore(call, record=company(lost.pk))
    with refused("records.duplicates.gone"):
        apart(merge)


def test_nobody_merges_what_he_may_not_change_or_remove(firm: Company, make: Make) -> None:
    kept = make("crm.company", {**FIRST, "responsible": firm.bob.pk})
    lost = make("crm.company", {**SECOND, "responsible": firm.carol.pk})
    with refused("kit.forbidden"):
        merged(kept, lost, by=firm.bob.pk)
    firm.grant(operations.MERGE)
    firm.grant("crm.company.see")
    firm.grant("crm.company.edit", extent=Extent.OWN)
    with refused("kit.forbidden"):
        merged(kept, lost, by=firm.bob.pk)
    assert company(lost.pk).removed_at is None
    assert not Merge.objects.exists()
