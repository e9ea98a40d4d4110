"""What the clock brings: a task begins, a deadline passes; each is told once."""

from datetime import timedelta
from types import SimpleNamespace

from potok.kit import clock
from potok.kit.models import EventRow
from potok.notify.public import Notice
from potok.tasks import operations, timekeeping
from potok.tasks.models import Happened
from tests.tasks.acting import act, give


def told() -> list[str]:
    named = EventRow.objects.filter(name__in=["tasks.task.due", "tasks.task.overdue"])
    return list(named.order_by("pk").values_list("name", flat=True))


def test_a_task_begins_and_is_late_once_each(company: SimpleNamespace) -> None:
    now = clock.now()
    give(company, begins_at=now + timedelta(hours=1), deadline=now + timedelta(hours=3))
    assert timekeeping.serve() == 0
    assert not Notice.objects.filter(to=company.bob.pk).exists()
    clock.wind(timedelta(hours=2))
    assert (timekeeping.serve(), timekeeping.serve(), told()) == (1, 0, ["tasks.task.due"])
    assert [one.why for one in Notice.objects.filter(to=company.bob.pk)] == ["Вы отвечаете за задачу."]
    clock.wind(timedelta(hours=2))
    assert (timekeeping.serve(), timekeeping.serve(), told()) == (1, 0, ["tasks.task.due", "tasks.task.overdue"])
    assert {one.what for one in Happened.objects.all()} == {"added", "due", "overdue"}


def test_both_are_told_after_a_long_silence(company: SimpleNamespace) -> None:
    now = clock.now()
    give(company, begins_at=now + timedelta(hours=1), deadline=now + timedelta(hours=3))
    clock.wind(timedelta(days=2))
    timekeeping.serve()
    assert told() == ["tasks.task.due", "tasks.task.overdue"]


def test_a_task_that_is_done_is_never_late(company: SimpleNamespace) -> None:
    task = give(company, deadline=clock.now() + timedelta(hours=1))
    act(company.bob.pk, operations.complete, task=task)
    clock.wind(timedelta(hours=2))
    assert (timekeeping.serve(), told()) == (0, [])


def test_a_deadline_that_was_moved_is_told_at_its_new_moment(company: SimpleNamespace) -> None:
    now = clock.now()
    task = give(company, deadline=now + timedelta(hours=1))
    act(company.alice.pk, operations.change, task=task, fields={"deadline": now + timedelta(hours=5)})
    clock.wind(timedelta(hours=2))
    assert timekeeping.serve() == 0
    clock.wind(timedelta(hours=4))
    assert (timekeeping.serve(), told()) == (1, ["tasks.task.overdue"])


def test_the_history_says_who_changed_what_from_what_to_what(company: SimpleNamespace) -> None:
    task = give(company)
    act(company.alice.pk, operations.change, task=task, fields={"title": "Write", "responsible": company.carol.pk})
    lines = Happened.objects.filter(what="changed").order_by("field").values_list("by", "field", "was", "now")
    assert list(lines) == [
        (company.alice.pk, "responsible", str(company.bob.pk), str(company.carol.pk)),
        (company.alice.pk, "title", "Call", "Write"),
    ]
