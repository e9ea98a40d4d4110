"""Tasks on the screen: lists, card, form, comments with files."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from potok.kit.doors import opened
from potok.people.public import Person
from potok.tasks import operations
from potok.tasks.models import Comment, Item, Task
from tests import company as firm
from tests.company import Company


@pytest.fixture
def firm_of(db: None) -> Company:
    return firm.found()


@pytest.fixture
def task(firm_of: Company) -> Task:
    with opened(firm_of.alice.pk, door="screen") as call:
        return operations.add(
            call,
            title="Collect papers",
            responsible=firm_of.bob.pk,
            description="<script>x</script>All",
            checklist=["Act"],
        )


def browser(person: Person) -> Client:
    client = Client(headers={"HX-Request": "true"})
    client.force_login(person)
    return client


@pytest.mark.parametrize(
    ("who", "view", "seen"),
    [("bob", "mine", True), ("alice", "given", True), ("alice", "mine", False), ("carol", "all", False),
     ("bob", "observed", False)],
)  # fmt: skip
def test_each_view_shows_its_tasks(firm_of: Company, task: Task, who: str, view: str, seen: bool) -> None:
    page = browser(getattr(firm_of, who)).get(f"/tasks/?view={view}").content.decode()
    assert ("Collect papers" in page) is seen


@pytest.mark.parametrize(("words", "seen"), [("collect", True), ("petrov", True), ("nothing", False)])
def test_a_list_is_searched_by_title_and_person(firm_of: Company, task: Task, words: str, seen: bool) -> None:
    page = browser(firm_of.bob).get(f"/tasks/?q={words}").content.decode()
    assert ("Collect papers" in page) is seen


def test_the_card_shows_no_harm(firm_of: Company, task: Task) -> None:
    page = browser(firm_of.bob).get(f"/tasks/{task.pk}/").content.decode()
    assert "Collect papers" in page
    assert "<script>x" not in page


def test_a_task_is_completed_and_the_next_line_of_the_inbox_opens(firm_of: Company, task: Task) -> None:
    answer = browser(firm_of.bob).post(f"/tasks/{task.pk}/closure", {"next": "/inbox/?at=task:9"})
    assert answer.headers["HX-Redirect"] == "/inbox/?at=task:9"
    assert Task.objects.get(pk=task.pk).is_closed


def test_an_address_elsewhere_is_not_followed(firm_of: Company, task: Task) -> None:
    answer = browser(firm_of.bob).post(f"/tasks/{task.pk}/closure", {"next": "//evil.example"})
    assert "HX-Redirect" not in answer.headers


def test_scans_come_in_comments_and_go_out_to_those_who_see_the_task(firm_of: Company, task: Task) -> None:
    scan = SimpleUploadedFile("act.pdf", b"%PDF-1.4 act", "application/pdf")
    page = browser(firm_of.bob).post(f"/tasks/{task.pk}/comments", {"text": "Scan", "files": [scan]}).content.decode()
    assert "act.pdf" in page
    url = f"/files/{Comment.objects.get().files[0]}"
    assert b"".join(browser(firm_of.alice).get(url).streaming_content) == b"%PDF-1.4 act"  # type: ignore[arg-type]
    assert browser(firm_of.carol).get(url).status_code == 404


def test_a_line_is_ticked_off_in_place(firm_of: Company, task: Task) -> None:
    line = Item.objects.get()
    page = browser(firm_of.bob).post(f"/tasks/{task.pk}/checklist/{line.pk}", {"done": "1"}).content.decode()
    assert "checked" in page


def test_a_form_tells_all_its_mistakes_and_makes_nothing(firm_of: Company) -> None:
    answer = browser(firm_of.bob).post("/tasks/new", {"title": "", "responsible": "", "deadline": "soon"})
    places = json.loads(answer.headers["HX-Trigger"])["refused"]["places"]
    assert set(places) == {"title", "responsible", "deadline"}
    assert not Task.objects.exists()


def test_a_deadline_that_is_no_date_is_refused(firm_of: Company) -> None:
    given = {"title": "Call", "responsible": firm_of.bob.pk, "deadline": "soon"}
    answer = browser(firm_of.bob).post("/tasks/new", given)
    assert json.loads(answer.headers["HX-Trigger"])["refused"]["code"] == "tasks.task.wrong_deadline"


@pytest.mark.parametrize(
    ("hour", "kept", "shown"),
    [("18:00", "2026-11-24T15:00:00+00:00", 'value="18:00"'), ("", "2026-11-24T20:59:00+00:00", 'value="2026-11-24"')],
)
def test_a_deadline_without_an_hour_is_the_end_of_the_day(firm_of: Company, hour: str, kept: str, shown: str) -> None:
    given = {"title": "Call", "responsible": firm_of.bob.pk, "deadline": "2026-11-24", "deadline_hour": hour}
    browser(firm_of.bob).post("/tasks/new", given)
    task = Task.objects.get()
    assert task.deadline is not None
    assert task.deadline.isoformat() == kept
    page = browser(firm_of.bob).get(f"/tasks/{task.pk}/edit").content.decode()
    assert shown in page
    assert "23:59" not in page


def test_a_deadline_is_read_in_the_zone_of_the_person(firm_of: Company) -> None:
    given = {"title": "Call", "responsible": firm_of.bob.pk, "deadline": "2026-11-24T18:00"}
    browser(firm_of.bob).post("/tasks/new", given)
    deadline = Task.objects.get().deadline
    assert deadline is not None
    assert deadline.isoformat() == "2026-11-24T15:00:00+00:00"


STRANGE: list[tuple[str, str, dict[str, Any]]] = [
    ("get", "", {}),
    ("get", "edit", {}),
    ("post", "edit", {"title": "Mine"}),
    ("post", "closure", {}),
    ("post", "work", {}),
    ("post", "comments", {"text": "Hello"}),
    ("post", "checklist", {"text": "Hello"}),
]


@pytest.mark.parametrize(("method", "path", "given"), STRANGE)
@pytest.mark.parametrize("who", ["carol", "eve"])
def test_a_stranger_finds_no_task(
    firm_of: Company, task: Task, who: str, method: str, path: str, given: dict[str, Any]
) -> None:
    answer = getattr(browser(getattr(firm_of, who)), method)(f"/tasks/{task.pk}/{path}", given)
    # Somebody from outside opens no form of a task at all, whosever it is.
    assert answer.status_code == (403 if (who, path) == ("eve", "edit") else 404)
    assert not Task.objects.get(pk=task.pk).is_closed


def test_the_responsible_person_does_not_open_the_form(firm_of: Company, task: Task) -> None:
    assert browser(firm_of.bob).get(f"/tasks/{task.pk}/edit").status_code == 403
    assert "Collect papers" in browser(firm_of.alice).get(f"/tasks/{task.pk}/edit").content.decode()
