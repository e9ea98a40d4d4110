"""Complaints: one code, one place, one sentence."""

import pytest

from potok.engine.problems import Place, Problems, Severity, all_codes, problem

LATE = problem("test.late", "“{name}” comes late.", hint="Start earlier.", severity=Severity.ADVICE)

UNFIT = problem("test.unfit", "Not {given}.")


def test_a_problem_says_where_what_and_what_to_do() -> None:
    found = LATE.at(Place(("deadline",), span=(3, 5)), name="Report").inside("do", 3, "with", line=7, column=2)
    assert str(found) == "do[3].with.deadline (line 7, column 2): “Report” comes late. Start earlier."
    assert found.place.span == (3, 5)
    assert (found.code, found.severity) == ("test.late", "advice")


def test_the_innermost_line_is_kept() -> None:
    found = LATE.at(Place(line=7, column=2), name="Report").inside("do", line=1, column=1)
    assert (found.place.line, found.place.column) == (7, 2)


def test_a_code_is_declared_once() -> None:
    with pytest.raises(ValueError, match=r"test\.late"):
        problem("test.late", "Again.")
    assert all_codes()["test.late"] is LATE


def test_a_problem_is_told_in_the_readers_language() -> None:
    words = {"“{name}” comes late.": "«{name}» опаздывает.", "Start earlier.": "Начните раньше."}
    found = LATE.at(name="Отчёт")
    assert found.says(words.__getitem__) == "«Отчёт» опаздывает."
    assert found.hints(words.__getitem__) == "Начните раньше."
    assert UNFIT.at(given="date").says({"date": "дата", "Not {given}.": "Не {given}."}.__getitem__) == "Не дата."
    assert UNFIT.at(given="date").hints(words.__getitem__) == ""


def test_problems_read_line_by_line() -> None:
    assert str(Problems([LATE.at(name="A"), LATE.at(name="B")])).splitlines() == [
        "“A” comes late. Start earlier.",
        "“B” comes late. Start earlier.",
    ]
