"""An instance goes from wait to wait, asks people, and ends."""

from potok.kit.doors import opened
from potok.notify.public import Notice, Waiting
from potok.processes import worker
from potok.processes.models import Assignment, Inbox, Incident, Instance, Journal, Ready, Standing, Subscription
from potok.processes.operations import assignments
from tests.company import Company
from tests.processes.conftest import Begin, Publish

TELL = """
definition: tell
title: Tell Bob
do:
  - block: notify_person
    with: {to: user_%d, text: "Hello, {=Workflow:initiator}"}
"""
CALL = """
definition: call
title: Call
variables:
  phone: {type: phone, title: Phone, default: "+79210002201"}
  code: {type: text, title: Code, default: "79210002201"}
do:
  - block: notify_person
    with: {to: user_%d, text: "Call {=Variable:phone}, code {=Variable:code}"}
"""
ASK = """
definition: ask
title: Ask Bob
do:
  - id: form
    block: request_information
    with:
      to: user_%d
      title: How many?
      fields:
        count: {type: number, title: Count, required: true}
  - block: status_text
    with: {text: "It is {=Variable:count}"}
"""


def test_a_phone_in_a_text_is_written_as_people_read_it(company: Company, publish: Publish, begin: Begin) -> None:
    begin(publish(CALL % company.bob.pk))
    text = Notice.objects.get(to=company.bob).text
    assert text.replace("\N{NO-BREAK SPACE}", " ") == "Call +7 921 000-22-01, code 79210002201"


def test_a_process_without_a_wait_is_over_in_the_request_that_started_it(
    company: Company, publish: Publish, begin: Begin
) -> None:
    instance = begin(publish(TELL % company.bob.pk))
    assert Incident.objects.count() == 0
    assert instance.status == Standing.COMPLETED
    assert Notice.objects.get(to=company.bob).text == "Hello, Ann Zimina"
    assert not Ready.objects.exists()


def test_an_answer_brings_the_process_to_its_next_step_at_once(
    company: Company, publish: Publish, begin: Begin
) -> None:
    instance = begin(publish(ASK % company.bob.pk))
    assert instance.status == Standing.WAITING
    assert Waiting.objects.get(person=company.bob, closed_at=None).title == "How many?"
    asked = Assignment.objects.get()
    with opened(company.bob.pk, door="screen") as call:
        assignments.complete(call, assignment=asked, answer="done", values={"count": "3"})
    instance.refresh_from_db()
    assert (instance.status, instance.status_text) == (Standing.COMPLETED, "It is 3")
    assert not Waiting.objects.filter(closed_at=None).exists()
    assert not Subscription.objects.exists()
    assert not Inbox.objects.exists()


def test_the_journal_is_numbered_without_a_gap(company: Company, publish: Publish, begin: Begin) -> None:
    instance = begin(publish(ASK % company.bob.pk))
    with opened(company.bob.pk, door="screen") as call:
        assignments.complete(call, assignment=Assignment.objects.get(), answer="done", values={"count": "3"})
    numbers = list(Journal.objects.filter(instance_id=instance.pk).values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert Instance.objects.get().lines == len(numbers)


def test_the_worker_finds_what_a_crash_has_left(company: Company, publish: Publish) -> None:
    from potok.processes import published, starting

    definition = publish(TELL % company.bob.pk)
    with opened(None, door="command") as call:
        version = published.version(definition.version_id or 0)
        starting.start([starting.Wanted(call, version, None, {"on": "manual"})] * 3)
    assert worker.run_until_idle() == 1
    assert Instance.objects.filter(status=Standing.COMPLETED).count() == 3
