"""What operators do to instances: each act is refused to strangers and stands in the journal with who did it."""

from collections.abc import Callable

import pytest

from potok.crm.deals.public import Deal
from potok.engine import run
from potok.engine.values import RecordRef
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.people.public import persons
from potok.processes import worker
from potok.processes.models import Assignment, Definition, Incident, Instance, Journal, Standing, Timer
from potok.processes.operations import assignments, incidents, instances, repair
from potok.processes.queries import journal
from potok.records import public as records
from tests.company import Company
from tests.processes.conftest import Begin, Publish

SOURCE = """
definition: mend
title: Mend
variables:
  sum: {type: number, default: 5}
do:
  - {id: asked, title: Agree, block: approve, with: {to: user_WHO, title: Agree}}
  - {id: rest, title: Rest, pause: {for: 2 days}}
  - {id: told, block: status_text, with: {text: 'Over {=Variable:sum}'}}
"""
ON_DEAL = SOURCE.replace("title: Mend\n", "title: Mend\nrecord: crm.deal\n")
Act = Callable[..., object]


@pytest.fixture
def mend(company: Company, publish: Publish) -> Definition:
    return publish(SOURCE.replace("WHO", str(company.bob.pk)))


def act(company: Company, what: Act, instance: Instance, **given: object) -> Instance:
    with opened(company.ann.pk, door="screen") as call:
        what(call, instance=Instance.objects.get(pk=instance.pk), **given)
    return Instance.objects.get(pk=instance.pk)


def code(company: Company, what: Act, instance: Instance, **given: object) -> str:
    with pytest.raises(Refused) as no:
        act(company, what, instance, **given)
    return no.value.code


def signed(instance: Instance) -> list[tuple[str, list[str]]]:
    return [(line.values["did"], line.people) for line in journal(instance) if line.what == "operated"]


def token(instance: Instance) -> int:
    return run.State.decode(bytes(instance.state)).tokens[0].id


def test_a_suspended_instance_rests_and_takes_what_came_meanwhile(
    company: Company, mend: Definition, begin: Begin
) -> None:
    instance = act(company, repair.suspend, begin(mend), reason="Audit")
    with opened(company.bob.pk, door="screen") as call:
        assignments.complete(call, assignment=Assignment.objects.get(), answer="approved")
    worker.run_until_idle()
    assert not Timer.objects.exists()
    assert code(company, repair.suspend, instance) == "processes.suspended_already"
    instance = act(company, repair.resume, instance)
    assert Timer.objects.get().instance_id == instance.pk
    assert code(company, repair.resume, instance) == "processes.not_suspended"
    assert signed(instance) == [("suspended", [str(company.ann)]), ("resumed", [str(company.ann)])]


def test_variables_are_changed_by_their_types(company: Company, mend: Definition, begin: Begin) -> None:
    instance = begin(mend)
    assert code(company, repair.assign, instance, given={"sum": "much"}) == "processes.field_wrong"
    assert code(company, repair.assign, instance, given={"none": 1}) == "processes.no_such_value"
    act(company, repair.assign, instance, given={"sum": "7"})
    instance = act(company, repair.move, instance, token=token(instance), to="told")
    assert instance.status_text == "Over 7"
    assert [did for did, _ in signed(instance)] == ["assigned", "moved"]


def test_an_instance_is_set_down_at_another_step_and_takes_back_what_it_asked(
    company: Company, mend: Definition, begin: Begin
) -> None:
    instance = begin(mend)
    assert code(company, repair.move, instance, token=token(instance), to="nowhere") == "processes.no_such_step"
    assert code(company, repair.move, instance, token=99, to="rest") == "processes.no_such_place"
    act(company, repair.move, instance, token=token(instance), to="rest")
    assert Assignment.objects.get().status == Assignment.WITHDRAWN
    assert Timer.objects.get().instance_id == instance.pk


def test_only_what_is_over_is_deleted_and_then_with_all_that_was_kept(
    company: Company, mend: Definition, begin: Begin
) -> None:
    instance = begin(mend)
    assert code(company, repair.delete, instance) == "processes.still_runs"
    act(company, instances.terminate, instance)
    with opened(company.ann.pk, door="screen") as call:
        repair.delete(call, instance=Instance.objects.get(pk=instance.pk))
    assert not Instance.objects.exists()
    assert not Journal.objects.exists()
    assert not Assignment.objects.exists()
    assert Definition.objects.exists()


def test_nothing_is_mended_in_what_is_over(company: Company, mend: Definition, begin: Begin) -> None:
    instance = act(company, instances.terminate, begin(mend))
    for what, given in ((repair.suspend, {}), (repair.resume, {}), (repair.assign, {"given": {"sum": 1}})):
        assert code(company, what, instance, **given) == "processes.instance_over"


def test_an_instance_in_the_trash_goes_on_with_its_record(
    company: Company, publish: Publish, begin: Begin, deal: Deal
) -> None:
    definition = publish(ON_DEAL.replace("WHO", str(company.bob.pk)))
    instance = begin(definition, record=RecordRef("crm.deal", deal.pk))
    with opened(company.ann.pk, door="screen") as call:
        records.verbs["crm.deal"].remove(call, record=deal)
    assert code(company, repair.resume, instance) == "processes.record_in_trash"
    deal.refresh_from_db()
    with opened(company.ann.pk, door="screen") as call:
        records.verbs["crm.deal"].restore(call, record=deal)
    assert Instance.objects.get().suspended_at is None


def test_whoever_retries_a_failed_step_is_named_in_the_journal(
    company: Company, publish: Publish, begin: Begin
) -> None:
    step = f"{{id: bad, block: task_add, with: {{title: Go, responsible: user_{company.fay.pk}}}}}"
    definition = publish(f"definition: f\ntitle: F\ndo:\n  - {step}\n")
    with opened(company.ann.pk, door="screen") as call:
        persons.dismiss(call, person=company.fay)
    instance = begin(definition)
    with opened(company.ann.pk, door="screen") as call:
        incidents.skip(call, incident=Incident.objects.get())
    instance = Instance.objects.get(pk=instance.pk)
    assert instance.status == Standing.COMPLETED
    assert signed(instance) == [("skipped", [str(company.ann)])]


@pytest.mark.parametrize("what", ["suspend", "resume", "assign", "move", "delete"])
@pytest.mark.parametrize("who", ["carol", "eve"])
def test_a_stranger_mends_nothing(company: Company, mend: Definition, begin: Begin, who: str, what: str) -> None:
    instance = begin(mend)
    given = {"assign": {"given": {}}, "move": {"token": 1, "to": "rest"}}.get(what, {})
    with opened(getattr(company, who).pk, door="screen") as call, pytest.raises(Refused) as no:
        getattr(repair, what)(call, instance=instance, **given)
    assert no.value.code == "kit.forbidden"


def test_many_are_mended_at_once_with_an_answer_for_each(company: Company, mend: Definition, begin: Begin) -> None:
    rows = [begin(mend), begin(mend), act(company, instances.terminate, begin(mend))]
    with opened(company.ann.pk, door="screen") as call:
        answers = repair.suspend.many([(call, {"instance": row}) for row in rows])
    assert [isinstance(answer, Refused) for answer in answers] == [False, False, True]
    assert Instance.objects.exclude(suspended_at=None).count() == 2
