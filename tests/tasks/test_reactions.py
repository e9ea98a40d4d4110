"""What follows by itself: inbox rows and notices."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from potok.kit import clock, doors
from potok.kit.calls import Cause
from potok.notify.public import Notice, Waiting
from potok.tasks import comments, operations
from potok.tasks.models import Task


def act(by: int, operation: Any, **given: Any) -> Any:
    with doors.opened(by, door="screen") as call:
        return operation(call, **given)


def give(company: SimpleNamespace, **more: Any) -> Task:
    return act(company.alice.pk, operations.add, **{"title": "Call", "responsible": company.bob.pk, **more})


def waits(person: Any) -> list[str]:
    return list(Waiting.objects.filter(person=person, closed_at=None).values_list("title", flat=True))


def told(person: Any) -> list[str]:
    return list(Notice.objects.filter(to=person).order_by("pk").values_list("why", flat=True))


def test_a_task_waits_in_the_inbox_until_it_is_completed(company: SimpleNamespace) -> None:
    task = give(company)
    assert waits(company.bob) == ["Call"]
    act(company.bob.pk, operations.complete, task=task)
    assert waits(company.bob) == []
    act(company.alice.pk, operations.reopen, task=task)
    assert waits(company.bob) == ["Call"]
    act(company.alice.pk, operations.remove, task=task)
    assert waits(company.bob) == []


def test_the_inbox_row_follows_the_task(company: SimpleNamespace) -> None:
    task = give(company)
    deadline = clock.now() + timedelta(days=1)
    fields = {"title": "Write", "deadline": deadline, "responsible": company.carol.pk}
    act(company.alice.pk, operations.change, task=task, fields=fields)
    assert waits(company.bob) == []
    assert waits(company.carol) == ["Write"]
    assert Waiting.objects.get(person=company.carol, closed_at=None).due_at == deadline


def test_people_are_told_in_their_language_and_why(company: SimpleNamespace) -> None:
    company.bob.language = "en"
    company.bob.save()
    company.carol.language = "en"
    company.carol.save()
    company.alice.language = "en"
    company.alice.save()
    task = give(company, observers=[company.carol.pk])
    assert told(company.alice) == []
    assert told(company.bob) == ["You are responsible for the task."]
    assert told(company.carol) == ["You observe the task."]
    act(company.bob.pk, operations.start, task=task)
    act(company.bob.pk, operations.complete, task=task)
    assert told(company.alice) == ["You gave or observe the task."] * 2
    assert told(company.bob) == ["You are responsible for the task."]


def test_a_comment_is_told_to_the_others_and_the_called_are_told_so(company: SimpleNamespace) -> None:
    for person in (company.alice, company.bob):
        person.language, person.surname = "en", "Stone"
        person.save()
    task = give(company)
    Notice.objects.all().delete()
    act(company.bob.pk, comments.add, task=task, text="Done, @Alice Stone")
    act(company.alice.pk, comments.add, task=task, text="Thanks")
    assert told(company.alice) == ["You were mentioned in a comment."]
    assert told(company.bob) == ["You take part in the task."]


def test_a_crowd_of_tasks_costs_no_more_questions_than_one(
    company: SimpleNamespace, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(16), doors.opened(company.alice.pk, door="screen") as call:
        operations.add.many([(call, {"title": f"No. {n}", "responsible": company.bob.pk}) for n in range(50)])
    assert len(waits(company.bob)) == 50


def test_a_task_given_by_nobody_says_which_process_gave_it(company: SimpleNamespace) -> None:
    with doors.opened(None, door="instance") as call:
        given = replace(call, cause=Cause("instance", 1, 1, "check", "Осмотр, БЦ «Гулливер»"))
        operations.add(given, title="Call", responsible=company.bob.pk, creator=company.alice.pk)
    assert Notice.objects.get(to=company.bob).text == "Процесс «Осмотр, БЦ „Гулливер“»: задача «Call»"
