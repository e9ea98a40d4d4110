"""Who may do what to a task, and what a task may look like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from potok.kit.errors import Refused
from potok.tasks import rules
from potok.tasks.rules import Parties

RESPONSIBLE, CREATOR, CONTROLLER, OBSERVER, STRANGER = 1, 2, 3, 4, 9
PARTIES = Parties(responsible=RESPONSIBLE, creator=CREATOR, controller=CONTROLLER, observers=(OBSERVER,))


def code_of(check: object, *args: object, **given: object) -> str:
    try:
        check(*args, **given)  # type: ignore[operator]
    except Refused as refused:
        return refused.code
    return ""


@pytest.mark.parametrize(
    ("person", "code"),
    [
        (RESPONSIBLE, ""),
        (CREATOR, ""),
        (CONTROLLER, ""),
        (None, ""),
        (OBSERVER, "tasks.task.not_yours_to_close"),
        (STRANGER, "tasks.task.not_yours"),
    ],
)
def test_a_task_is_closed_by_its_responsible_creator_or_controller(person: int | None, code: str) -> None:
    held = rules.standing(PARTIES, person=person)
    assert code_of(rules.check_close, held, status=rules.NEW) == code


@pytest.mark.parametrize(
    ("person", "code"),
    [
        (CREATOR, ""),
        (CONTROLLER, ""),
        (None, ""),
        (RESPONSIBLE, "tasks.task.not_yours_to_change"),
        (OBSERVER, "tasks.task.not_yours_to_change"),
        (STRANGER, "tasks.task.not_yours"),
    ],
)
def test_a_task_is_changed_by_those_who_gave_it(person: int | None, code: str) -> None:
    assert code_of(rules.check_change, rules.standing(PARTIES, person=person)) == code


def test_a_member_of_the_group_takes_part_but_does_not_close() -> None:
    held = rules.standing(PARTIES, person=STRANGER, colleague=True)
    rules.check_part(held)
    assert code_of(rules.check_close, held, status=rules.NEW) == "tasks.task.not_yours_to_close"


def test_an_overseer_may_do_everything() -> None:
    held = rules.standing(PARTIES, person=STRANGER, overseer=True)
    rules.check_change(held)
    rules.check_close(held, status=rules.IN_PROGRESS)


@pytest.mark.parametrize(
    ("check", "status", "code"),
    [
        (rules.check_close, rules.DONE, "tasks.task.closed_already"),
        (rules.check_reopen, rules.NEW, "tasks.task.not_closed"),
        (rules.check_start, rules.IN_PROGRESS, "tasks.task.started_already"),
        (rules.check_start, rules.DONE, "tasks.task.started_already"),
        (rules.check_start, rules.NEW, ""),
        (rules.check_reopen, rules.DONE, ""),
    ],
)
def test_a_task_moves_only_from_where_it_stands(check: object, status: str, code: str) -> None:
    assert code_of(check, rules.SYSTEM, status=status) == code


@pytest.mark.parametrize(
    ("check", "code"),
    [
        (lambda: rules.tidy_title("  \n "), "tasks.task.untitled"),
        (lambda: rules.tidy_title("ж" * 401), "tasks.task.title_too_long"),
        (lambda: rules.tidy_text("ж" * 60_001), "tasks.text_too_long"),
        (lambda: rules.tidy_priority("urgent"), "tasks.task.unknown_priority"),
        (lambda: rules.tidy_comment("  ", files=()), "tasks.comment.empty"),
        (lambda: rules.tidy_item(" "), "tasks.checklist.empty"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_code(check: object, code: str) -> None:
    assert code_of(check) == code


def test_a_comment_may_be_files_alone() -> None:
    assert rules.tidy_comment("", files=[5]) == ""


@given(st.text())
def test_tidying_a_title_twice_changes_nothing(title: str) -> None:
    try:
        once = rules.tidy_title(title)
    except Refused:
        return
    assert rules.tidy_title(once) == once
    assert "\n" not in once


@given(st.lists(st.integers(min_value=1, max_value=5) | st.none()))
def test_everyone_is_named_once(people: list[int | None]) -> None:
    named = rules.once(people)
    assert len(set(named)) == len(named)
    assert set(named) == {one for one in people if one is not None}
