"""Rows that fit what is there: put before the person, filled in, and taken back field by field."""

from collections.abc import Sequence
from typing import Any

import pytest

from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.records import public as records
from potok.records.exchange import carrying, operations
from potok.records.exchange.models import Import
from potok.records.works import operations as works
from tests.company import Company
from tests.records.conftest import Make, refused
from tests.records.exchange.conftest import Bring, outcomes, sentences, table


def firms() -> Any:
    return records.record_types["crm.company"].model.objects.filter(removed_at=None).order_by("pk")


def answer(firm: Company, of: Import, match: str, rows: Sequence[int] | None = None, **chosen: Any) -> None:
    with opened(firm.ann.pk, door="screen") as call:
        operations.answer(call, of=of, match=match, rows=rows, **chosen)
    carrying.run_until_idle()
    of.refresh_from_db()


def carry(firm: Company, of: Import) -> None:
    with opened(firm.ann.pk, door="screen") as call:
        operations.carry_out(call, of=of)
    carrying.run_until_idle()
    of.refresh_from_db()


def undo(firm: Company, of: Import) -> None:
    with opened(firm.ann.pk, door="screen") as call:
        works.undo(call, of=of)
    carrying.run_until_idle()
    of.refresh_from_db()


def test_rows_that_match_wait_for_an_answer_each_for_itself_or_all_at_once(
    bring: Bring, make: Make, firm: Company
) -> None:
    for name in ("A", "B", "C", "D"):
        make("crm.company", {"title": name, "comment": "old"})
    of = bring(
        "crm.company",
        table("Name;Comment;Address", *(f"{name};new;here" for name in "ABCDE")),
        keys=["title"],
        on_match="ask",
        carry=False,
    )
    assert outcomes(of) == ["ask", "ask", "ask", "ask", "add"]
    assert of.lines.first().before["comment"] == "old"  # type: ignore[union-attr]
    with refused("records.import.unanswered"):
        carry(firm, of)
    answer(firm, of, "skip", [2])
    answer(firm, of, "add", [3])
    answer(firm, of, "merge", [4])
    assert outcomes(of) == ["skip", "add", "change", "ask", "add"]
    answer(firm, of, "update")
    carry(firm, of)
    assert [(one.title, one.comment, one.address) for one in firms()] == [
        ("A", "old", ""), ("B", "old", ""), ("C", "old", "here"), ("D", "new", "here"), ("B", "new", "here"),
        ("E", "new", "here"),
    ]  # fmt: skip


def test_an_answer_may_be_changed_and_taken_back_until_it_is_carried_out(
    bring: Bring, make: Make, firm: Company
) -> None:
    make("crm.company", {"title": "A"})
    of = bring("crm.company", table("Name;Comment", "A;x"), keys=["title"], on_match="ask", carry=False)
    answer(firm, of, "skip")
    answer(firm, of, "ask", [2])
    assert outcomes(of) == ["ask"]
    answer(firm, of, "update", [2])
    assert outcomes(of) == ["change"]
    with refused("records.import.not_asked"):
        answer(firm, of, "skip")
    with refused("kit.missing"):
        answer(firm, of, "burn", [2])


def test_what_appears_between_the_check_and_the_writing_is_told_not_overwritten(
    bring: Bring, make: Make, firm: Company
) -> None:
    of = bring("crm.company", table("Name;Comment", "A;new"), keys=["title"], on_match="ask", carry=False)
    assert outcomes(of) == ["add"]
    make("crm.company", {"title": "A", "comment": "theirs"})
    carry(firm, of)
    assert outcomes(of) == ["wrong"]
    assert [one.comment for one in firms()] == ["theirs"]


def test_merging_fills_what_is_empty_and_adds_phones_and_mails(bring: Bring, make: Make, firm: Company) -> None:
    there = make(
        "crm.company",
        {"title": "Alpha", "comment": "mine", "phone": ["+78120001101"], "email": ["a@a.example"]},
    )
    of = bring(
        "crm.company",
        table(
            "Name;Phone;E-mail;Comment;Address",
            "Alpha Ltd;8 812 000-11-01, 8 812 000-11-02;b@a.example;theirs;Tver",
        ),
        keys=["phone"],
        on_match="merge",
    )
    there.refresh_from_db()
    assert (there.title, there.comment, there.address) == ("Alpha", "mine", "Tver")  # type: ignore[attr-defined]
    assert [one["value"] for one in there.phone] == ["+78120001101", "+78120001102"]  # type: ignore[attr-defined]
    assert [one["value"] for one in there.email] == ["a@a.example", "b@a.example"]  # type: ignore[attr-defined]
    undo(firm, of)
    there.refresh_from_db()
    assert ([one["value"] for one in there.phone], there.address) == (["+78120001101"], "")  # type: ignore[attr-defined]


def test_of_a_record_that_somebody_changed_only_his_fields_stay_and_are_named(
    bring: Bring, make: Make, firm: Company
) -> None:
    there = make("crm.company", {"title": "Alpha", "comment": "1", "address": "1"})
    of = bring("crm.company", table("Name;Comment;Address", "Alpha;2;2"), keys=["title"])
    with opened(None, door="screen") as call:
        records.verbs["crm.company"].change(call, record=there, values={"comment": "3"})
    undo(firm, of)
    there.refresh_from_db()
    assert (there.comment, there.address) == ("3", "1")  # type: ignore[attr-defined]
    assert of.lines.get().undone == "kept"
    assert "Comment" in sentences(of)[0]


def test_what_somebody_has_thrown_away_himself_counts_as_taken_back(bring: Bring, firm: Company) -> None:
    of = bring("crm.company", table("Name", "Alpha"))
    with opened(None, door="screen") as call:
        records.verbs["crm.company"].remove(call, record=firms().get())
    undo(firm, of)
    assert of.lines.get().undone == "back"


@pytest.mark.parametrize("key", ["phone", "email"])
def test_one_of_many_phones_and_mails_is_enough_to_find_a_record(bring: Bring, make: Make, key: str) -> None:
    make("crm.company", {"title": "Alpha", "phone": ["+78120001101", "+78120001102"],
                         "email": ["a@a.example", "b@b.example"]})  # fmt: skip
    of = bring(
        "crm.company",
        table("Name;Phone;E-mail", "Beta;(812) 000-11-02;B@b.example"),
        keys=[key],
        carry=False,
    )
    assert outcomes(of) == ["change"]


def test_nobody_answers_for_another(bring: Bring, make: Make, firm: Company) -> None:
    make("crm.company", {"title": "A"})
    of = bring("crm.company", table("Name;Comment", "A;x"), keys=["title"], on_match="ask", carry=False)
    firm.grant("crm.company.import", to=firm.bob)
    with opened(firm.bob.pk, door="screen") as call, pytest.raises(Refused) as caught:
        operations.answer(call, of=of, match="skip")
    assert caught.value.code == "kit.missing"
