"""Rows that fit several records, or what lies in the trash: the person says which one, and it can be taken back."""

from typing import Any

import pytest

from potok.kit.doors import opened
from potok.people.public import Extent
from potok.records import public as records
from potok.records.duplicates import operations as merging
from potok.records.duplicates.models import Merge
from potok.records.exchange import carrying, operations
from potok.records.works.rules import State
from tests.company import Company
from tests.records.conftest import Make, refused
from tests.records.exchange.conftest import Bring, outcomes, sentences, table
from tests.records.exchange.test_asking import answer, carry, firms, undo


def bury(record: Any) -> Any:
    with opened(None, door="screen") as call:
        return records.verbs[record.record_type].remove(call, record=record)


@pytest.mark.parametrize("on_match", ["update", "merge", "ask"])
def test_a_row_that_fits_several_asks_which_one(bring: Bring, make: Make, firm: Company, on_match: str) -> None:
    twins = [make("crm.company", {"title": "Twin", "address": place}) for place in ("Tver", "Omsk", "Perm")]
    of = bring("crm.company", table("Name;Comment", "Twin;new"), keys=["title"], on_match=on_match, carry=False)
    line = of.lines.get()
    assert (line.outcome, line.waits, line.candidates) == ("ask", "several", [one.pk for one in twins])
    assert "several records" in sentences(of)[0]
    with refused("records.import.unanswered"):
        carry(firm, of)
    answer(firm, of, "update", records={2: twins[1].pk})
    assert of.state == State.CHECKED
    carry(firm, of)
    assert [one.comment for one in firms()] == ["", "new", ""]
    undo(firm, of)
    assert [one.comment for one in firms()] == ["", "", ""]


def test_an_answer_for_all_such_rows_takes_the_one_changed_last(bring: Bring, make: Make, firm: Company) -> None:
    older, newer = make("crm.company", {"title": "Twin"}), make("crm.company", {"title": "Twin"})
    with opened(None, door="screen") as call:
        records.verbs["crm.company"].change(call, record=older, values={"address": "Tver"})
    make("crm.company", {"title": "Alone"})
    of = bring("crm.company", table("Name;Comment", "Twin;a", "Alone;b"), keys=["title"], on_match="ask", carry=False)
    answer(firm, of, "update", waits="several")
    assert outcomes(of) == ["change", "ask"]
    answer(firm, of, "skip", waits="one")
    carry(firm, of)
    assert [(one.pk, one.comment) for one in firms()[:2]] == [(older.pk, "a"), (newer.pk, "")]


@pytest.mark.parametrize(("said", "count"), [("add", 3), ("skip", 2)])
def test_a_row_that_fits_several_may_be_added_or_left_out(
    bring: Bring, make: Make, firm: Company, said: str, count: int
) -> None:
    make("crm.company", {"title": "Twin"})
    make("crm.company", {"title": "Twin"})
    of = bring("crm.company", table("Name;Comment", "Twin;x"), keys=["title"], carry=False)
    answer(firm, of, said, [2])
    carry(firm, of)
    assert firms().count() == count
    assert not firms().filter(pk__lt=firms().last().pk).exclude(comment="").exists()


def test_only_what_was_offered_is_chosen(bring: Bring, make: Make, firm: Company) -> None:
    make("crm.company", {"title": "Twin"})
    make("crm.company", {"title": "Twin"})
    other = make("crm.company", {"title": "Other"})
    of = bring("crm.company", table("Name;Comment", "Twin;x"), keys=["title"], carry=False)
    with refused("records.import.not_asked"):
        answer(firm, of, "update", records={2: other.pk})
    with refused("records.import.not_asked"):
        answer(firm, of, "update", waits="trash")


def test_a_choice_that_is_gone_by_the_writing_is_told(bring: Bring, make: Make, firm: Company) -> None:
    twins = [make("crm.company", {"title": "Twin"}) for _ in range(3)]
    of = bring("crm.company", table("Name;Comment", "Twin;x"), keys=["title"], carry=False)
    answer(firm, of, "update", records={2: twins[0].pk})
    bury(twins[0])
    carry(firm, of)
    assert outcomes(of) == ["wrong"]
    assert not firms().exclude(comment="").exists()


def test_a_row_brings_back_what_lies_in_the_trash_and_the_way_back_buries_it(
    bring: Bring, make: Make, firm: Company
) -> None:
    there = make("crm.company", {"title": "Gone", "comment": "old", "address": "Tver"})
    bury(there)
    of = bring("crm.company", table("Name;Comment", "Gone;new", "Fresh;x"), keys=["title"], carry=False)
    assert outcomes(of) == ["ask", "add"]
    assert "trash" in sentences(of)[0]
    answer(firm, of, "update", waits="trash")
    assert outcomes(of) == ["restore", "add"]
    carry(firm, of)
    assert [(one.title, one.comment, one.address) for one in firms()] == [("Gone", "new", "Tver"), ("Fresh", "x", "")]
    undo(firm, of)
    there.refresh_from_db()
    assert not firms().exists()
    assert there.removed_at
    assert there.comment == "old"  # type: ignore[attr-defined]
    assert [line.undone for line in of.lines.all()] == ["back", "back"]


@pytest.mark.parametrize(("said", "made"), [("add", [("Gone", "new")]), ("skip", [])])
def test_what_lies_in_the_trash_may_stay_there(
    bring: Bring, make: Make, firm: Company, said: str, made: list[tuple[str, str]]
) -> None:
    bury(make("crm.company", {"title": "Gone", "comment": "old"}))
    of = bring("crm.company", table("Name;Comment", "Gone;new"), keys=["title"], carry=False)
    answer(firm, of, said)
    carry(firm, of)
    assert [(one.title, one.comment) for one in firms()] == made


def test_what_was_brought_back_and_changed_since_stays(bring: Bring, make: Make, firm: Company) -> None:
    there = make("crm.company", {"title": "Gone"})
    bury(there)
    of = bring("crm.company", table("Name;Comment", "Gone;new"), keys=["title"], carry=False)
    answer(firm, of, "merge")
    carry(firm, of)
    with opened(None, door="screen") as call:
        records.verbs["crm.company"].change(call, record=firms().get(), values={"address": "Tver"})
    undo(firm, of)
    assert [(one.comment, one.address) for one in firms()] == [("new", "Tver")]
    assert of.lines.get().undone == "kept"


def merged(kept: Any, *lost: Any) -> Merge:
    with opened(None, door="screen") as call:
        return merging.merge(call, kept=kept, lost=[type(one).objects.get(pk=one.pk) for one in lost])


def test_a_row_about_what_was_merged_away_is_offered_the_record_it_became(
    bring: Bring, make: Make, firm: Company
) -> None:
    first, second, third = (make("crm.company", {"title": title}) for title in ("First", "Second", "Third"))
    merged(second, first)
    last = merged(third, second)
    given = table("Name;Comment", "First;new", "Second;x", "Fresh;y")
    of = bring("crm.company", given, keys=["title"], carry=False)
    lines = list(of.lines.order_by("number"))
    assert [(one.outcome, one.waits, one.candidates) for one in lines[:2]] == [("ask", "merged", [third.pk])] * 2
    assert "became part of another record: Third" in sentences(of)[0]
    answer(firm, of, "update", [2])
    answer(firm, of, "skip", waits="merged")
    assert outcomes(of) == ["change", "skip", "add"]
    carry(firm, of)
    assert [(one.title, one.comment) for one in firms()] == [("First", "new"), ("Fresh", "y")]
    undo(firm, of)
    assert [(one.title, one.comment) for one in firms()] == [("Third", "")]
    # What was given back is itself again.
    with opened(None, door="screen") as call:
        merging.unmerge(call, merge=last)
    assert outcomes(bring("crm.company", table("Name;Comment", "Second;z"), keys=["title"])) == ["change"]


def test_whoever_may_not_see_what_a_record_became_adds_another(make: Make, firm: Company) -> None:
    gone, kept = make("crm.company", {"title": "Gone"}), make("crm.company", {"title": "Kept"})
    for right in ("see", "add", "import", "remove"):
        firm.grant(f"crm.company.{right}", extent=Extent.OWN, to=firm.bob)
    with opened(None, door="screen") as call:
        records.verbs["crm.company"].change(call, record=gone, values={"responsible": firm.bob.pk})
        records.verbs["crm.company"].change(call, record=kept, values={"responsible": firm.carol.pk})
    merged(type(kept).objects.get(pk=kept.pk), gone)
    with opened(firm.bob.pk, door="screen") as call:
        of = operations.begin(call, record_type="crm.company", name="a.csv", content=table("Name;Comment", "Gone;x"))
        operations.choose(call, of=of, columns=["title", "comment"], keys=["title"])
    carrying.run_until_idle()
    assert outcomes(of) == ["add"]


def test_what_is_there_is_meant_and_not_its_shadow_in_the_trash(bring: Bring, make: Make, firm: Company) -> None:
    bury(make("crm.company", {"title": "Twin"}))
    make("crm.company", {"title": "Twin"})
    of = bring("crm.company", table("Name;Comment", "Twin;x"), keys=["title"], carry=False)
    assert outcomes(of) == ["change"]


def test_whoever_may_not_bring_back_is_not_told_of_the_trash(make: Make, firm: Company) -> None:
    bury(make("crm.company", {"title": "Gone"}))
    for right in ("see", "add", "import"):
        firm.grant(f"crm.company.{right}", to=firm.bob)
    with opened(firm.bob.pk, door="screen") as call:
        of = operations.begin(call, record_type="crm.company", name="a.csv", content=table("Name;Comment", "Gone;x"))
        operations.choose(call, of=of, columns=["title", "comment"], keys=["title"])
    carrying.run_until_idle()
    assert outcomes(of) == ["add"]


def test_what_was_shown_as_unchanged_or_left_out_stays_so(bring: Bring, make: Make, firm: Company) -> None:
    there = make("crm.company", {"title": "Same", "comment": "as it is"})
    of = bring("crm.company", table("Name;Comment", "Same;as it is"), keys=["title"], carry=False)
    assert outcomes(of) == ["same"]
    with opened(None, door="screen") as call:
        records.verbs["crm.company"].change(call, record=there, values={"comment": "theirs"})
    carry(firm, of)
    assert outcomes(of) == ["same"]
    assert [one.comment for one in firms()] == ["theirs"]
