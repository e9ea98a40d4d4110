"""Tasks and comments under Bitrix24's names: fields, filters, order, pages, rights."""

from datetime import timedelta
from typing import Any

import pytest

from potok.engine.values import RecordRef
from potok.kit import clock
from potok.kit.doors import opened
from potok.people.public import Extent
from potok.tasks import public as tasks
from tests.company import Company
from tests.rest.wire import ask, ids, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(company: Company) -> int:
    """Alice asks Bob; Fay looks on."""
    given = {
        "TITLE": "Bring the act", "DESCRIPTION": "From the client", "RESPONSIBLE_ID": str(company.bob.pk),
        "AUDITORS": [company.fay.pk], "GROUP_ID": company.group.pk, "DEADLINE": "2026-12-01T18:00:00+03:00",
        "PRIORITY": 2, "UF_CRM_TASK": ["D_7"], "CREATED_BY": company.carol.pk, "NONSENSE": 1,
    }  # fmt: skip
    return int(ask("tasks.task.add", by=company.alice, fields=given)["task"]["id"])


def test_a_task_is_told_as_it_was_given(company: Company, visit: int) -> None:
    told = {
        "id": str(visit), "title": "Bring the act", "description": "From the client", "status": "2", "priority": "2",
        "responsibleId": str(company.bob.pk), "createdBy": str(company.alice.pk), "auditors": [str(company.fay.pk)],
        "groupId": str(company.group.pk), "ufCrmTask": ["D_7"], "deadline": "2026-12-01T15:00:00+00:00",
        "closedDate": None,
    }  # fmt: skip
    task = ask("tasks.task.get", by=company.bob, taskId=visit)["task"]
    assert {name: task[name] for name in told} == told
    assert (task["responsible"]["name"], task["group"]["name"]) == ("Bob Petrov", "Delivery")


def test_names_select_what_is_told(company: Company, visit: int) -> None:
    [row] = ask("tasks.task.list", by=company.bob, select=["TITLE", "RESPONSIBLE_ID"]).result["tasks"]
    assert set(row) == {"id", "title", "responsibleId", "responsible"}


def test_a_task_is_changed_and_led_by_its_status(company: Company, visit: int) -> None:
    alice = company.alice
    assert (
        ask("tasks.task.update", by=alice, taskId=visit, fields={"title": "Now", "DEADLINE": ""})["task"]["deadline"]
        is None
    )
    for code in ("3", "5", "2"):
        ask("tasks.task.update", by=alice, taskId=visit, fields={"STATUS": code})
    # Reopened, it is under way: nobody can have not begun what was done once.
    assert ask("tasks.task.get", by=alice, taskId=visit)["task"]["status"] == "3"
    done = ask("tasks.task.complete", by=company.bob, taskId=visit)["task"]
    assert (done["status"], done["closedBy"]) == ("5", str(company.bob.pk))


def test_a_task_without_a_responsible_person_is_the_callers(company: Company) -> None:
    task = ask("tasks.task.add", by=company.bob, fields={"TITLE": "Mine"})["task"]
    assert task["responsibleId"] == task["createdBy"] == str(company.bob.pk)


def test_lists_filter_order_and_page(company: Company) -> None:
    now, bob = clock.now(), company.bob
    with opened(bob.pk, door="screen") as call:
        made = [
            tasks.add(call, title=f"Task {n}", responsible=bob.pk, deadline=now + timedelta(days=n),
                      observers=[company.alice.pk] if n == 1 else (), records=[RecordRef("crm.deal", n)])
            for n in range(52)
        ]  # fmt: skip
        tasks.complete(call, task=made[0])
    first = ask("tasks.task.list", by=bob, order={"DEADLINE": "desc"})
    assert (first.total, first.next, ids(first)[0]) == (52, 50, str(made[51].pk))
    rest = ask("tasks.task.list", by=bob, order={"DEADLINE": "desc"}, start=50)
    assert (ids(rest), rest.next) == ([str(made[1].pk), str(made[0].pk)], None)
    assert ask("tasks.task.list", by=bob, start=-1).total == 0
    cases: list[tuple[dict[str, Any], list[int]]] = [
        ({"STATUS": 5}, [0]),
        ({"REAL_STATUS": [5]}, [0]),
        ({"STATUS": 4}, []),
        ({"!STATUS": 5, "<=DEADLINE": (now + timedelta(days=2)).isoformat()}, [1, 2]),
        ({"AUDITOR": company.alice.pk}, [1]),
        ({"UF_CRM_TASK": ["D_3", "D_4"]}, [3, 4]),
        ({"%TITLE": "task 5"}, [5, 50, 51]),
        ({"=%TITLE": "Task _"}, list(range(10))),
        ({"!%TITLE": "Task"}, []),
        ({">ID": made[50].pk}, [51]),
        ({"GROUP_ID": ""}, list(range(50))),
        ({"CLOSED_DATE": "", "<ID": made[2].pk}, [1]),
        ({"NONSENSE": 5, "<ID": made[1].pk}, [0]),
    ]
    for given, expected in cases:
        page = ask("tasks.task.list", by=bob, filter=given, order={"ID": "asc"})
        assert ids(page) == [str(made[n].pk) for n in expected], given


WRONG: list[tuple[str, dict[str, Any], str | int]] = [
    ("tasks.task.add", {"fields": {"TITLE": ""}}, "ERROR_CORE"),
    ("tasks.task.add", {"fields": {"TITLE": "x", "RESPONSIBLE_ID": "somebody"}}, 100),
    ("tasks.task.add", {"fields": {"TITLE": "x", "DEADLINE": "soon"}}, 100),
    ("tasks.task.add", {"fields": {"TITLE": "x", "PRIORITY": 9}}, "ERROR_CORE"),
    ("tasks.task.add", {}, 100),
    ("tasks.task.get", {"taskId": "x"}, 100),
    ("tasks.task.update", {"taskId": 404, "fields": {}}, "0"),
    ("tasks.task.complete", {"taskId": 404}, "0"),
    ("tasks.task.list", {"filter": {"DEADLINE": "soon"}}, "INVALID_ARG_VALUE"),
    ("tasks.task.list", {"filter": "x"}, ""),
    ("task.commentitem.add", {"TASKID": 404, "FIELDS": {"POST_MESSAGE": "x"}}, "ERROR_CORE"),
    ("task.commentitem.getlist", {"TASKID": 404}, "ERROR_CORE"),
]


@pytest.mark.parametrize(("name", "given", "code"), WRONG)
def test_what_is_wrong_has_its_code(company: Company, name: str, given: dict[str, Any], code: str | int) -> None:
    assert refused(name, by=company.alice, **given) == code


def test_a_task_that_is_not_there_is_an_empty_answer(company: Company) -> None:
    assert ask("tasks.task.get", by=company.alice, taskId=404) == {}


def test_a_stranger_sees_no_task_and_does_nothing_to_it(company: Company, visit: int) -> None:
    eve = company.eve
    assert ask("tasks.task.get", by=eve, taskId=visit) == {}
    assert ask("tasks.task.list", by=eve).total == 0
    assert refused("tasks.task.update", by=eve, taskId=visit, fields={"TITLE": "Mine"}) == "0"
    assert refused("tasks.task.complete", by=eve, taskId=visit) == "0"
    assert refused("task.commentitem.getlist", by=eve, TASKID=visit) == "ERROR_CORE"
    assert refused("task.commentitem.add", by=eve, TASKID=visit, FIELDS={"POST_MESSAGE": "x"}) == "ERROR_CORE"
    assert refused("tasks.task.update", by=company.fay, taskId=visit, fields={"TITLE": "Mine"}) == "ACCESS_DENIED"
    assert refused("tasks.task.complete", by=company.fay, taskId=visit) == "ACCESS_DENIED"
    company.grant("tasks.task.see", extent=Extent.ALL, to=eve)
    assert ask("tasks.task.list", by=eve).total == 1


def test_comments_bring_files_that_whoever_sees_the_task_may_fetch(company: Company, visit: int) -> None:
    bob = company.bob
    file = ask("disk.folder.uploadfile", by=bob, id=bob.pk, data={"NAME": "act.txt"}, fileContent=["x.txt", "YWN0"])
    said = {"POST_MESSAGE": "Here", "UF_FORUM_MESSAGE_DOC": f"n{file['ID']}", "AUTHOR_ID": company.carol.pk}
    first = ask("task.commentitem.add", by=bob, TASKID=visit, FIELDS=said)
    second = ask("task.commentitem.add", by=company.alice, TASKID=visit, FIELDS={"POST_MESSAGE": "<b>Thanks</b>"})
    rows = ask("task.commentitem.getlist", by=company.fay, TASKID=visit)
    assert [row["ID"] for row in rows] == [str(first), str(second)]
    assert (rows[0]["AUTHOR_NAME"], rows[0]["POST_MESSAGE"]) == ("Bob Petrov", "Here")
    attached = rows[0]["ATTACHED_OBJECTS"][str(file["ID"])]
    assert (attached["NAME"], attached["SIZE"]) == ("act.txt", "3")
    newest = ask("task.commentitem.getlist", by=bob, TASKID=visit, ORDER={"ID": "desc"}, FILTER={"AUTHOR_ID": bob.pk})
    assert ids(newest) == [str(first)]


def test_a_file_of_somebody_else_is_not_attached(company: Company, visit: int) -> None:
    carol = company.carol
    file = ask("disk.folder.uploadfile", by=carol, id=carol.pk, fileContent=["x.txt", "YWN0"])
    said = {"POST_MESSAGE": "Mine now", "UF_FORUM_MESSAGE_DOC": [f"n{file['ID']}"]}
    assert refused("task.commentitem.add", by=company.bob, TASKID=visit, FIELDS=said) == "NOT_FOUND"


def test_files_are_attached_to_the_task_itself(company: Company, visit: int) -> None:
    alice = company.alice
    file = ask("disk.folder.uploadfile", by=alice, id=alice.pk, fileContent=["plan.txt", "YWN0"])
    ask("tasks.task.update", by=alice, taskId=visit, fields={"UF_TASK_WEBDAV_FILES": [f"n{file['ID']}"]})
    said = {"UF_TASK_WEBDAV_FILES": ["nobody"]}
    assert refused("tasks.task.update", by=alice, taskId=visit, fields=said) == 100


def test_a_comment_is_corrected_and_taken_back_by_its_author(company: Company, visit: int) -> None:
    bob = company.bob
    made = ask("task.commentitem.add", by=bob, TASKID=visit, FIELDS={"POST_MESSAGE": "Hre"})
    given = {"TASKID": visit, "ITEMID": made}
    assert refused("task.commentitem.update", by=company.fay, **given, FIELDS={"POST_MESSAGE": "x"}) == "ACCESS_DENIED"
    assert ask("task.commentitem.update", by=bob, **given, FIELDS={"POST_MESSAGE": "Here"}) is True
    assert ask("task.commentitem.get", by=bob, **given)["POST_MESSAGE"] == "Here"
    assert ask("task.commentitem.delete", by=bob, **given) is True
    assert refused("task.commentitem.get", by=bob, **given) == "ERROR_CORE"
    assert ask("task.commentitem.getlist", by=bob, TASKID=visit) == []


def test_a_completed_task_that_is_renewed_waits_to_be_begun(company: Company, visit: int) -> None:
    ask("tasks.task.complete", by=company.alice, taskId=visit)
    assert ask("tasks.task.renew", by=company.alice, taskId=visit)["task"]["status"] == "2"


@pytest.mark.parametrize(("given", "said"), [({"comment": "The photo is missing"}, "The photo is missing"), ({}, None)])
def test_work_goes_back_with_the_comment_that_is_given(
    company: Company, visit: int, given: dict[str, str], said: str | None
) -> None:
    ask("tasks.task.update", by=company.alice, taskId=visit, fields={"TASK_CONTROL": "Y"})
    ask("tasks.task.complete", by=company.bob, taskId=visit)
    assert ask("tasks.task.disapprove", by=company.alice, taskId=visit, **given)["task"]["status"] == "3"
    text = ask("task.commentitem.getlist", by=company.bob, TASKID=visit)[-1]["POST_MESSAGE"]
    assert text == (said or text)
    assert len(text) > 1
