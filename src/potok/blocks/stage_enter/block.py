"""Enter a stage: find who is responsible, and say where the process stands.

Every stage begins with this by itself. Of the people listed, the first who is online gets the stage. If none is,
whoever led the process here chooses somebody; if nobody did, the first of the list gets it.
"""

from dataclasses import dataclass
from typing import Any

from potok.engine.graph import AskedField
from potok.engine.values import PERSON, PersonRef
from potok.kit.words import _
from potok.people import public as people
from potok.processes import public as processes
from potok.processes.public import (
    HEARD,
    Asks,
    Block,
    Done,
    Fields,
    Happened,
    Outcome,
    People,
    Wait,
    World,
    asked_form,
    block,
    codes,
    param,
    responsibles,
    staging,
)


@dataclass(frozen=True)
class Params:
    stage: str = param(_("Process stage"), help=_("The id of the stage."))
    title: str = param(_("Title"), help=_("What people call the stage."))
    status: str | None = param(_("Status text"), default=None, help=_("Where the process stands; else the title."))
    responsible: People = param(_("Responsible"), default=(), help=_("In order: the first who is online gets it."))
    works: bool = param(_("Is worked on"), default=False, help=_("Whether somebody has to be found."))
    picked: PersonRef | None = param(_("Picked by hand"), default=None, help=_("Who was named for this stage."))
    acting: PersonRef | None = param(_("Who led here"), default=None, help=_("He chooses if nobody is online."))
    access: People = param(_("Access"), default=(), help=_("Who sees the process besides those it asks."))
    rights: Fields | None = param(_("Rights"), default=None, help=_("Who alone may change the record meanwhile."))
    ends: bool = param(_("Is an end"), default=False, help=_("Whether the process ends with this stage."))


async def perform(ask: Params, world: World) -> Outcome:
    choice = await _choice(ask, world)
    if choice.asks is None and choice.responsible is None and ask.works:
        raise responsibles.NOBODY(title=ask.title)
    access = await world.ask(people.resolve, whom=codes(ask.access)) if ask.access else []
    rights = {name: await world.ask(people.resolve, whom=codes(whom)) for name, whom in _rights(ask).items()}
    await world.do(staging.enter, entry=_entry(ask, choice.responsible, access=access, rights=rights))
    if choice.asks is None:
        return Done({"responsible": _person(choice.responsible)})
    begun = await processes.begin(_question(ask, choice.asks), world, kind="stage_enter", form=_form())
    assert isinstance(begun, Wait)
    return begun


async def resume(ask: Params, happened: Happened, world: World) -> Outcome:
    heard = await processes.hear(_question(ask, world.initiator or 0), happened, world)
    if heard.is_over:
        raise responsibles.NOBODY(title=ask.title)
    if heard.answered is None:
        return await processes.wait_on(world)
    answers = await world.ask(processes.answers, assignment=heard.assignment)
    chosen: Any = next((one.values["responsible"] for one in answers if one.person == heard.answered.person), None)
    await world.do(staging.give, person=chosen.id)
    return Done({"responsible": chosen})


async def _choice(ask: Params, world: World) -> responsibles.Choice:
    instance = world.call.cause.instance or 0
    listed = await world.ask(people.resolve, whom=codes(ask.responsible))
    online = await world.ask(people.online, persons=listed) if listed else []
    acting = ask.acting.id if ask.acting else await world.ask(staging.starter, instance=instance)
    owner = await world.ask(staging.owner, instance=instance) if ask.works and not listed else None
    named = tuple(f"user_{one}" for one in (ask.picked.id if ask.picked else None, acting, owner) if one)
    # Whoever has left the company meanwhile counts as not named.
    there = await world.ask(people.resolve, whom=named) if named else []
    return responsibles.choose(
        picked=ask.picked.id if ask.picked and ask.picked.id in there else None,
        listed=listed,
        online=online,
        acting=acting if acting in there else None,
        is_needed=ask.works,
        owner=owner if owner in there else None,
    )


def _rights(ask: Params) -> dict[str, Any]:
    return dict(ask.rights or {})


def _entry(ask: Params, responsible: int | None, *, access: list[int], rights: dict[str, list[int]]) -> staging.Entry:
    return staging.Entry(
        stage=ask.stage,
        title=ask.title,
        status=ask.status or "",
        responsible=responsible,
        ends=ask.ends,
        rights=rights,
        access=access,
    )


def _question(ask: Params, person: int) -> Asks:
    return Asks(
        to=(PersonRef(person),),
        title=ask.title,
        nobody="administrator",
    )


def _form() -> dict[str, object]:
    why = _("None of those responsible for this stage is online. Choose who works on it.")
    field = AskedField(
        "responsible", PERSON, _("Responsible"), why, required=True, choices=(), default=None, among=None
    )
    return asked_form([("appointed", _("Appoint"))], fields=[field])


def _person(id: int | None) -> PersonRef | None:
    return None if id is None else PersonRef(id)


stage_enter = block(
    Block(
        name="stage_enter",
        title=_("Enter a stage"),
        group="stages",
        params=Params,
        results={"responsible": PERSON},
        perform=perform,
        resume=resume,
        awaits=HEARD,
        known_as={"bitrix24": "StateInitializationActivity"},
        serves="stages.enter",
    )
)
