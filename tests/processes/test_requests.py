"""Requests: everybody finds what he may ask for, follows what he asked for, and loses nothing that he typed."""

import pytest
from django.test import Client

from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.people.public import Person
from potok.processes.models import Assignment, Instance, StartDraft
from potok.processes.operations import assignments, start_drafts
from potok.processes.permissions import START
from potok.records import public as records
from tests.company import Company
from tests.processes.conftest import Publish
from tests.records.conftest import design_letters

PASS = """
definition: pass
title: A pass for a guest
help: The warehouse lets him in
parameters:
  guest: {type: text, title: Guest, required: true}
  day: {type: date, title: Day}
do:
  - id: asked
    title: Consent of the warehouse
    block: approve
    with: {to: user_%d, title: "Let {=Template:guest} in"}
"""
SHUT = """
definition: shut
title: Only for the administrator
start:
  - manual: {by: user_%d}
do:
  - pause: {for: 1 day}
"""
LETTER = """
definition: letter
title: A letter is read
record: lists.letters
start: [created]
do:
  - {title: Rest, pause: {for: 1 day}}
"""


def page(person: Person, address: str = "/requests/") -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(address).content.decode()


def send(person: Person, address: str, **typed: str) -> int:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.post(address, typed).status_code


def test_who_may_start_by_hand_finds_what_is_open_to_him(company: Company, publish: Publish) -> None:
    company.grant(START, to=company.bob)
    publish(PASS % company.carol.pk)
    publish(SHUT % company.ann.pk)
    found = page(company.bob)
    assert "A pass for a guest" in found
    assert "The warehouse lets him in" in found
    assert "Only for the administrator" not in found
    assert "A pass for a guest" in page(company.bob, "/requests/?q=WAREHOUSE")
    assert "A pass for a guest" not in page(company.bob, "/requests/?q=holiday")
    assert "A pass for a guest" not in page(company.carol)


def test_a_register_is_requested_by_a_new_record(company: Company, publish: Publish) -> None:
    design = design_letters()
    try:
        publish(LETTER)
        company.grant(START, to=company.bob)
        address = f'href="/{records.record_types[design.name].path}/new"'
        assert address not in page(company.bob)
        company.grant(f"{design.name}.add", to=company.bob)
        assert address in page(company.bob)
    finally:
        records.record_types.place([])


def test_whoever_asked_follows_his_request_in_words(company: Company, publish: Publish) -> None:
    company.grant(START)
    definition = publish(PASS % company.carol.pk)
    assert "requested nothing" in page(company.bob, "/requests/?view=mine")
    assert send(company.bob, f"/definitions/{definition.pk}/start", guest="Mr. Reed") == 303
    mine = page(company.bob, "/requests/?view=mine")
    assert "Waits for an answer" in mine
    assert "Carol Belova" in mine
    assert "A pass for a guest" not in page(company.dan, "/requests/?view=mine")
    with opened(company.carol.pk, door="screen") as call:
        assignments.complete(call, assignment=Assignment.objects.get(), answer="approved", values={})
    assert "Completed" in page(company.bob, "/requests/?view=mine")


def test_what_was_asked_for_last_stands_first(company: Company, publish: Publish) -> None:
    company.grant(START)
    definition = publish(PASS % company.carol.pk)
    publish((PASS % company.carol.pk).replace("pass\n", "other\n").replace("A pass for", "A badge for"))
    assert page(company.bob).index("A badge for") < page(company.bob).index("A pass for")
    send(company.bob, f"/definitions/{definition.pk}/start", guest="Mr. Reed")
    found = page(company.bob)
    assert found.index("Used lately") < found.index("A pass for") < found.index("A badge for")


def test_a_half_filled_request_is_there_again_until_it_is_sent(company: Company, publish: Publish) -> None:
    company.grant(START)
    definition = publish(PASS % company.carol.pk)
    form = f"/definitions/{definition.pk}/start"
    send(company.bob, f"{form}/draft", guest="Mr. Reed & sons")
    assert "Mr. Reed &amp; sons" in page(company.bob, form)
    assert "Mr. Reed" not in page(company.dan, form)
    send(company.bob, form, guest="Mr. Reed & sons")
    assert Instance.objects.filter(initiator=company.bob).count() == 1
    assert not StartDraft.objects.exists()


def test_who_may_not_start_keeps_no_draft(company: Company, publish: Publish) -> None:
    definition = publish(SHUT % company.ann.pk)
    for person in (company.carol, company.eve):
        with pytest.raises(Refused), opened(person.pk, door="screen") as call:
            start_drafts.keep(call, definition=definition, typed={"guest": ["Mr. Reed"]})
    company.grant(START)
    with pytest.raises(Refused), opened(company.carol.pk, door="screen") as call:
        start_drafts.keep(call, definition=definition, typed={"guest": ["Mr. Reed"]})
    assert not StartDraft.objects.exists()
