"""What was said about a task is corrected and taken back by whoever said it."""

from types import SimpleNamespace

import pytest
from django.test import Client

from potok.notify.models import Notice
from potok.people.models import Person
from potok.records.public import searching
from potok.tasks import comments, history
from potok.tasks.models import Comment, Happened, Task
from tests.tasks.acting import act, give, refused_code


@pytest.fixture
def task(company: SimpleNamespace) -> Task:
    return give(company)


@pytest.fixture
def said(company: SimpleNamespace, task: Task) -> Comment:
    made: Comment = act(company.bob.pk, comments.add, task=task, text="The valve drips")
    return made


def test_its_author_corrects_a_comment_and_the_history_keeps_what_it_said(
    company: SimpleNamespace, task: Task, said: Comment
) -> None:
    act(company.bob.pk, comments.change, task=task, comment=said.pk, text="The pump drips")
    assert Comment.objects.get().text == "The pump drips"
    line = history.of(task)[0]
    assert (line.what, line.was, line.now) == ("comment_changed", "The valve drips", "The pump drips")
    assert searching.found("pump", by=company.alice.pk).hits
    assert not searching.found("valve", by=company.alice.pk).hits


def test_whom_a_corrected_comment_calls_is_told_once(company: SimpleNamespace, task: Task, said: Comment) -> None:
    Person.objects.filter(pk=company.carol.pk).update(surname="Belova")
    for text in ("@Carol Belova look", "@Carol Belova look here"):
        act(company.bob.pk, comments.change, task=task, comment=said.pk, text=text)
    assert Notice.objects.filter(to=company.carol).count() == 1


def test_a_comment_is_taken_back_by_its_author_or_by_who_leads_the_task(company: SimpleNamespace, task: Task) -> None:
    for person in (company.bob, company.alice):
        made = act(company.bob.pk, comments.add, task=task, text="Nonsense")
        act(person.pk, comments.remove, task=task, comment=made.pk)
    assert not Comment.objects.exists()
    assert Happened.objects.filter(what="comment_removed", was="Nonsense").count() == 2


@pytest.mark.parametrize(
    ("operation", "who", "code"),
    [
        (comments.change, "alice", "tasks.comment.anothers"),
        (comments.change, "carol", "tasks.task.not_yours"),
        (comments.remove, "carol", "tasks.task.not_yours"),
        (comments.remove, "eve", "tasks.task.not_yours"),
    ],
)
def test_a_stranger_neither_corrects_nor_removes_a_comment(
    company: SimpleNamespace, task: Task, said: Comment, operation: object, who: str, code: str
) -> None:
    given = {"text": "Mine"} if operation is comments.change else {}
    person = getattr(company, who).pk
    assert refused_code(lambda: act(person, operation, task=task, comment=said.pk, **given)) == code
    assert Comment.objects.get().text == "The valve drips"


def test_a_comment_that_is_gone_is_said_to_be(company: SimpleNamespace, task: Task, said: Comment) -> None:
    act(company.bob.pk, comments.remove, task=task, comment=said.pk)
    gone = refused_code(lambda: act(company.bob.pk, comments.remove, task=task, comment=said.pk))
    assert gone == "tasks.comment.missing"


def test_the_card_offers_to_correct_ones_own_words_only(company: SimpleNamespace, task: Task, said: Comment) -> None:
    url = f"/tasks/{task.pk}/"
    shown = {}
    for person in (company.alice, company.bob):
        client = Client(headers={"HX-Request": "true"})
        client.force_login(person)
        shown[person.pk] = client.get(url).content.decode()
    assert f"correct={said.pk}" in shown[company.bob.pk]
    assert f"correct={said.pk}" not in shown[company.alice.pk]
    client.post(f"{url}comments/{said.pk}", {"text": "<script>alert(1)</script>Corrected"})
    drawn = client.get(url).content.decode()
    assert "Corrected" in drawn
    assert "<script>alert" not in drawn
