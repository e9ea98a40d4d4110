"""Only whoever may name another sender of a message publishes a definition that does; others send as themselves."""

import pytest

from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.notify.public import Notice
from potok.processes.operations import definitions
from potok.processes.permissions import EDIT
from tests.company import Company
from tests.processes.conftest import Begin, Publish

TOLD = """
definition: told
title: Told
do:
  - block: notify_person
    with: {{to: [group_g{group}], text: The van is here, outside: Van, sender: user_{alice}}}
"""


def test_a_group_is_told_in_the_name_of_the_sender_and_shorter_outside(
    company: Company, publish: Publish, begin: Begin
) -> None:
    begin(publish(TOLD.format(group=company.group.pk, alice=company.alice.pk)))
    told = Notice.objects.order_by("to__sort_key")
    assert {one.to for one in told} == {company.bob, company.carol}
    assert {(one.by, one.text, one.outside) for one in told} == {(company.alice, "The van is here", "Van")}


def test_a_definition_names_another_sender_only_by_whoever_may(company: Company) -> None:
    for permission in (EDIT, "notify.notice.send"):
        company.grant(permission, to=company.bob)
    text = TOLD.format(group=company.group.pk, alice=company.alice.pk)
    with pytest.raises(Refused) as refused, opened(company.bob.pk, door="screen") as call:
        definitions.publish(call, source=text)
    assert refused.value.fields["permission"] == "notify.notice.name_sender"
    with opened(company.bob.pk, door="screen") as call:
        definitions.publish(call, source=text.replace(f", sender: user_{company.alice.pk}", ""))
    with opened(company.ann.pk, door="screen") as call:
        definitions.publish(call, source=text)
