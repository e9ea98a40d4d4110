"""Killing the worker at any of its calls in the story of S0 changes nothing.

The letter alone may come twice: if the worker died between the mail server's yes and our note of it, and only then; the
copies bear one Message-ID.
"""

import os
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from potok.crm.deals.public import Deal
from potok.kit.doors import opened
from potok.kit.models import Outgoing
from potok.mail.public import Letter
from potok.notify.public import Notice, Waiting
from potok.people.public import Person
from potok.processes import worker
from potok.processes.models import Assignment, Inbox, Incident, Instance, Journal, Ready, Subscription, Timer
from potok.processes.operations import assignments
from potok.processes.queries.entries import entries_of
from potok.records import public as records
from potok.records.public import History
from potok.tasks import public as tasks
from tests.chaos.harness import COMMIT, Blow, How, Shift, Step, besiege, passed_over, work
from tests.company import Company
from tests.mail.conftest import Postman, postman  # noqa: F401 (fixture)
from tests.processes.conftest import Publish, _lived_again, company, deals, publish  # noqa: F401 (fixtures)
from tests.processes.test_service_control import story  # noqa: F401 (fixture)

# At so many of its calls, drawn anew each time, the server ends a worker's connection; `POTOK_PLACES=all` tries each.
PLACES = 4
PLAYS_MAX = 3
Begin = Callable[[], tuple[Deal, list[Step]]]
QUEUES = (Ready, Timer, Inbox, Subscription)


@pytest.fixture
def begin(
    story: None,  # noqa: F811
    company: Company,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> Begin:
    """A deal of its own, and what people do with it from the paid invoice on."""
    # Whatever people do, the worker carries it on; otherwise their own request would.
    monkeypatch.setattr(worker, "advance_now", lambda instances: None)
    alice, bob, fay = company.alice, company.bob, company.fay

    def begun() -> tuple[Deal, list[Step]]:
        with opened(None, door="start_up") as call:
            values = {"title": "Pump house", "responsible": bob.pk, "client_email": "client@firm.example"}
            deal: Deal = records.verbs["crm.deal"].add(call, values=values)
        return deal, [
            lambda: _pay(deal),
            lambda: _answer(deal, alice, values={"employee": fay.pk}),
            lambda: _answer(deal, alice, values={"documents": "Contract\nAct"}),
            lambda: _complete(deal, fay, comment="The scans are here"),
            lambda: _answer(deal, bob, answer="rejected", comment="No signature on page 2"),
            lambda: _complete(deal, fay),
            lambda: _answer(deal, bob, answer="approved"),
            lambda: _complete(deal, alice),
        ]

    return begun


def _pay(deal: Deal) -> None:
    with opened(None, door="screen") as call:
        records.verbs["crm.deal"].move(call, record=deal, stage="PAID")


def _answer(deal: Deal, by: Person, *, answer: str = "done", comment: str = "", **given: Any) -> None:
    asked = Assignment.objects.get(record_id=deal.pk, status="open")
    with opened(by.pk, door="screen") as call:
        assignments.complete(call, assignment=asked, answer=answer, comment=comment, **given)


def _complete(deal: Deal, by: Person, *, comment: str = "") -> None:
    task = tasks.Task.objects.get(instance=_instance(deal).pk, responsible=by, closed_at=None)
    with opened(by.pk, door="screen") as call:
        if comment:
            tasks.comments.add(call, task=task, text=comment)
        tasks.complete(call, task=task)


def _instance(deal: Deal) -> Instance:
    return Instance.objects.get(record_type="crm.deal", record_id=deal.pk)


def stands(deal: Deal) -> Mapping[str, Any]:
    """Everything that has become of a deal, without ids and moments."""
    instance = _instance(deal)
    about = {"record_type": "crm.deal", "record_id": deal.pk}
    history = History.objects.filter(**about).order_by("revision")
    notices = Notice.objects.filter(record_type="crm.deal", record_id=deal.pk).order_by("pk")
    asked = Assignment.objects.filter(instance=instance).order_by("pk")
    return {
        "deal": Deal.objects.filter(pk=deal.pk).values_list("title", "stage__code", "revision").get(),
        "instance": (instance.status, instance.status_text, instance.lines),
        "history": list(history.values_list("revision", "kind", "before", "after", "cause__door")),
        "tasks": [_told(task) for task in tasks.Task.objects.filter(instance=instance.pk).order_by("pk")],
        "assignments": list(
            asked.values_list("title", "description", "status", "assignees__person", "assignees__answer")
        ),
        "waiting": list(Waiting.objects.filter(record_id=deal.pk).order_by("pk").values_list("title", "person")),
        "notices": list(notices.values_list("kind", "text", "to")),
        "letters": list(Letter.objects.filter(**about).values_list("to", "subject", "text", "by", "status")),
        "sent": [(one.kind, one.sent_at is None, one.problem) for one in Outgoing.objects.filter(instance=instance.pk)],
        "journal": [(entry.what, entry.token, entry.node) for _, entry in entries_of(instance.pk)],
        "numbers": list(Journal.objects.filter(instance_id=instance.pk).values_list("number", flat=True)),
        "incidents": Incident.objects.count(),
        "left": [model.objects.filter(instance_id=instance.pk).count() for model in QUEUES],
    }


def _told(task: tasks.Task) -> Sequence[object]:
    days = None if task.deadline is None else (task.deadline.date() - task.created_at.date()).days
    said = [comment.text for comment in task.comments.order_by("pk")]  # type: ignore[attr-defined]
    people = (task.responsible_id, task.creator_id, task.observers)
    return task.title, task.description, task.status, people, task.group_id, days, len(task.records), said


def got_on(deal: Deal) -> object:
    """What a worker has kept for good; a job that was taken up is lost again with whoever took it."""
    sent, done = Outgoing.objects.exclude(sent_at=None), ProcrastinateJob.objects.filter(status="succeeded")
    return _instance(deal).lines, sent.count(), done.count()


@pytest.fixture
def undisturbed(begin: Begin, postman: Postman) -> tuple[Any, list[Shift]]:  # noqa: F811
    """How the story ends when nobody dies, and what the worker did after each step."""
    deal, steps = begin()
    shifts = []
    for step in steps:
        step()
        shifts.append(work())
    end = stands(deal)
    assert (end["deal"][1], end["left"], end["incidents"]) == ("WON", [0, 0, 0, 0], 0)
    assert [letter["To"] for letter in postman.letters] == ["client@firm.example"]
    postman.letters.clear()
    return end, shifts


def test_a_worker_killed_before_any_call_changes_nothing(
    undisturbed: tuple[Any, list[Shift]],
    begin: Begin,
    postman: Postman,  # noqa: F811
) -> None:
    end, shifts = undisturbed
    deal, steps = begin()
    left, fell = [], []
    for step, shift in zip(steps, shifts, strict=True):
        step()
        died = besiege(How.BEFORE, stands=lambda: got_on(deal))
        left.append(passed_over(died, shift))
        fell += died
    assert stands(deal) == end
    assert sum(one.unnoted for one in fell) > 0  # the only crash that we cannot hide did happen
    told_once_but_for_doubt(postman, fell)
    for strikes in zip_longest(*left):
        struck(strikes, shifts=shifts, how=How.BEFORE, begin=begin, end=end, postman=postman)


def told_once_but_for_doubt(postman: Postman, fell: Iterable[Shift]) -> None:  # noqa: F811
    """The client got one letter, and a copy for each worker that died between the server's yes and our note of it."""
    names = [letter["Message-ID"] for letter in postman.letters]
    assert (len(set(names)), len(names)) == (1, 1 + sum(one.unnoted for one in fell))
    postman.letters.clear()


def test_a_worker_killed_after_a_commit_changes_nothing(
    undisturbed: tuple[Any, list[Shift]],
    begin: Begin,
    postman: Postman,  # noqa: F811
) -> None:
    """To die after any other call is to die before the next one."""
    end, shifts = undisturbed
    for strikes in zip_longest(*(last_calls(shift) for shift in shifts)):
        fell = struck(strikes, shifts=shifts, how=How.AFTER, begin=begin, end=end, postman=postman)
        assert [one.unnoted for one in fell] == [0] * len(fell)


def last_calls(shift: Shift) -> list[int]:
    """Number the calls that end a transaction, and the worker's last."""
    every = len(shift.calls)
    return [n for n, call in enumerate(shift.calls, 1) if call.startswith(COMMIT) or n == every]


def struck(
    strikes: Sequence[int | None],
    *,
    shifts: Sequence[Shift],
    how: How,
    begin: Begin,
    end: object,
    postman: Postman,  # noqa: F811
) -> list[Shift]:
    """Play the story with one death a step at most; again, a few times, where one fell on another call than was meant.

    A job and the loop that fetches jobs call from threads of their own: on a busy machine they may change places. The
    story ends well wherever the deaths fell.
    """
    fell: list[Shift] = []
    aims = [(shift, at) for shift, at in zip(shifts, strikes, strict=True) if at is not None]
    for _ in range(PLAYS_MAX):
        fell = played(strikes, how=how, begin=begin, end=end)
        told_once_but_for_doubt(postman, fell)
        if all(hit.fell_on(shift.call(at)) for hit, (shift, at) in zip(fell, aims, strict=True)):
            break
    return fell


def played(strikes: Sequence[int | None], *, how: How, begin: Begin, end: object) -> list[Shift]:
    """Play the story once, with deaths where they are said to fall; answers who died, in order."""
    deal, steps = begin()
    fell = []
    for step, at in zip(steps, strikes, strict=True):
        step()
        if at is not None:
            fell.append(work(Blow(at, how)))
        assert work().survived
    assert stands(deal) == end
    return fell


def test_a_connection_that_the_server_ends_changes_nothing(
    undisturbed: tuple[Any, list[Shift]],
    begin: Begin,
    postman: Postman,  # noqa: F811
) -> None:
    end, shifts = undisturbed
    for place in places(max(len(shift.calls) for shift in shifts)):
        deal, steps = begin()
        fell = []
        for step, shift in zip(steps, shifts, strict=True):
            step()
            fell.append(work(Blow(1 + place % len(shift.calls), How.SERVER)))
            # What broke with its connection is tried again after some seconds.
            ProcrastinateJob.objects.filter(status="todo").update(scheduled_at=None)
            assert work().survived
        assert stands(deal) == end, f"The server ended the connection at place {place}."
        told_once_but_for_doubt(postman, fell)


def places(among: int) -> Sequence[int]:
    """Draw a few places, or take them all."""
    every = range(among)
    return every if os.environ.get("POTOK_PLACES") == "all" else random.SystemRandom().sample(every, PLACES)
