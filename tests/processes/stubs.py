"""Blocks for the tests of the worker: one acts and fails, one asks the database for nonsense, one only acts."""

from dataclasses import dataclass

from django.db import connection

from potok.kit.calls import Call
from potok.kit.errors import refusal
from potok.kit.operations import Operation
from potok.processes.public import Block, Done, Outcome, World, block, blocks, param
from potok.tasks import public as tasks

NO = refusal("tests.stub.refused", "The rules say no to {title}.")


@dataclass(frozen=True)
class Params:
    title: str = param("Title")
    person: int = param("Person")
    how: str = param("How it ends", default="well")


def _break(call: Call) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


breaks = Operation[[], None]("tests.stub.break", "", _break)


async def perform(ask: Params, world: World) -> Outcome:
    if ask.how == "refused":
        raise NO(title=ask.title)
    await world.do(tasks.add, title=ask.title, responsible=ask.person, creator=ask.person)
    if ask.how == "spoilt":
        raise ZeroDivisionError("after it acted")
    if ask.how == "broken":
        await world.do(breaks)
    return Done()


if "tests_stub" not in blocks:
    block(Block(name="tests_stub", title="Stub", group="tests", params=Params, perform=perform))
