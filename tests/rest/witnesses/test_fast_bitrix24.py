"""The client `fast_bitrix24`, unmodified, calls every method of ours."""

import base64
import ssl
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from fast_bitrix24 import BitrixAsync

from potok.kit.dialects import methods
from potok.processes.models import Definition
from tests import loops
from tests.rest.witnesses.conftest import UNHEARD, Portal

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # It warns of every method whose name does not end as it likes.
    pytest.mark.filterwarnings("ignore::UserWarning"),
]
PDF = base64.b64encode(b"%PDF-1.4 signed").decode()
Story = Callable[[BitrixAsync], Awaitable[None]]
Asked = Callable[..., Awaitable[Any]]
# One hands in, another accepts: the other client shows it.
BY_TWO = ("tasks.task.approve", "tasks.task.disapprove")


@pytest.fixture
def play(portal: Portal, trusting: ssl.SSLContext) -> Callable[[Story], None]:
    """Play a story as Ann, the administrator."""
    url = portal.hook(portal.firm.ann)

    async def played(story: Story) -> None:
        connector = aiohttp.TCPConnector(ssl=trusting)
        async with aiohttp.ClientSession(connector=connector, raise_for_status=True) as session:
            await story(BitrixAsync(url, verbose=False, requests_per_second=100.0, client=session))

    return lambda story: loops.run(played(story))


def test_long_lists_come_whole(play: Callable[[Story], None]) -> None:
    async def story(portal: BitrixAsync) -> None:
        ids = list(await portal.call("crm.deal.add", [{"fields": {"TITLE": f"Deal {n}"}} for n in range(120)]))
        assert len(set(ids)) == 120
        deals = await portal.get_all("crm.deal.list", {"select": ["ID", "TITLE"]})
        assert sorted(int(deal["ID"]) for deal in deals) == sorted(ids)
        assert set(deals[0]) == {"ID", "TITLE"}
        both = await portal.get_all("crm.deal.list", {"filter": {"<>STAGE_ID": "NEW", "@ID": ids[:60]}})
        assert len(both) == 60
        whole = await portal.get_by_ID("crm.deal.get", ids[:70])
        assert whole[str(ids[0])]["ID"] == str(ids[0])

    play(story)


def test_tasks_come_whole_too(play: Callable[[Story], None], portal: Portal) -> None:
    bob = portal.firm.bob.pk

    async def story(portal: BitrixAsync) -> None:
        await portal.call("tasks.task.add", [{"fields": {"TITLE": f"T{n}", "RESPONSIBLE_ID": bob}} for n in range(60)])
        assert len(await portal.get_all("tasks.task.list")) == 60
        assert len(await portal.get_all("tasks.task.list", {"filter": {"%TITLE": "T5", "!STATUS": 5}})) == 11

    play(story)


def test_a_batch_refers_to_what_came_before(play: Callable[[Story], None]) -> None:
    async def story(portal: BitrixAsync) -> None:
        answer = await portal.call_batch(
            {
                "halt": 0,
                "cmd": {
                    "firm": "crm.company.add?fields[TITLE]=Firm",
                    "deal": "crm.deal.add?fields[TITLE]=Deal&fields[COMPANY_ID]=$result[firm]",
                    "get": "crm.deal.get?id=$result[deal]",
                    "same": "crm.company.get?id=$result[get][COMPANY_ID]",
                },
            }
        )
        assert answer["same"]["TITLE"] == "Firm"

    play(story)


async def is_corrected_and_taken_back(portal: Any, task: str, comment: int) -> None:
    await portal.call("task.commentitem.update", [task, comment, {"POST_MESSAGE": "Signed"}], raw=True)
    told = await portal.call("task.commentitem.get", [task, comment], raw=True)
    assert told["result"]["POST_MESSAGE"] == "Signed"
    assert (await portal.call("task.commentitem.delete", [task, comment], raw=True))["result"]


async def through_statuses(result: Asked, id: str, other: int) -> None:
    async def led(verb: str) -> Any:
        return (await result(f"tasks.task.{verb}", taskId=id))["task"]["status"]

    for verb, status in (
        ("renew", "2"),
        ("start", "3"),
        ("pause", "2"),
        ("defer", "6"),
        ("renew", "2"),
    ):
        assert await led(verb) == status
    given = (await result("tasks.task.delegate", taskId=id, userId=other))["task"]
    assert given["responsibleId"] == str(other)
    told = (await result("tasks.task.history.list", taskId=id))["list"]
    assert {"NEW", "STATUS", "RESPONSIBLE_ID"} <= {row["field"] for row in told}


async def what_lies_beside(result: Asked, id: str) -> None:
    line = {"TASKID": id, "ITEMID": await result("task.checklistitem.add", TASKID=id, FIELDS={"TITLE": "Sign"})}
    assert await result("task.checklistitem.update", **line, FIELDS={"TITLE": "Sign twice"}) is True
    assert await result("task.checklistitem.complete", **line) is True
    assert (await result("task.checklistitem.get", **line))["IS_COMPLETE"] == "Y"
    assert await result("task.checklistitem.renew", **line) is True
    [row] = await result("task.checklistitem.getlist", TASKID=id)
    assert (row["TITLE"], row["IS_COMPLETE"]) == ("Sign twice", "N")
    assert await result("task.checklistitem.delete", **line) is True

    time = {"TASKID": id, "ITEMID": await result("task.elapseditem.add", TASKID=id, ARFIELDS={"SECONDS": 600})}
    await result("task.elapseditem.update", **time, ARFIELDS={"SECONDS": 1200})
    assert (await result("task.elapseditem.get", **time))["MINUTES"] == "20"
    assert len(await result("task.elapseditem.getlist", TASKID=id)) == 1
    await result("task.elapseditem.delete", **time)

    after = (await result("tasks.task.add", fields={"TITLE": "Pay"}))["task"]["id"]
    assert await result("task.dependence.add", taskIdFrom=id, taskIdTo=after, linkType=2) == []
    assert await result("task.dependence.delete", taskIdFrom=id, taskIdTo=after) == []


def test_every_method_is_called(play: Callable[[Story], None], portal: Portal) -> None:
    firm, template = portal.firm, Definition.objects.get().pk
    called: set[str] = set()

    async def story(portal: BitrixAsync) -> None:
        async def call(name: str, /, **given: Any) -> Any:
            called.add(name)
            return await portal.call(name, given, raw=True)

        async def result(name: str, /, **given: Any) -> Any:
            return (await call(name, **given))["result"]

        for name in ("profile", "user.current", "user.get", "department.get", "server.time", "scope", "methods"):
            assert await result(name)
        assert (await result("method.get", name="crm.deal.add"))["isExisting"]
        for noun in ("company", "contact", "deal"):
            assert await result(f"crm.{noun}.fields")
            field = {"FIELD_NAME": "COLOUR", "LABEL": "Colour", "USER_TYPE_ID": "string"}
            assert await result(f"crm.{noun}.userfield.add", fields=field)
            assert len(await result(f"crm.{noun}.userfield.list")) == 1
            id = await result(f"crm.{noun}.add", fields={"TITLE": "x", "NAME": "x", "UF_CRM_COLOUR": "red"})
            assert await result(f"crm.{noun}.update", id=id, fields={"UF_CRM_COLOUR": "blue"}) is True
            assert (await result(f"crm.{noun}.get", id=id))["UF_CRM_COLOUR"] == "blue"
            assert len(await result(f"crm.{noun}.list", filter={"UF_CRM_COLOUR": "blue"})) == 1
            if noun != "deal":
                assert await result(f"crm.{noun}.delete", id=id) is True
        deal = id
        assert await result("crm.status.list")
        assert await result("crm.dealcategory.list")
        assert await result("crm.category.list", entityTypeId=2)

        assert len(await result("bizproc.workflow.template.list")) == 1
        document = ["crm", "CCrmDocumentDeal", f"DEAL_{deal}"]
        given = {"TEMPLATE_ID": template, "DOCUMENT_ID": document, "PARAMETERS": {"who": firm.ann.pk}}
        instance = await result("bizproc.workflow.start", **given)
        [running] = await result("bizproc.workflow.instances", SELECT=["ID", "DOCUMENT_ID"])
        assert running == {"ID": instance, "DOCUMENT_ID": f"DEAL_{deal}"}
        [task] = await result("bizproc.task.list", FILTER={"STATUS": 0})
        given = {"TASK_IDS": [task["ID"]], "FROM_USER_ID": firm.ann.pk, "TO_USER_ID": firm.bob.pk}
        assert await result("bizproc.task.delegate", **given) is True
        given = {"TASK_IDS": [task["ID"]], "FROM_USER_ID": firm.bob.pk, "TO_USER_ID": firm.ann.pk}
        with pytest.raises(aiohttp.ClientResponseError):
            await call("bizproc.task.complete", TASK_ID=task["ID"], STATUS=3, FIELDS={"count": 1})
        assert await result("bizproc.workflow.terminate", ID=instance) is True
        assert await result("crm.deal.delete", id=deal) is True

        made = await result("tasks.task.add", fields={"TITLE": "Bring the act", "RESPONSIBLE_ID": firm.ann.pk})
        id = made["task"]["id"]
        assert (await result("tasks.task.update", taskId=id, fields={"PRIORITY": 2}))["task"]["priority"] == "2"
        assert (await result("tasks.task.get", taskId=id, select=["TITLE"]))["task"]["title"] == "Bring the act"
        assert len((await result("tasks.task.list"))["tasks"]) == 1
        folder = {"id": firm.ann.pk, "data": {"NAME": "act.pdf"}}
        file = await result("disk.folder.uploadfile", **folder, fileContent=["act.pdf", PDF])
        said = {"POST_MESSAGE": "Here", "UF_FORUM_MESSAGE_DOC": [f"n{file['ID']}"]}
        called.update(f"task.commentitem.{verb}" for verb in ("add", "getlist", "get", "update", "delete"))
        # Their arguments come by order.
        comment = (await portal.call("task.commentitem.add", [id, said], raw=True))["result"]
        [row] = (await portal.call("task.commentitem.getlist", [id], raw=True))["result"]
        assert (row["ID"], len(row["ATTACHED_OBJECTS"])) == (str(comment), 1)
        await is_corrected_and_taken_back(portal, id, comment)
        assert (await result("tasks.task.complete", taskId=id))["task"]["status"] == "5"
        await through_statuses(result, id, firm.bob.pk)
        await what_lies_beside(result, id)
        assert await result("tasks.task.delete", taskId=id) == {"task": True}

    play(story)
    others = ("example.", "foreign.", *UNHEARD, *BY_TWO)
    assert called == {name for name in methods if not name.startswith(others)}
