"""Board, month, timeline, projects and templates on the screen."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from potok.kit import clock
from potok.kit.doors import opened
from potok.people.public import Person
from potok.tasks import dependencies, operations, projects
from potok.tasks.models import Project, Stage, Task, Template
from potok.tasks.web import boards
from tests import company as firm
from tests.company import Company

WEDNESDAY = datetime(2026, 11, 18, 14, tzinfo=UTC)


@pytest.fixture
def firm_of(db: None) -> Company:
    return firm.found()


def browser(person: Person) -> Client:
    client = Client(headers={"HX-Request": "true"})
    client.force_login(person)
    return client


def give(company: Company, **more: Any) -> Task:
    with opened(company.alice.pk, door="screen") as call:
        return operations.add(call, **{"title": "Collect papers", "responsible": company.bob.pk, **more})


@pytest.fixture
def project(firm_of: Company) -> Project:
    with opened(firm_of.alice.pk, door="screen") as call:
        return projects.add(call, name="Move", people=[firm_of.bob.pk])


@pytest.mark.parametrize(
    ("days", "column"),
    [(None, "none"), (-1, "overdue"), (0.1, "today"), (2, "week"), (7, "next_week"), (20, "later")],
)
def test_a_deadline_names_its_column(days: float | None, column: str) -> None:
    deadline = None if days is None else WEDNESDAY + timedelta(days=days)
    assert boards.term(deadline, now=WEDNESDAY) == column


@pytest.mark.parametrize("column", ["today", "week", "next_week", "later", "none"])
def test_the_deadline_that_a_column_sets_stands_in_it(column: str) -> None:
    assert boards.term(boards.due(column, now=WEDNESDAY), now=WEDNESDAY) == column


def test_moving_a_card_moves_the_deadline_and_nothing_is_made_overdue(firm_of: Company) -> None:
    task = give(firm_of)
    alice = browser(firm_of.alice)
    assert alice.post("/tasks/board", {"card": task.pk, "column": "today"}).status_code == 204
    assert Task.objects.get().deadline is not None
    refused = alice.post("/tasks/board", {"card": task.pk, "column": "overdue"})
    assert "tasks.board.not_a_term" in refused.headers["HX-Trigger"]
    assert browser(firm_of.carol).post("/tasks/board", {"card": task.pk, "column": "none"}).status_code == 404


def test_moving_a_card_on_the_board_of_a_project_moves_its_column(firm_of: Company, project: Project) -> None:
    task = give(firm_of, group=project.group_id)
    stage = Stage.objects.last()
    assert stage is not None
    page = browser(firm_of.bob).get(f"/tasks/board?view=all&group={project.group_id}").content.decode()
    assert "Collect papers" in page
    assert browser(firm_of.bob).post("/tasks/board", {"card": task.pk, "column": stage.pk}).status_code == 204
    assert Task.objects.get().stage == stage


@pytest.mark.parametrize("path", ["month", "gantt", "board"])
def test_each_layout_shows_what_one_may_see(firm_of: Company, path: str) -> None:
    give(firm_of, deadline=clock.now() + timedelta(hours=1))
    assert "Collect papers" in browser(firm_of.bob).get(f"/tasks/{path}").content.decode()
    assert "Collect papers" not in browser(firm_of.carol).get(f"/tasks/{path}?view=all").content.decode()


def test_the_timeline_draws_what_waits_for_what_and_says_where_dates_clash(firm_of: Company) -> None:
    now = clock.now()
    first = give(firm_of, deadline=now + timedelta(days=4))
    second = give(firm_of, begins_at=now + timedelta(days=2), deadline=now + timedelta(days=6))
    with opened(firm_of.alice.pk, door="screen") as call:
        dependencies.add(call, before=first, after=second)
    page = browser(firm_of.alice).get("/tasks/gantt?view=all").content.decode()
    assert 'class="gantt-arrow clashes"' in page


def test_a_bar_is_moved_by_whole_days_by_who_may_change_the_task(firm_of: Company) -> None:
    begins, ends = clock.now() + timedelta(days=1), clock.now() + timedelta(days=3)
    task = give(firm_of, begins_at=begins, deadline=ends)
    path = f"/tasks/{task.pk}/plan"
    assert browser(firm_of.alice).post(path, {"begins": "2", "ends": "3"}).status_code == 204
    moved = Task.objects.get()
    assert (moved.begins_at, moved.deadline) == (begins + timedelta(days=2), ends + timedelta(days=3))
    assert browser(firm_of.bob).post(path, {"ends": "1"}).status_code == 403
    for wrong in ("soon", "99999"):
        refused = browser(firm_of.alice).post(path, {"ends": wrong})
        assert "tasks.gantt.wrong_shift" in refused.headers["HX-Trigger"]


def test_a_project_is_begun_changed_and_closed_on_the_screen(firm_of: Company) -> None:
    alice = browser(firm_of.alice)
    alice.post("/tasks/projects/new", {"name": "Move", "people": [firm_of.bob.pk]})
    project = Project.objects.get()
    path = f"/tasks/projects/{project.pk}"
    assert "Move" in alice.get("/tasks/projects/").content.decode()
    given = {"name": "Moving", "people": [firm_of.alice.pk, firm_of.bob.pk], "stage": ["", ""], "title": ["Do", ""]}
    alice.post(path, given)
    project.refresh_from_db()
    assert project.group.name == "Moving"
    assert [one.title for one in projects.stages(project.group_id)] == ["Do"]
    alice.post(f"{path}/closure")
    project.refresh_from_db()
    assert project.closed_at is not None
    assert browser(firm_of.carol).get(path).status_code == 404


def test_a_template_is_kept_from_a_task_used_and_removed_on_the_screen(firm_of: Company) -> None:
    task, alice = give(firm_of), browser(firm_of.alice)
    assert "Collect papers" in alice.get(f"/tasks/templates/new?task={task.pk}").content.decode()
    given = {"title": "Collect papers", "responsible": firm_of.bob.pk, "frequency": "weekly", "day": ["MO", "TH"]}
    alice.post("/tasks/templates/new", given)
    template = Template.objects.get()
    assert template.repeats == "FREQ=WEEKLY;BYDAY=MO,TH"
    assert "Collect papers" in alice.get("/tasks/templates/").content.decode()
    alice.post(f"/tasks/templates/{template.pk}/use")
    assert Task.objects.count() == 2
    alice.delete(f"/tasks/templates/{template.pk}")
    assert not Template.objects.exists()
    assert browser(firm_of.carol).get(f"/tasks/templates/{template.pk}").status_code == 404


@pytest.mark.parametrize("tab", ["", "time", "history"])
def test_the_card_has_tabs(firm_of: Company, tab: str) -> None:
    task = give(firm_of, planned_minutes=90)
    with opened(firm_of.alice.pk, door="screen") as call:
        operations.change(call, task=task, fields={"deadline": clock.now() + timedelta(days=2)})
    page = browser(firm_of.bob).get(f"/tasks/{task.pk}/?tab={tab}").content.decode()
    assert {"": "Checklist", "time": "1:30", "history": "changed"}[tab] in page


def test_a_quote_begins_the_answer(firm_of: Company) -> None:
    task, bob = give(firm_of), browser(firm_of.bob)
    bob.post(f"/tasks/{task.pk}/comments", {"text": "By Friday"})
    comment = task.comments.get()
    assert "&gt; By Friday" in bob.get(f"/tasks/{task.pk}/?quote={comment.pk}").content.decode()
    bob.post(f"/tasks/{task.pk}/comments", {"text": "> By Friday\n\nYes"})
    assert "<blockquote><p>By Friday</p></blockquote>" in bob.get(f"/tasks/{task.pk}/").content.decode()
