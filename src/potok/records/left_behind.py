"""Records of somebody who leaves the company go to others: all that are open, of every type. Closed ones stay under the
name of who closed them, as reports count them."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from potok.engine.values import PersonRef
from potok.kit.calls import Call
from potok.kit.errors import Refused
from potok.people.public import Person, leaving, standing_in
from potok.records.models import Record, Records, Stage
from potok.records.record_types import RecordType, record_types
from potok.records.writing import verbs

AT_ONCE = 500


def register() -> None:
    """Register once, at start-up."""
    leaving.estates.add("record", leaving.Estate("record", _("Records that are open"), _left, _hand))


def _types() -> list[RecordType]:
    # What is work, an activity, goes over as work: only what is planned, and with a word in its log.
    works = standing_in.works.all()
    found = record_types.all().items()
    return [of for name, of in found if of.is_designed or name.rpartition(".")[2] not in works]


def _open(of: RecordType, person: Person) -> Records:
    rows = of.rows().kept().filter(responsible=person)
    return rows.filter(stage__kind=Stage.OPEN) if of.pipeline else rows


def _left(person: Person) -> list[leaving.Thing]:
    return [_thing(of, row) for of in _types() for row in _open(of, person).only("pk", "title").order_by("pk")]


def _hand(call: Call, person: Person, to: Person) -> list[leaving.Thing]:
    # A new responsible is no reason for processes to begin: nothing has happened to what these records are about.
    quiet = replace(call, cause=replace(call.cause, quiet=True))
    stayed: list[leaving.Thing] = []
    for of in _types():
        rows = list(_open(of, person).order_by("pk"))
        for start in range(0, len(rows), AT_ONCE):
            stayed += _change(quiet, of, rows[start : start + AT_ONCE], to)
    return stayed


def _change(call: Call, of: RecordType, rows: list[Record], to: Person) -> list[leaving.Thing]:
    wanted = {"responsible": PersonRef(to.pk)}
    answers = verbs[of.name].change.many([(call, {"record": row, "values": wanted}) for row in rows])
    return [
        _thing(of, row, by_hand=answer.sentence())
        for row, answer in zip(rows, answers, strict=True)
        if isinstance(answer, Refused)
    ]


def _thing(of: RecordType, row: Record, *, by_hand: str = "") -> leaving.Thing:
    return leaving.Thing(row.title, f"/{of.path}/{row.pk}/", about=of.title, by_hand=by_hand)
