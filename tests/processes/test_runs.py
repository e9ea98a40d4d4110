"""What belongs to a run besides its steps: begun and handed over, its note, links, files, and who is let in."""

from collections.abc import Callable
from typing import Any

import pytest

from potok.crm.deals.public import Deal
from potok.disk import public as disk
from potok.engine.values import RecordRef
from potok.kit.calls import Call
from potok.kit.doors import opened
from potok.kit.errors import Forbidden, Missing, Overtaken, Refused
from potok.people import presence
from potok.people.models import Person
from potok.processes import attachments
from potok.processes.models import Assignee, Instance, StageVisit
from potok.processes.operations import instances, stages
from potok.processes.queries import stages as asked
from potok.processes.web import rights
from tests.company import Company
from tests.processes.conftest import Begin, Publish

RUN = """
definition: run
record: crm.deal
stages:
  first:
    title: First
    begin: true
    responsible: user_%d
    results:
      on: {title: Go on, to: second}
  second: {title: Second, end: true}
"""


@pytest.fixture
def run(company: Company, publish: Publish, deal: Deal, begin: Begin) -> Instance:
    """A run that the administrator began and Bob works on."""
    presence.see(company.bob.pk)
    return begin(publish(RUN % company.bob.pk), record=deal.ref)


def by(person: Person, act: Callable[[Call], Any]) -> Any:
    with opened(person.pk, door="screen") as call:
        return act(call)


def test_whoever_is_responsible_takes_the_stage_into_work_once(company: Company, run: Instance) -> None:
    begun = by(company.bob, lambda call: stages.begin(call, instance=run))
    again = by(company.bob, lambda call: stages.begin(call, instance=run))
    assert (begun.state, again.begun_at) == ("in_progress", begun.begun_at)


def test_a_stage_is_handed_over_with_its_work(company: Company, run: Instance) -> None:
    by(company.bob, lambda call: stages.entrust(call, instance=run, to=company.fay.pk))
    assert Assignee.objects.get(status=Assignee.OPEN).person == company.fay
    seen = asked.run_of(run)
    assert [(one.title, one.state, one.is_current, one.responsible) for one in seen.stages] == [
        ("First", "not_started", True, company.fay),
        ("Second", "", False, None),
    ]


def test_a_head_hands_over_what_his_people_have(company: Company, run: Instance) -> None:
    by(company.alice, lambda call: stages.entrust(call, instance=run, to=company.fay.pk))
    assert StageVisit.objects.get().responsible == company.fay


def test_nobody_gets_a_stage_who_is_not_there(company: Company, run: Instance) -> None:
    with pytest.raises(Missing):
        by(company.bob, lambda call: stages.entrust(call, instance=run, to=10_000))


def test_the_note_goes_with_the_run_and_any_who_take_part_may_change_it(company: Company, run: Instance) -> None:
    by(company.bob, lambda call: stages.note(call, instance=run, text="Call before noon"))
    by(company.ann, lambda call: stages.note(call, instance=run, text="Call after noon"))
    note = asked.run_of(run).note
    assert note is not None
    assert (note.text, note.changed_by) == ("Call after noon", company.ann)


def test_records_are_linked_once_and_taken_away(company: Company, run: Instance, deal: Deal) -> None:
    company.grant("crm.deal.see", to=company.bob)
    for _ in range(2):
        by(company.bob, lambda call: stages.link(call, instance=run, record=deal.ref))
    assert asked.run_of(run).links == [deal.ref]
    by(company.bob, lambda call: stages.unlink(call, instance=run, record=deal.ref))
    assert asked.run_of(run).links == []


def test_nobody_links_a_record_that_he_does_not_see(company: Company, run: Instance, deal: Deal) -> None:
    by(company.ann, lambda call: stages.admit(call, instance=run, person=company.carol.pk))
    with pytest.raises(Refused):
        by(company.carol, lambda call: stages.link(call, instance=run, record=deal.ref))


def test_whoever_is_let_in_sees_the_run_until_he_is_shut_out(company: Company, run: Instance) -> None:
    assert not rights.visible_to(company.carol.pk)
    by(company.ann, lambda call: stages.admit(call, instance=run, person=company.carol.pk))
    assert rights.visible_to(company.carol.pk).get() == run
    assert asked.run_of(run).admitted == [company.carol]
    by(company.bob, lambda call: stages.shut_out(call, instance=run, person=company.carol.pk))
    assert not rights.visible_to(company.carol.pk)


def test_files_hang_on_a_run_and_open_to_those_who_see_it(company: Company, run: Instance) -> None:
    place = attachments.place(run)
    by(company.bob, lambda call: disk.files.add(call, name="act.txt", content=b"act", on=place))
    [file] = disk.hung_on("instance", ids=[run.pk])[run.pk]
    assert disk.seen([file], by=company.ann.pk) == [file]
    assert disk.seen([file], by=company.carol.pk) == []
    with pytest.raises(Refused):
        by(company.carol, lambda call: disk.files.add(call, name="x.txt", content=b"x", on=place))


STRANGE: dict[str, tuple[str, Callable[[Call, Instance, Company], Any]]] = {
    "begins": ("processes.stage_not_yours", lambda call, run, company: stages.begin(call, instance=run)),
    "hands over": (
        "processes.not_leading",
        lambda call, run, company: stages.entrust(call, instance=run, to=company.carol.pk),
    ),
    "notes": ("processes.no_part", lambda call, run, company: stages.note(call, instance=run, text="x")),
    "links": ("processes.no_part", lambda call, run, company: stages.link(call, instance=run, record=ref(run))),
    "unlinks": ("processes.no_part", lambda call, run, company: stages.unlink(call, instance=run, record=ref(run))),
    "lets in": (
        "processes.not_leading",
        lambda call, run, company: stages.admit(call, instance=run, person=company.carol.pk),
    ),
    "shuts out": (
        "processes.not_leading",
        lambda call, run, company: stages.shut_out(call, instance=run, person=company.bob.pk),
    ),
}


def ref(run: Instance) -> RecordRef:
    return RecordRef(run.record_type, run.record_id or 0)


def test_a_stranger_does_nothing_with_a_run(company: Company, run: Instance) -> None:
    for code, act in STRANGE.values():
        with pytest.raises(Forbidden) as refused:
            by(company.carol, lambda call, act=act: act(call, run, company))  # type: ignore[misc]
        assert refused.value.code == code


def test_a_run_that_is_over_has_no_stage_to_work_on(company: Company, run: Instance) -> None:
    by(company.ann, lambda call: instances.terminate(call, instance=run))
    with pytest.raises(Overtaken) as refused:
        by(company.bob, lambda call: stages.begin(call, instance=Instance.objects.get()))
    assert refused.value.code == "processes.no_stage"
