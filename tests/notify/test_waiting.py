"""One row for whatever waits for a person; every counter reads the same rows."""

from datetime import timedelta

import pytest

from potok.kit.doors import opened
from potok.kit.errors import Forbidden, Refused
from potok.notify.public import closed_for, waiting, waiting_count, waiting_for
from tests.company import Company
from tests.questions import counted


def opened_for(*people: int, key: str = "task:12", title: str = "Call the client") -> None:
    with opened(None, door="screen") as call:
        waiting.open_.many([(call, {"person": p, "key": key, "kind": "task", "title": title}) for p in people])


def test_what_is_opened_waits_until_it_is_closed(company: Company) -> None:
    opened_for(company.bob.pk)
    assert [row.title for row in waiting_for(company.bob.pk)] == ["Call the client"]
    with opened(None, door="screen") as call:
        assert waiting.close(call, key="task:12") == [company.bob.pk]
    assert waiting_count(person=company.bob.pk) == 0
    assert [row.key for row in closed_for(company.bob.pk)] == ["task:12"]


def test_opened_again_it_gets_new_words_and_no_second_row(company: Company) -> None:
    opened_for(company.bob.pk)
    opened_for(company.bob.pk, title="Call the client again")
    [row] = waiting_for(company.bob.pk)
    assert row.title == "Call the client again"


def test_closed_for_one_it_still_waits_for_the_other(company: Company) -> None:
    opened_for(company.bob.pk, company.carol.pk)
    with opened(None, door="screen") as call:
        assert waiting.close(call, key="task:12", person=company.bob.pk) == [company.bob.pk]
    assert (waiting_count(person=company.bob.pk), waiting_count(person=company.carol.pk)) == (0, 1)


def test_closing_what_is_closed_answers_that_it_was_open_for_nobody(company: Company) -> None:
    with opened(None, door="screen") as call:
        assert waiting.close(call, key="task:404") == []


def test_the_nearest_deadline_comes_first(company: Company) -> None:
    with opened(None, door="screen") as call:
        for name, due in (("none", None), ("late", call.at + timedelta(days=9)), ("soon", call.at)):
            waiting.open_(call, person=company.bob.pk, key=name, kind="task", title=name, due_at=due)
    assert [row.key for row in waiting_for(company.bob.pk)] == ["soon", "late", "none"]


def test_a_person_that_is_not_there_is_refused_and_the_others_are_served(company: Company) -> None:
    with opened(None, door="screen") as call:
        given = {"key": "k", "kind": "task", "title": "T"}
        answers = waiting.open_.many([(call, {**given, "person": who}) for who in (999_999, company.bob.pk)])
    assert isinstance(answers[0], Refused)
    assert waiting_count(person=company.bob.pk) == 1


def test_two_hundred_rows_cost_as_much_as_one(company: Company) -> None:
    def cost(count: int) -> int:
        with opened(None, door="screen") as call, counted() as statements:
            given = {"person": company.bob.pk, "kind": "task", "title": "T"}
            waiting.open_.many([(call, {**given, "key": f"{count}:{place}"}) for place in range(count)])
        return len(statements)

    assert cost(1) == cost(200)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"title": " "}, "notify.waiting.untitled"),
        ({"key": ""}, "notify.waiting.keyless"),
        ({"url": "//evil.example"}, "notify.foreign_address"),
    ],
)
def test_a_row_that_cannot_be_read_followed_or_closed_is_refused(
    company: Company, given: dict[str, str], code: str
) -> None:
    row = {"person": company.bob.pk, "key": "k", "kind": "task", "title": "T", **given}
    with pytest.raises(Refused) as refused, opened(None, door="screen") as call:
        waiting.open_(call, **row)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_a_stranger_may_not_touch_anybodys_inbox(company: Company) -> None:
    with opened(company.eve.pk, door="rest") as call:
        given = {"person": company.bob.pk, "key": "k", "kind": "task", "title": "T"}
        assert isinstance(waiting.open_.many([(call, given)])[0], Forbidden)
        assert isinstance(waiting.close.many([(call, {"key": "k"})])[0], Forbidden)


def test_what_follows_from_a_permitted_act_is_done_by_the_system_in_the_persons_name(company: Company) -> None:
    with opened(company.alice.pk, door="screen") as call:
        waiting.open_(call.by_system(), person=company.bob.pk, key="k", kind="task", title="T")
        assert call.by_system().author == company.alice.pk
