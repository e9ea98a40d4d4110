"""Files of records: rights come from the record."""

import pytest

from potok.disk import public as disk
from potok.disk.public import File, files
from potok.kit.doors import opened
from potok.kit.errors import Missing, Refused
from potok.people.public import Extent, Person
from potok.records import public as records
from tests.company import Company
from tests.records.conftest import Make, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def scan(make: Make) -> str:
    """A field for a file on deals."""
    with opened(None, door="start_up") as call:
        return str(records.custom_fields.add(call, record_type="crm.deal", kind="file", title="Scan", name="scan").name)


def load(person: Person) -> File:
    with opened(person.pk, door="screen") as call:
        return files.add(call, name="act.txt", content=b"act")


def test_a_file_in_a_field_is_seen_by_those_who_see_the_record(make: Make, firm: Company, scan: str) -> None:
    firm.grant("crm.deal.edit", extent=Extent.ALL, to=firm.bob)
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.alice)
    deal, file = make("crm.deal"), load(firm.bob)
    with opened(firm.bob.pk, door="screen") as call:
        records.verbs["crm.deal"].change(call, record=deal, values={scan: file.pk})
    assert disk.file(file.pk, by=firm.alice.pk) == file
    with pytest.raises(Missing):
        disk.file(file.pk, by=firm.carol.pk)


def test_a_file_of_somebody_else_is_not_put_into_a_field(make: Make, firm: Company, scan: str) -> None:
    firm.grant("crm.deal.edit", extent=Extent.ALL, to=firm.carol)
    deal, file = make("crm.deal"), load(firm.bob)
    with opened(firm.carol.pk, door="screen") as call, refused("records.field.nothing_there"):
        records.verbs["crm.deal"].change(call, record=deal, values={scan: file.pk})


def test_only_who_may_change_the_record_hangs_files_on_it(make: Make, firm: Company) -> None:
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.carol)
    place = records.attachments.place(make("crm.deal"))
    with opened(firm.carol.pk, door="screen") as call, pytest.raises(Refused):
        files.add(call, name="act.txt", content=b"act", on=place)
