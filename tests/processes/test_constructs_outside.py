"""Constructs that concern the world outside an instance: messages, commands, other records, other processes."""

from datetime import timedelta

import pytest

from potok.crm.deals.public import Deal
from potok.engine.values import Duration, RecordRef
from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.people import public as people
from potok.processes import worker
from potok.processes.models import Assignment, Command, Incident, Instance, Standing, Subscription, Timer
from potok.processes.operations import assignments, commands, instances, messages
from potok.processes.queries.commands import commands_for
from potok.records import public as records
from tests.company import Company
from tests.processes.conftest import Begin, Publish

PAID = """
definition: paid
title: Paid
record: crm.deal
variables: {sum: {type: number}}
do:
  - id: heard
    wait:
      message: paid
      where: {deal: '{=Document:id}'}
      results: {sum: {type: number}}
  - block: status_text
    with: {text: 'Got {=heard:sum}'}
"""
BUTTON = """
definition: button
title: Button
do:
  - race:
      - id: pressed
        block: command
        with: {title: Withdraw, to: user_%d}
        do:
          - block: status_text
            with: {text: 'Withdrawn by {=pressed:by}'}
      - pause: {for: 1 day}
"""


def told(instance: Instance) -> str:
    return Instance.objects.get(pk=instance.pk).status_text


def send(company: Company, name: str, values: dict[str, object], key: str = "") -> messages.Sent:
    with opened(company.ann.pk, door="screen") as call:
        return messages.send(call, name=name, values=values, key=key)


def test_a_message_wakes_those_who_wait_for_it_and_gives_them_what_it_says(
    company: Company, publish: Publish, deal: Deal
) -> None:
    waits = start(company, publish(PAID), deal)
    assert send(company, "paid", {"deal": deal.pk + 1, "sum": 5}).woken == 0
    assert send(company, "sold", {"deal": deal.pk, "sum": 5}).woken == 0
    assert told(waits) == ""
    assert send(company, "paid", {"deal": str(deal.pk), "sum": 5}).woken == 1
    assert told(waits) == "Got 5"


def test_a_message_sent_twice_under_one_key_is_told_once(company: Company, publish: Publish, deal: Deal) -> None:
    definition = publish(PAID.replace("title: Paid", "title: Paid\nagain: beside"))
    start(company, definition, deal)
    assert send(company, "paid", {"deal": deal.pk, "sum": 5}, key="bank:7") == messages.Sent("paid", 1)
    later = start(company, definition, deal)
    assert send(company, "paid", {"deal": deal.pk, "sum": 5}, key="bank:7") == messages.Sent("paid", 1, again=True)
    assert told(later) == ""


def test_a_message_that_does_not_fit_is_an_incident_and_what_happens_in_the_house_is_no_message(
    company: Company, publish: Publish, deal: Deal
) -> None:
    start(company, publish(PAID), deal)
    send(company, "paid", {"deal": deal.pk, "sum": "much"})
    assert Incident.objects.get().code == "value.wrong_type"
    assert not Subscription.objects.exists()


def test_a_stranger_sends_no_messages(company: Company) -> None:
    for stranger in (company.eve, company.carol):
        with opened(stranger.pk, door="screen") as call, pytest.raises(Refused) as no:
            messages.send(call, name="paid")
        assert no.value.code == "kit.forbidden"


@pytest.mark.parametrize(
    ("name", "values", "code"),
    [(" ", {}, "processes.no_message"), ("paid", {"x": {"y": 1}}, "processes.wrong_message")],
)
def test_what_is_no_message_is_refused(company: Company, name: str, values: dict[str, object], code: str) -> None:
    with opened(company.ann.pk, door="screen") as call, pytest.raises(Refused) as no:
        messages.send(call, name=name, values=values)
    assert no.value.code == code


def test_a_command_waits_for_one_of_those_to_whom_it_is_offered(
    company: Company, publish: Publish, begin: Begin
) -> None:
    instance = begin(publish(BUTTON % company.bob.pk))
    command = Command.objects.get()
    assert commands_for(company.carol.pk, instances=[instance.pk]) == {}
    assert [one.title for one in commands_for(company.bob.pk, instances=[instance.pk])[instance.pk]] == ["Withdraw"]
    with opened(company.carol.pk, door="screen") as call, pytest.raises(Refused) as no:
        commands.give(call, command=command)
    assert no.value.code == "processes.command_not_yours"
    with opened(company.bob.pk, door="screen") as call:
        commands.give(call, command=command)
    assert told(instance) == f"Withdrawn by {company.bob}"
    with opened(company.bob.pk, door="screen") as call, pytest.raises(Refused) as twice:
        commands.give(call, command=command)
    assert twice.value.code == "processes.command_given"


def test_a_command_is_taken_back_when_the_process_goes_on_without_it(
    company: Company, publish: Publish, begin: Begin
) -> None:
    instance = begin(publish(BUTTON % company.bob.pk))
    with opened(company.ann.pk, door="screen") as call:
        instances.terminate(call, instance=instance)
    worker.run_until_idle()
    command = Command.objects.get()
    assert command.status == Command.WITHDRAWN
    with opened(company.bob.pk, door="screen") as call, pytest.raises(Refused) as late:
        commands.give(call, command=command)
    assert late.value.code == "processes.command_gone"


LINKED = """
definition: linked
title: Linked
record: crm.deal
do:
  - wait: {record: '{=Document:company}', when: {field: title, value: Ready}, limit: 5 days}
    late: [{block: status_text, with: {text: Late}}]
  - block: status_text
    with: {text: 'It is {=Document:company.title}'}
"""


def test_a_wait_watches_a_record_to_which_a_link_leads(company: Company, publish: Publish, deal: Deal) -> None:
    client = client_of(company, deal, "Waiting")
    waits = start(company, publish(LINKED), deal)
    change(company, deal, title="Ready")
    assert told(waits) == ""
    change(company, client, title="Ready")
    worker.run_until_idle()
    assert told(waits) == "It is Ready"


def test_a_wait_without_its_record_asks_an_operator(company: Company, publish: Publish, deal: Deal) -> None:
    start(company, publish(LINKED), deal)
    assert Incident.objects.get().code == "run.no_record"


def test_a_wait_with_a_limit_ends_after_it(company: Company, publish: Publish, deal: Deal) -> None:
    client_of(company, deal, "Waiting")
    waits = start(company, publish(LINKED), deal)
    clock.wind(timedelta(days=5))
    worker.run_until_idle()
    assert told(waits) == "It is Waiting"


AT_CLIENT = """
definition: at-client
title: At the client
record: crm.company
parameters: {words: {type: text}}
variables: {told: {type: text}}
results: [told]
do:
  - block: approve
    with: {to: user_%d, title: 'Ask {=Document:title}', comment: none}
  - set: {told: '{=Document:title} says {=Template:words}'}
"""
CALLER = """
definition: caller
title: Caller
record: crm.deal
do:
  - id: asked
    run: at-client
    record: '{=Document:company}'
    with: {words: well}
  - block: status_text
    with: {text: '{=asked:told}'}
"""
CHAIN = """
definition: chain
title: Chain
record: crm.deal
do:
  - run: at-client
    record: '{=Document:company}'
    wait: false
  - block: status_text
    with: {text: Gone on}
"""


def test_a_process_runs_on_another_record_and_gives_its_results(company: Company, publish: Publish, deal: Deal) -> None:
    client = client_of(company, deal, "Firm")
    publish(AT_CLIENT % company.bob.pk)
    caller = start(company, publish(CALLER), deal)
    child = Instance.objects.get(parent=caller.pk)
    assert (child.record_type, child.record_id) == ("crm.company", client.id)
    approve(company)
    assert told(caller) == "Firm says well"


# PF-16
def test_a_process_that_is_not_waited_for_knows_who_started_it(company: Company, publish: Publish, deal: Deal) -> None:
    client_of(company, deal, "Firm")
    publish(AT_CLIENT % company.bob.pk)
    caller = start(company, publish(CHAIN), deal)
    assert Instance.objects.get(pk=caller.pk).status == Standing.COMPLETED
    child = Instance.objects.get(parent=caller.pk)
    assert child.parent_token is None
    approve(company)
    assert Instance.objects.get(pk=child.pk).status == Standing.COMPLETED


MANY = """
definition: many
title: Many
variables: {all: {type: text, multiple: true}}
do:
  - id: each_of
    run: child
    each: [north, south, west]
    with: {words: '{=each_of:item}'}
    at_once: true
  - block: status_text
    with: {text: '{=each_of:told}'}
"""
CHILD = """
definition: child
title: Child
parameters: {words: {type: text}}
variables: {told: {type: text}}
results: [told]
do:
  - block: approve
    with: {to: user_%d, title: '{=Template:words}', comment: none}
  - set: {told: '{=Template:words}!'}
"""


def test_a_process_for_each_of_several_gives_lists_in_their_order(
    company: Company, publish: Publish, begin: Begin
) -> None:
    publish(CHILD % company.bob.pk)
    many = begin(publish(MANY))
    worker.run_until_idle()
    titles = list(Assignment.objects.filter(status="open").order_by("-title").values_list("title", flat=True))
    assert titles == ["west", "south", "north"]
    for title in titles:
        approve(company, title=title)
    assert told(many) == "north!, south!, west!"


THROWS = """
definition: throws
title: Throws
do:
  - throw: {error: too_dear, text: Too dear}
"""
CATCHES = """
definition: catches
title: Catches
do:
  - try: [{run: throws}]
    on_error:
      - id: caught
        codes: [too_dear]
        do: [{block: status_text, with: {text: 'Caught: {=caught:message}'}}]
"""


# PF-17
def test_an_error_of_a_called_process_is_caught_by_its_caller(company: Company, publish: Publish, begin: Begin) -> None:
    publish(THROWS)
    catches = begin(publish(CATCHES))
    worker.run_until_idle()
    assert told(catches) == "Caught: Too dear"
    assert not Incident.objects.exists()


LIST = """
definition: list
title: List
variables: {found: {type: person, multiple: true}}
do:
  - set: {found: [user_%(bob)d, user_%(carol)d]}
  - id: asking
    each: '{=Variable:found}'
    as: person
    at_once: true
    gives: {answers: '{=asked:approved}', names: '{=asking:person}'}
    do:
      - try:
          - id: asked
            block: approve
            with: {to: '{=asking:person}', title: 'For {=asking:person}', comment: none}
        meanwhile:
          - pause: {for: 1 day}
            then: again
            do: [{block: notify_person, with: {to: '{=asking:person}', text: Hurry}}]
  - block: status_text
    with: {text: '{=asking:names}: {=asking:answers}'}
"""


def test_a_list_asks_everybody_and_keeps_what_they_say(company: Company, publish: Publish, begin: Begin) -> None:
    instance = begin(publish(LIST % {"bob": company.bob.pk, "carol": company.carol.pk}))
    clock.wind(timedelta(days=2, hours=1))
    worker.run_until_idle()
    for person, answer in ((company.carol, "rejected"), (company.bob, "approved")):
        with opened(person.pk, door="screen") as call:
            asked = Assignment.objects.get(status="open", assignees__person=person)
            assignments.complete(call, assignment=asked, answer=answer)
    worker.run_until_idle()
    assert told(instance).startswith(f"{company.bob}, {company.carol}: ")
    assert Instance.objects.get(pk=instance.pk).status == Standing.COMPLETED


WORKED = """
definition: worked
title: Worked
variables: {who: {type: person, default: user_%d}}
do:
  - pause: {for: 2 days, working: true, person: '{=Variable:who}'}
"""


def test_a_pause_in_working_time_ends_when_so_much_was_worked(company: Company, publish: Publish, begin: Begin) -> None:
    begin(publish(WORKED % company.bob.pk))
    due = people.working_time(person=company.bob.pk).add(clock.now(), Duration(days=2))
    assert abs(Timer.objects.get().due - due) < timedelta(minutes=1)


def start(company: Company, definition: object, deal: Deal) -> Instance:
    with opened(company.ann.pk, door="screen") as call:
        made = instances.start(call, definition=definition, record=RecordRef("crm.deal", deal.pk))  # type: ignore[arg-type]
    worker.run_until_idle()
    return made


def client_of(company: Company, deal: Deal, title: str) -> RecordRef:
    with opened(company.ann.pk, door="screen") as call:
        client = records.verbs["crm.company"].add(call, values={"title": title})
    change(company, RecordRef("crm.deal", deal.pk), company=client.pk)
    return RecordRef("crm.company", client.pk)


def change(firm: Company, record: RecordRef | Deal, **values: object) -> None:
    ref = record if isinstance(record, RecordRef) else RecordRef("crm.deal", record.pk)
    row = records.load([ref])[ref]
    with opened(firm.ann.pk, door="screen") as call:
        records.verbs[ref.type].change(call, record=row, values=values)


def approve(company: Company, *, title: str = "") -> None:
    asked = Assignment.objects.filter(status="open", **({"title": title} if title else {})).get()
    with opened(company.bob.pk, door="screen") as call:
        assignments.complete(call, assignment=asked, answer="approved")
    worker.run_until_idle()
