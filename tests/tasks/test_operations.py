"""What happens to tasks in the database."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from potok.engine.values import RecordRef
from potok.kit import clock, doors
from potok.kit.errors import Refused
from potok.kit.models import EventRow
from potok.tasks import checklist, comments, operations, queries
from potok.tasks.models import Comment, Item, Task
from potok.tasks.operations import states, writing

DEAL = RecordRef("crm.deal", 7)


def give(company: SimpleNamespace, **more: Any) -> Task:
    fields = {"title": "Call the client", "responsible": company.bob.pk, **more}
    with doors.opened(company.alice.pk, door="screen") as call:
        return operations.add(call, **fields)


def act(by: int | None, operation: Any, **given: Any) -> Any:
    with doors.opened(by, door="screen") as call:
        return operation(call, **given)


def refused_code(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def told() -> list[str]:
    return list(EventRow.objects.filter(name__startswith="tasks.").order_by("pk").values_list("name", flat=True))


def test_a_task_keeps_everything_it_was_given(company: SimpleNamespace) -> None:
    deadline = clock.now() + timedelta(days=2)
    made = give(
        company,
        description="By phone",
        observers=[company.carol.pk],
        controller=company.alice.pk,
        group=company.group.pk,
        deadline=deadline,
        priority="high",
        records=[DEAL],
        checklist=["Find the number", "Dial it"],
    )
    task = Task.objects.get(pk=made.pk)
    assert (task.title, task.description, task.priority, task.deadline) == (
        "Call the client",
        "By phone",
        "high",
        deadline,
    )
    assert task.parties() == made.parties()
    assert task.refs() == (DEAL,)
    assert task.group_id == company.group.pk
    assert list(Item.objects.order_by("place").values_list("text", flat=True)) == ["Find the number", "Dial it"]
    assert told() == ["tasks.task.added"]


def test_many_tasks_are_added_at_once_and_the_wrong_ones_answer_for_themselves(company: SimpleNamespace) -> None:
    with doors.opened(company.alice.pk, door="screen") as call:
        answers = operations.add.many(
            [
                (call, {"title": "One", "responsible": company.bob.pk}),
                (call, {"title": " ", "responsible": company.bob.pk}),
                (call, {"title": "Two", "responsible": 987_654}),
                (call, {"title": "Three", "responsible": company.carol.pk, "checklist": ["a"]}),
            ]
        )
    codes = [answer.code if isinstance(answer, Refused) else "" for answer in answers]
    assert codes == ["", "tasks.task.untitled", "tasks.task.unknown_people", ""]
    assert set(Task.objects.values_list("title", flat=True)) == {"One", "Three"}


def test_a_task_nobody_gives_is_refused(company: SimpleNamespace) -> None:
    assert refused_code(lambda: act(None, operations.add, title="x", responsible=company.bob.pk)) == (
        "tasks.task.no_creator"
    )


def test_nobody_gives_a_task_in_anothers_name(company: SimpleNamespace) -> None:
    given = {"title": "x", "responsible": company.bob.pk, "creator": company.alice.pk}
    assert refused_code(lambda: act(company.bob.pk, operations.add, **given)) == "tasks.task.not_in_anothers_name"
    assert act(company.alice.pk, operations.add, **given).creator_id == company.alice.pk


def test_the_responsible_person_works_and_completes(company: SimpleNamespace) -> None:
    task = give(company)
    act(company.bob.pk, operations.start, task=task)
    act(company.bob.pk, operations.complete, task=task)
    kept = Task.objects.get(pk=task.pk)
    assert kept.is_closed
    assert kept.closed_by_id == company.bob.pk
    assert told() == [
        "tasks.task.added",
        "tasks.task.moved",
        "tasks.task.started",
        "tasks.task.moved",
        "tasks.task.closed",
    ]


def test_of_two_who_complete_one_is_told_that_it_is_done(company: SimpleNamespace) -> None:
    task = give(company)
    seen_before = Task.objects.get(pk=task.pk)
    act(company.bob.pk, operations.complete, task=task)
    assert refused_code(lambda: act(company.alice.pk, operations.complete, task=seen_before)) == (
        "tasks.task.closed_already"
    )
    assert told().count("tasks.task.closed") == 1


def test_a_completed_task_is_opened_again(company: SimpleNamespace) -> None:
    task = give(company)
    act(company.bob.pk, operations.complete, task=task)
    act(company.alice.pk, states.reopen, task=task)
    assert Task.objects.get(pk=task.pk).status == "in_progress"


def test_a_change_tells_only_what_changed(company: SimpleNamespace) -> None:
    task = give(company, description="By phone")
    act(company.alice.pk, operations.change, task=task, fields={"title": "Write", "description": "By phone"})
    changed = EventRow.objects.get(name="tasks.task.changed")
    assert changed.payload["was"] == {"title": "Call the client"}
    assert changed.payload["now"] == {"title": "Write"}
    assert Task.objects.get(pk=task.pk).title == "Write"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": " "}, "tasks.task.untitled"),
        ({"colour": "red"}, "tasks.task.unknown_field"),
        ({"responsible": 987_654}, "tasks.task.unknown_people"),
        ({"responsible": None}, "tasks.task.unknown_people"),
        ({"group": 987_654}, "tasks.task.unknown_people"),
    ],
)
def test_a_wrong_change_changes_nothing(company: SimpleNamespace, fields: dict[str, Any], code: str) -> None:
    task = give(company)
    assert refused_code(lambda: act(company.alice.pk, operations.change, task=task, fields=fields)) == code
    assert Task.objects.get(pk=task.pk).responsible_id == company.bob.pk


def test_a_removed_task_tells_those_who_wait_that_it_needs_nobody(company: SimpleNamespace) -> None:
    task = give(company, checklist=["a"])
    act(company.alice.pk, comments.add, task=task, text="Well?")
    act(company.alice.pk, writing.remove, task=task)
    assert not Task.objects.exists()
    assert EventRow.objects.get(name="tasks.task.closed").payload["removed"] is True


STRANGE_ACTS = [
    (operations.change, {"fields": {"title": "Mine"}}),
    (operations.start, {}),
    (operations.complete, {}),
    (writing.remove, {}),
    (comments.add, {"text": "Hello"}),
    (checklist.add, {"text": "Hello"}),
]


@pytest.mark.parametrize(("operation", "given"), STRANGE_ACTS, ids=[one[0].name for one in STRANGE_ACTS])
@pytest.mark.parametrize("who", ["carol", "eve"])
def test_a_stranger_is_refused(company: SimpleNamespace, who: str, operation: Any, given: dict[str, Any]) -> None:
    task = give(company)
    assert refused_code(lambda: act(getattr(company, who).pk, operation, task=task, **given)) == "tasks.task.not_yours"
    assert refused_code(lambda: queries.found(getattr(company, who).pk, id=task.pk)) == "tasks.task.missing"


def test_a_stranger_does_not_tick_or_rename_or_remove_lines(company: SimpleNamespace) -> None:
    task = give(company, checklist=["Dial"])
    line = Item.objects.get()
    for operation, given in (
        (checklist.tick, {}),
        (checklist.rename, {"text": "x"}),
        (checklist.remove, {}),
        (states.reopen, {}),
    ):
        more = {} if operation is states.reopen else {"item": line.pk}
        assert refused_code(lambda: act(company.carol.pk, operation, task=task, **more, **given)) == (  # noqa: B023
            "tasks.task.not_yours"
        )


def test_a_member_of_the_group_sees_its_tasks(company: SimpleNamespace) -> None:
    with doors.opened(company.carol.pk, door="screen") as call:
        task = operations.add(call, title="Sell", responsible=company.carol.pk, group=company.group.pk)
    assert queries.found(company.bob.pk, id=task.pk) == task
    assert refused_code(lambda: queries.found(company.eve.pk, id=task.pk)) == "tasks.task.missing"


def test_a_comment_calls_people_by_name(company: SimpleNamespace) -> None:
    company.carol.surname = "Stone"
    company.carol.save()
    task = give(company)
    comment = act(company.bob.pk, comments.add, task=task, text="Ask @Carol Stone about it")
    assert Comment.objects.get(pk=comment.pk).mentioned == [company.carol.pk]


def test_a_line_is_ticked_once_and_unticked(company: SimpleNamespace) -> None:
    task = give(company, checklist=["Dial"])
    line = Item.objects.get()
    for done in (True, True, False):
        act(company.bob.pk, checklist.tick, task=task, item=line.pk, done=done)
        assert (Item.objects.get().done_at is not None) == done
    added = act(company.bob.pk, checklist.add, task=task, text="Ring off")
    assert added.place == 1
    act(company.bob.pk, checklist.remove, task=task, item=line.pk)
    assert refused_code(lambda: act(company.bob.pk, checklist.tick, task=task, item=line.pk)) == (
        "tasks.checklist.missing"
    )


def test_the_status_of_many_tasks_is_one_question(
    company: SimpleNamespace, django_assert_num_queries: Callable[[int], Any]
) -> None:
    first, second = give(company), give(company)
    with django_assert_num_queries(1):
        answers = queries.status.many([{"task": first.pk}, {"task": 987_654}, {"task": second.pk}])
    assert [answers[0], answers[2]] == ["new", "new"]
    assert isinstance(answers[1], Refused)


def test_tasks_of_a_record_come_urgent_first(company: SimpleNamespace) -> None:
    soon = give(company, records=[DEAL], deadline=clock.now() + timedelta(hours=1))
    never = give(company, records=[DEAL])
    give(company)
    assert list(queries.about(DEAL, by=company.alice.pk)) == [soon, never]
    assert not queries.about(DEAL, by=company.eve.pk).exists()


def test_who_is_called_by_name_may_open_the_task(company: SimpleNamespace) -> None:
    company.carol.surname = "Stone"
    company.carol.save()
    task = give(company)
    act(company.bob.pk, comments.add, task=task, text="Ask @Carol Stone about it")
    assert queries.found(company.carol.pk, id=task.pk) == task
