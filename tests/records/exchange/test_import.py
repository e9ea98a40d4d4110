"""A table becomes records: what it would change is shown first, and the whole of it can be taken back."""

from typing import Any

import pytest

from potok.kit.doors import opened
from potok.kit.errors import Forbidden, Missing, Refused
from potok.records import public as records
from potok.records.exchange import carrying, operations
from potok.records.exchange.models import Import
from potok.records.models import History
from potok.records.works import carrying as works_carrying
from potok.records.works import operations as works
from tests.company import Company
from tests.records.conftest import Make
from tests.records.exchange.conftest import Bring, outcomes, sentences, table

FIRMS = table(
    "Название;Телефон;E-mail;Ответственный",
    "ООО «Ромашка»;8 (812) 000-11-01, +7 921 000-11-02;info@romashka.example;Петров Bob",
    "ТСЖ Невский;;;",
)


def firms() -> Any:
    return records.record_types["crm.company"].model.objects.filter(removed_at=None).order_by("pk")


def change(row: Any, **values: Any) -> None:
    with opened(None, door="screen") as call:
        records.verbs[row.record_type].change(call, record=row, values=values)


def test_a_trial_says_what_would_be_and_writes_nothing(bring: Bring) -> None:
    of = bring(
        "crm.company", table("Name;Phone", "Alpha;8 812 000-11-01", "Beta;no phone", ";8 812 000-11-03"), carry=False
    )
    assert of.state == "checked"
    assert outcomes(of) == ["add", "wrong", "wrong"]
    assert [one.number for one in of.lines.filter(outcome="wrong")] == [3, 4]
    assert not firms()


def test_rows_become_records_with_values_in_local_writing(bring: Bring, firm: Company, make: Make) -> None:
    company = make("crm.company", {"title": "ООО «Ромашка»"})
    bring(
        "crm.deal",
        table(
            "Name;Amount;Expected on;Stage;Company;Responsible",
            "Vents;1 250,50;24.11.2026;paid;ооо «ромашка»;Petrov Bob",
            f"Pipes;100 USD;2026-12-01;NEW;#{company.pk};carol@firm.example",
        ),
    )
    vents, pipes = records.record_types["crm.deal"].model.objects.order_by("pk")
    assert (str(vents.amount), vents.currency, str(vents.close_on)) == ("1250.50", "RUB", "2026-11-24")
    assert (vents.stage.code, vents.company_id, vents.responsible_id) == ("PAID", company.pk, firm.bob.pk)
    assert (pipes.currency, pipes.company_id, pipes.responsible_id) == ("USD", company.pk, firm.carol.pk)


def test_columns_are_guessed_in_two_languages_and_by_what_they_hold(bring: Bring) -> None:
    of = bring(
        "crm.company",
        table("Наименование;Моб. тел.;Почта;Что-то", "A;89210001102;a@b.example;www.a.example"),
        carry=False,
    )
    assert of.columns == ["title", "phone", "email", "site"]


def test_a_choice_of_columns_is_remembered(bring: Bring) -> None:
    bring("crm.company", table("Name;Odd", "A;1"), columns=["title", "comment"], carry=False)
    assert bring("crm.company", table("Odd;Name", "1;B"), carry=False).columns == ["comment", "title"]


def test_values_for_all_rows_fill_what_the_rows_leave_empty(bring: Bring, firm: Company) -> None:
    bring("crm.company", table("Name;Comment", "A;own", "B;"), usual={"comment": "usual", "responsible": firm.bob.pk})
    assert [(one.comment, one.responsible_id) for one in firms()] == [("own", firm.bob.pk), ("usual", firm.bob.pk)]


@pytest.mark.parametrize(
    ("on_match", "outcome", "phones"), [("update", "change", 2), ("skip", "skip", 1), ("add", "add", 1)]
)
def test_what_is_there_is_changed_left_or_doubled_as_chosen(
    bring: Bring, make: Make, on_match: str, outcome: str, phones: int
) -> None:
    there = make("crm.company", {"title": "Alpha", "email": ["a@a.example"], "phone": ["+78120001101"]})
    of = bring(
        "crm.company",
        table("Name;E-mail;Phone", "Alpha Ltd;A@A.example;8 812 000-11-02"),
        keys=["email"],
        on_match=on_match,
    )
    assert outcomes(of) == [outcome]
    there.refresh_from_db()
    assert len(there.phone) == phones
    assert firms().count() == (2 if on_match == "add" else 1)


def test_the_trial_shows_before_and_after(bring: Bring, make: Make) -> None:
    make("crm.company", {"title": "Alpha", "comment": "old", "address": "here"})
    of = bring("crm.company", table("Name;Comment;Address", "alpha;new;here"), keys=["title"], carry=False)
    line = of.lines.get()
    assert (line.before, line.after) == ({"title": "Alpha", "comment": "old"}, {"title": "alpha", "comment": "new"})


def test_the_same_table_again_changes_nothing(bring: Bring) -> None:
    bring("crm.company", FIRMS.replace("Петров Bob".encode(), b"Bob Petrov"))
    again = bring("crm.company", FIRMS.replace("Петров Bob".encode(), b""), keys=["title"])
    assert outcomes(again) == ["same", "same"]


def test_two_rows_of_one_record_are_told_and_two_records_of_one_row_asked_about(bring: Bring, make: Make) -> None:
    make("crm.company", {"title": "Twin"})
    make("crm.company", {"title": "Twin"})
    of = bring("crm.company", table("Name", "One", "ONE", "Twin"), keys=["title"], carry=False)
    assert outcomes(of) == ["add", "wrong", "ask"]
    assert "row 2" in sentences(of)[0]
    assert "several records" in sentences(of)[1]


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("Expected on", "31.02.2026", "date"),
        ("Amount", "12 x", "number"),
        ("Stage", "Nowhere", "no stage"),
        ("Company", "Nobody Ltd", "no such record"),
        ("Responsible", "Ghost", "nobody here"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(bring: Bring, column: str, cell: str, told: str) -> None:
    of = bring("crm.deal", table(f"Name;{column}", f"Deal;{cell}"), carry=False)
    assert outcomes(of) == ["wrong"]
    assert told in sentences(of)[0]
    assert of.lines.get().problems[0]["place"]


def test_history_names_the_import(bring: Bring) -> None:
    bring("crm.company", table("Name", "A"))
    assert History.objects.get(record_type="crm.company").cause == {
        "door": "import",
        "title": "firms.csv",
        "quiet": True,
    }


def test_an_import_that_was_stopped_goes_on_where_it_was(
    bring: Bring, firm: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(works_carrying, "BATCH", 2)
    of = bring("crm.company", table("Name", *(f"Firm {n}" for n in range(5))), carry=False)
    with opened(firm.ann.pk, door="screen") as call:
        operations.carry_out(call, of=of)
    carrying.serve()
    with opened(firm.ann.pk, door="screen") as call:
        works.stop(call, of=of)
    assert not carrying.serve()
    assert firms().count() == 2
    with opened(firm.ann.pk, door="screen") as call:
        works.resume(call, of=of)
    carrying.run_until_idle()
    assert [one.title for one in firms()] == [f"Firm {n}" for n in range(5)]


def test_an_import_is_taken_back_whole_but_for_what_was_changed_since(bring: Bring, make: Make, firm: Company) -> None:
    old, other = (
        make("crm.company", {"title": "Old", "comment": "1"}),
        make("crm.company", {"title": "Other", "comment": "1"}),
    )
    of = bring("crm.company", table("Name;Comment", "Old;2", "Other;2", "New;2", "Touched;2"), keys=["title"])
    change(firms().get(title="Touched"), comment="mine")
    change(firms().get(title="Other"), comment="mine")
    change(firms().get(title="Old"), address="a field that the import left alone")
    with opened(firm.ann.pk, door="screen") as call:
        works.undo(call, of=of)
    carrying.run_until_idle()
    of.refresh_from_db()
    assert of.state == "undone"
    assert {one.title: one.comment for one in firms()} == {"Old": "1", "Other": "mine", "Touched": "mine"}
    assert [line.undone for line in of.lines.all()] == ["back", "kept", "back", "kept"]
    del old, other


def test_nobody_imports_without_the_permission_and_nobody_touches_anothers_import(bring: Bring, firm: Company) -> None:
    with opened(firm.bob.pk, door="screen") as call, pytest.raises(Forbidden):
        operations.begin(call, record_type="crm.company", name="a.csv", content=FIRMS)
    of = bring("crm.company", FIRMS, carry=False)
    firm.grant("crm.company.import", to=firm.bob)
    acts: list[Any] = [
        operations.change,
        operations.carry_out,
        works.stop,
        works.resume,
        works.undo,
        operations.forget,
    ]
    for act in acts:
        with opened(firm.bob.pk, door="screen") as call, pytest.raises(Missing):
            act(call, of=of)
    with opened(firm.bob.pk, door="screen") as call, pytest.raises(Missing):
        operations.choose(call, of=of, columns=of.columns)
    with pytest.raises(Missing):
        works.own(Import, of.pk, by=firm.bob.pk)


def test_an_import_adds_and_changes_only_what_its_owner_may(bring: Bring, firm: Company) -> None:
    firm.grant("crm.company.import", to=firm.bob)
    with opened(firm.bob.pk, door="screen") as call:
        of = operations.begin(call, record_type="crm.company", name="a.csv", content=table("Name", "A"))
        operations.choose(call, of=of, columns=of.columns)
    carrying.run_until_idle()
    with opened(firm.bob.pk, door="screen") as call:
        operations.carry_out(call, of=of)
    carrying.run_until_idle()
    assert outcomes(of) == ["wrong"]
    assert not firms()


@pytest.mark.parametrize(
    ("columns", "chosen", "code"),
    [
        ([""], {}, "records.import.nothing_chosen"),
        (["title", "title"], {}, "records.import.twice"),
        (["title"], {"keys": ["phone"]}, "records.import.no_key"),
        (["nothing"], {}, "records.field.unknown"),
    ],
)
def test_a_senseless_choice_is_refused(bring: Bring, columns: list[str], chosen: Any, code: str) -> None:
    with pytest.raises(Refused) as refused:
        bring("crm.company", table("Name;Other", "A;B"), columns=columns, **chosen)
    assert refused.value.code == code


def test_nothing_happens_twice(bring: Bring, firm: Company) -> None:
    of: Import = bring("crm.company", table("Name", "A"))
    with opened(firm.ann.pk, door="screen") as call, pytest.raises(Refused) as refused:
        operations.carry_out(call, of=of)
    assert refused.value.code == "records.work.not_now"
