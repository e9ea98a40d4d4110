"""Work goes to those who stand in, and comes back: one law, made true again and again.

Whatever is open and lies with somebody who is away goes to who stands in for him; what lies elsewhere for somebody who
is not away any more comes back to him. It is safe to repeat at any moment, and repeating changes nothing.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count

from potok.absences import handing, rules
from potok.absences.models import Passed
from potok.kit.calls import Call
from potok.kit.events import touch
from potok.people.public import Absence, standing_in


@dataclass(frozen=True, slots=True)
class Gone:
    """One thing that went over, or came back."""

    work: str
    held: standing_in.Held
    to: int


def pass_over(call: Call) -> list[Gone]:
    """Let everything that lies with people who are away go to those who stand in for them."""
    away = set(standing_in.away().values_list("pk", flat=True))
    return _hand_on(call, away, why=standing_in.PASSED) if away else []


def give_back(call: Call) -> list[Passed]:
    """Let what is not finished come back to those who are not away any more; answers what did."""
    rows = Passed.objects.filter(closed_at=None).exclude(owner__in=standing_in.away()).select_related("owner")
    return _return(call, list(rows))


def take_back(call: Call, row: Passed) -> bool:
    """Let one thing come back to its owner although he is away; it stays with him then."""
    if not _return(call, [row]):
        return False
    Passed.objects.filter(pk=row.pk).update(is_kept=True)
    return True


def leave(call: Call, persons: Collection[int]) -> list[Gone]:
    """Let what lies with people who have left go to those who would stand in for them, for good."""
    # What they held for others goes on like everything else; what was theirs does not come back.
    Passed.objects.filter(owner__in=persons, closed_at=None).update(closed_at=call.at)
    return _hand_on(call, set(persons), why=standing_in.LEFT)


def _hand_on(call: Call, persons: set[int], *, why: str) -> list[Gone]:
    gone: list[Gone] = []
    for name, work in standing_in.works.all().items():
        if why != standing_in.LEFT or not work.sees_to_leavers:
            gone += _of_one_kind(call, name, work, persons, why)
    return gone


def _of_one_kind(call: Call, name: str, work: standing_in.Work, persons: set[int], why: str) -> list[Gone]:
    held = work.held(persons)
    if not held:
        return []
    there = _rows(name, [one.id for one in held])
    kept = _kept(name, persons) if why == standing_in.PASSED else set()
    held = [one for one in held if (one.id, one.person) not in kept]
    # Who stands in for whoever it belongs to, through however many hands it went.
    owners = {one.id: there[one.id].owner_id if one.id in there else one.person for one in held}
    candidates = standing_in.candidates(owners.values(), load=_load())
    chosen = rules.spread([(owners[one.id], one.barred | {one.person}) for one in held], candidates=candidates)
    handings = [
        standing_in.Handing(one.id, one.person, to) for one, to in zip(held, chosen, strict=True) if to is not None
    ]
    went = handing.hand(call, work, handings, why).went
    going = {one.id: one for one in held if one.id in went}
    gone = [Gone(name, going[one.id], one.now) for one in handings if one.id in going]
    if why == standing_in.PASSED:
        _note(call, gone, owners)
    else:
        _keep_holders(gone)
    return gone


def _note(call: Call, gone: Sequence[Gone], owners: dict[int, int]) -> None:
    """Write down whose it is; what went on from one who stood in keeps its line."""
    for one in gone:
        Passed.objects.update_or_create(
            work=one.work,
            thing=one.held.id,
            closed_at=None,
            defaults={"holder_id": one.to},
            create_defaults={
                "holder_id": one.to,
                "title": one.held.title,
                "url": one.held.url,
                "owner_id": owners[one.held.id],
                "passed_at": call.at,
            },
        )
        touch("person", one.to)
        touch("person", owners[one.held.id])


def _keep_holders(gone: Iterable[Gone]) -> None:
    for one in gone:
        Passed.objects.filter(work=one.work, thing=one.held.id, closed_at=None).update(holder=one.to)


def _return(call: Call, rows: Sequence[Passed]) -> list[Passed]:
    back: list[Passed] = []
    failed: set[int] = set()
    for name in sorted({row.work for row in rows}):
        work, mine = standing_in.works.get(name), [row for row in rows if row.work == name]
        wanted = [standing_in.Handing(row.thing, row.holder_id, row.owner_id) for row in mine if row.owner.is_active]
        done = handing.hand(call, work, wanted, standing_in.RETURNED) if work else handing.Outcome()
        back += [row for row in mine if row.thing in done.went]
        failed |= {row.pk for row in mine if row.thing in done.failed}
    # What did not come back is finished, or somebody has given it to yet another person by hand.
    Passed.objects.filter(pk__in=[row.pk for row in rows if row.pk not in failed]).update(closed_at=call.at)
    for row in rows:
        touch("person", row.owner_id)
        touch("person", row.holder_id)
    return back


def _rows(work: str, things: Collection[int]) -> dict[int, Passed]:
    return {row.thing: row for row in Passed.objects.filter(work=work, thing__in=things, closed_at=None)}


def _kept(work: str, persons: Collection[int]) -> set[tuple[int, int]]:
    """What people who are away have taken back since they are."""
    since = dict(Absence.objects.going_on().filter(person__in=persons).values_list("person", "began_at"))
    rows = Passed.objects.filter(work=work, owner__in=persons, is_kept=True)
    return {
        (row.thing, row.owner_id)
        for row in rows
        if row.closed_at and (began := since.get(row.owner_id)) and row.closed_at >= began
    }


def _load() -> Counter[int]:
    rows = Passed.objects.filter(closed_at=None).values("holder").annotate(count=Count("pk"))
    return Counter({row["holder"]: row["count"] for row in rows})
