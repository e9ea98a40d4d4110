"""Who may start a definition by hand, and on which records: what its triggers `manual` say."""

from collections.abc import Sequence

from potok.engine.graph import On, Trigger
from potok.engine.values import RecordRef
from potok.kit import clock
from potok.kit.calls import SCREEN, Call
from potok.people import public as people
from potok.people.public import Person
from potok.processes import judging, rules
from potok.processes.published import Published

Open = Sequence[Trigger]


def by_hand(version: Published) -> list[Trigger]:
    """The ways to start a definition by hand; any of them is enough."""
    return [trigger for trigger in version.header.triggers if trigger.on is On.MANUAL]


def open_to(by: int | None, versions: Sequence[Published]) -> list[Open]:
    """For each definition the ways by hand that this person may take; the system and administrators may take all."""
    ways: list[Open] = [by_hand(version) for version in versions]
    kept = [trigger for each in ways for trigger in each if trigger.by]
    if by is None or not kept or Person.objects.filter(pk=by, is_administrator=True).exists():
        return ways
    whom = people.codes.expand_all([trigger.by for trigger in kept])
    shut = {id(trigger) for trigger, persons in zip(kept, whom, strict=True) if by not in persons}
    return [[trigger for trigger in each if id(trigger) not in shut] for each in ways]


def condition(ways: Open) -> str:
    """What a record has to meet for one of these ways; empty where one of them asks for nothing."""
    asked = [trigger.when for trigger in ways]
    return "" if not all(asked) else " or ".join(f"({when})" for when in asked)


def check(call: Call, version: Published) -> Open:
    """Give the ways that the caller may take, or refuse."""
    if not by_hand(version):
        raise rules.NOT_BY_HAND(definition=version.header.title)
    ways = open_to(call.by, [version])[0]
    if not ways:
        raise rules.START_NOT_YOURS(definition=version.header.title)
    return ways


def check_record(call: Call, version: Published, ways: Open, *, record: RecordRef | None) -> None:
    """Refuse a record that meets the condition of none of the ways."""
    when = condition(ways)
    if not when or record is None:
        return
    moment = judging.Moment(record, call.at, by=call.author, door=call.cause.door)
    verdict = judging.judge([judging.Condition(when, version, moment)])[0]
    if isinstance(verdict, judging.Failed):
        raise rules.CONDITION_FAILED(problem=verdict.sentence)
    if not verdict:
        raise rules.START_DOES_NOT_FIT(definition=version.header.title)


def fitting(by: int | None, versions: Sequence[Published], *, record: RecordRef | None = None) -> list[bool]:
    """Tell for each definition whether this person may start it by hand, on this record where one is named."""
    ways = open_to(by, versions)
    fits = [bool(each) for each in ways]
    asked = [(place, when) for place, each in enumerate(ways) if each and record and (when := condition(each))]
    if asked and record:
        moment = judging.Moment(record, clock.now(), by=by, door=SCREEN)
        found = judging.judge([judging.Condition(when, versions[place], moment) for place, when in asked])
        for (place, _when), verdict in zip(asked, found, strict=True):
            fits[place] = verdict is True
    return fits
