"""Buttons of running processes: shown to those who may press them, on the record's card and on the run's page."""

from potok.crm.deals.public import Deal
from potok.engine.values import RecordRef
from potok.kit.doors import opened
from potok.people.public import Person
from potok.processes import worker
from potok.processes.models import Command, Instance
from potok.processes.operations import instances
from tests.company import Company
from tests.processes.conftest import Begin, Publish
from tests.processes_web.conftest import Browser

BUTTON = """
definition: button
title: Contract
record: crm.deal
do:
  - id: pressed
    block: command
    with: {title: Withdraw it, to: user_%d, help: Nobody signs it then}
  - pause: {for: 1 day}
"""


def run(company: Company, publish: Publish, deal: Deal, *, to: Person) -> Instance:
    definition = publish(BUTTON % to.pk)
    with opened(company.ann.pk, door="screen") as call:
        made = instances.start(call, definition=definition, record=RecordRef("crm.deal", deal.pk))
    worker.run_until_idle()
    return made


def test_a_command_is_a_button_for_those_who_may_give_it(
    company: Company, publish: Publish, deal: Deal, browser: Browser
) -> None:
    made = run(company, publish, deal, to=company.ann)
    card, client = f"/deals/{deal.pk}/", browser(company.ann)
    assert "Withdraw it" in client.get(card).content.decode()
    assert "Nobody signs it then" in client.get(f"/instances/{made.pk}/").content.decode()
    answer = client.post(f"/commands/{Command.objects.get().pk}", {"from": "record"})
    assert answer["HX-Redirect"] == card
    worker.run_until_idle()
    assert Command.objects.get().given_by == company.ann
    assert "Withdraw it" not in client.get(card).content.decode()


def test_others_do_not_see_the_button(company: Company, publish: Publish, deal: Deal, browser: Browser) -> None:
    made = run(company, publish, deal, to=company.bob)
    page = browser(company.ann).get(f"/instances/{made.pk}/").content.decode()
    # Its name stands in the diagram.
    assert "/commands/" not in page


PARENT = """
definition: parent
title: The parent
do:
  - {run: child, wait: false}
  - pause: {for: 1 day}
"""
CHILD = """
definition: child
title: The child
do:
  - pause: {for: 1 day}
"""


def test_a_run_names_the_one_that_started_it_and_those_that_it_started(
    company: Company, publish: Publish, begin: Begin, browser: Browser
) -> None:
    publish(CHILD)
    parent = begin(publish(PARENT))
    worker.run_until_idle()
    child = Instance.objects.get(parent=parent.pk)
    client = browser(company.ann)
    page = client.get(f"/instances/{parent.pk}/").content.decode()
    assert f'<a class="lnk" href="/instances/{child.pk}/">The child</a>' in page
    page = client.get(f"/instances/{child.pk}/").content.decode()
    assert f'<a class="lnk" href="/instances/{parent.pk}/">The parent</a>' in page


def test_a_stranger_who_posts_to_a_command_is_refused(
    company: Company, publish: Publish, deal: Deal, browser: Browser
) -> None:
    run(company, publish, deal, to=company.bob)
    answer = browser(company.carol).post(f"/commands/{Command.objects.get().pk}")
    assert answer.status_code == 403
    assert Command.objects.get().status == Command.OPEN
