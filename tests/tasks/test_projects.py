"""Projects: members see all tasks, the leader and his helpers change them, a board has columns of its own."""

from types import SimpleNamespace
from typing import Any

import pytest

from potok.tasks import operations, projects, queries
from potok.tasks.models import Project, Task
from tests.tasks.acting import act, give, refused_code


@pytest.fixture
def project(company: SimpleNamespace) -> Project:
    found: Project = act(
        company.alice.pk, projects.add, name="Move", people=[company.bob.pk], purpose="To the new office"
    )
    return found


def columns(project: Project) -> list[str]:
    return [one.title for one in projects.stages(project.group_id)]


def test_whoever_begins_a_project_leads_it_and_it_has_a_board(company: SimpleNamespace, project: Project) -> None:
    assert project.leader_id == company.alice.pk
    assert set(project.group.people.values_list("pk", flat=True)) == {company.alice.pk, company.bob.pk}
    assert len(columns(project)) == 3


def test_members_see_its_tasks_and_strangers_do_not(company: SimpleNamespace, project: Project) -> None:
    task = give(company, responsible=company.alice.pk, group=project.group_id)
    assert queries.found(company.bob.pk, id=task.pk) == task
    assert refused_code(lambda: queries.found(company.carol.pk, id=task.pk)) == "tasks.task.missing"
    assert refused_code(lambda: projects.found(company.carol.pk, group=project.group_id)) == "tasks.project.missing"


def test_who_helps_to_lead_changes_tasks_that_others_gave(company: SimpleNamespace, project: Project) -> None:
    task = give(company, responsible=company.alice.pk, group=project.group_id)
    change: dict[str, Any] = {"task": task, "fields": {"title": "Pack"}}
    assert refused_code(lambda: act(company.bob.pk, operations.change, **change)) == "tasks.task.not_yours_to_change"
    act(company.alice.pk, projects.change, project=project, moderators=[company.bob.pk])
    act(company.bob.pk, operations.change, **change)
    assert Task.objects.get().title == "Pack"


def test_whoever_leads_stays_a_member(company: SimpleNamespace, project: Project) -> None:
    without = {"project": project, "people": [company.bob.pk]}
    assert refused_code(lambda: act(company.alice.pk, projects.change, **without)) == "tasks.project.crew"


def test_a_member_moves_a_card_to_another_column(company: SimpleNamespace, project: Project) -> None:
    task = give(company, responsible=company.alice.pk, group=project.group_id)
    last = projects.stages(project.group_id)[-1]
    act(company.bob.pk, projects.place, task=task, stage=last.pk)
    assert Task.objects.get().stage == last


def test_a_column_of_another_board_is_refused(company: SimpleNamespace, project: Project) -> None:
    other = act(company.alice.pk, projects.add, name="Other")
    task = give(company, group=project.group_id)
    stage = projects.stages(other.group_id)[0].pk
    assert refused_code(lambda: act(company.alice.pk, projects.place, task=task, stage=stage)) == "tasks.stage.missing"
    assert refused_code(lambda: act(company.alice.pk, projects.place, task=give(company), stage=stage)) == (
        "tasks.stage.no_board"
    )


def test_columns_are_named_ordered_and_taken_away(company: SimpleNamespace, project: Project) -> None:
    first, second, _third = projects.stages(project.group_id)
    task = give(company, group=project.group_id)
    act(company.alice.pk, projects.place, task=task, stage=first.pk)
    act(company.alice.pk, projects.write_stages, project=project, titles=[(second.pk, "Doing"), (None, "Review")])
    assert columns(project) == ["Doing", "Review"]
    assert Task.objects.get().stage is None


def test_a_task_that_leaves_the_project_leaves_its_column(company: SimpleNamespace, project: Project) -> None:
    task = give(company, group=project.group_id)
    act(company.alice.pk, projects.place, task=task, stage=projects.stages(project.group_id)[1].pk)
    act(company.alice.pk, operations.change, task=task, fields={"group": None})
    assert Task.objects.get().stage is None


def test_a_project_is_closed_and_opened_by_its_leader(company: SimpleNamespace, project: Project) -> None:
    act(company.alice.pk, projects.close, project=project)
    assert Project.objects.get().closed_at is not None
    act(company.alice.pk, projects.close, project=project, again=True)
    assert Project.objects.get().closed_at is None


@pytest.mark.parametrize("who", ["bob", "carol"])
def test_only_who_leads_a_project_changes_it(company: SimpleNamespace, project: Project, who: str) -> None:
    person = getattr(company, who).pk
    for refused in (
        lambda: act(person, projects.change, project=project, name="Mine"),
        lambda: act(person, projects.close, project=project),
        lambda: act(person, projects.write_stages, project=project, titles=[(None, "x")]),
    ):
        assert refused_code(refused) == "tasks.project.not_led"


def test_a_stranger_moves_no_card(company: SimpleNamespace, project: Project) -> None:
    task = give(company, responsible=company.alice.pk, group=project.group_id)
    stage = projects.stages(project.group_id)[1].pk
    assert refused_code(lambda: act(company.carol.pk, projects.place, task=task, stage=stage)) == "tasks.task.not_yours"


def test_a_board_has_named_columns_and_not_too_many(company: SimpleNamespace, project: Project) -> None:
    def write(titles: list[str]) -> None:
        columns = [(None, title) for title in titles]
        act(company.alice.pk, projects.write_stages, project=project, titles=columns)

    assert refused_code(lambda: write(["Doing", " "])) == "tasks.stage.untitled"
    assert refused_code(lambda: write(["x"] * 21)) == "tasks.project.too_many_stages"
