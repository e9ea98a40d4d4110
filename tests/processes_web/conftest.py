"""A company with processes, and browsers of its people."""

from collections.abc import Callable

import pytest
from django.test import Client

from potok.people.public import Person
from tests.processes.conftest import begin, company, deal, deals, publish  # noqa: F401 (fixtures)

Browser = Callable[[Person], Client]


@pytest.fixture
def browser() -> Browser:
    """A browser in which the person is signed in."""

    def opened(person: Person) -> Client:
        client = Client(headers={"HX-Request": "true"})
        client.force_login(person)
        return client

    return opened


@pytest.fixture
def ask() -> str:
    """A definition that asks Bob for two fields, one of them a colleague out of two, and then Alice to approve."""
    return """
definition: ask
title: Signing of a contract
do:
  - id: signer
    title: Choice of a signer
    block: request_information
    with:
      to: user_{bob}
      title: Choose who signs
      description: "Comment of the deal: <b>hurry</b>"
      fields:
        who: {{type: person, title: Signer, required: true, among: [user_{alice}, user_{bob}]}}
        sum: {{type: number, title: Sum}}
      comment: optional
  - id: approval
    title: Approval
    block: approve
    with: {{to: user_{alice}, title: Approve the contract, comment: on_reject}}
  - title: Rest
    pause: {{for: 2 days}}
"""
