"""`potok doctor` lives the latest instances again, and names those that do not stand where their journals lead."""

import pytest

from potok.processes.models import Instance
from potok.site import doctor
from tests.company import Company
from tests.processes.conftest import Begin, Publish

SOURCE = "definition: waits\ntitle: Waits\nvariables: {n: {type: number, default: 1}}\ndo:\n  - pause: {for: 1 day}\n"


@pytest.fixture(autouse=True)
def _lived_again() -> None:
    """What a test here leaves does differ."""


def test_the_doctor_names_instances_that_do_not_stand_where_their_journals_lead(
    company: Company, publish: Publish, begin: Begin
) -> None:
    definition = publish(SOURCE)
    begin(definition)
    second = begin(definition)
    found = doctor._journals()
    assert (found.remedy, "2" in found.state) == ("", True)
    Instance.objects.filter(pk=second.pk).update(state=b"")
    found = doctor._journals()
    assert str(second.pk) in found.state
    assert f"replay {second.pk}" in found.remedy
