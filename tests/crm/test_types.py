"""What can be done with leads, activities, clients and deals, by public name: others count on these."""

import pytest

from potok.kit.operations import operations
from potok.records import public as records

PLAIN = {"add", "change", "remove", "restore"}
WRITES = {
    "crm.activity.add", "crm.activity.change", "crm.activity.remove", "crm.activity.restore",
    "crm.company.add", "crm.company.change", "crm.company.remove", "crm.company.restore",
    "crm.contact.add", "crm.contact.change", "crm.contact.remove", "crm.contact.restore",
    "crm.deal.add", "crm.deal.change", "crm.deal.remove", "crm.deal.restore", "crm.deal.move",
    "crm.lead.add", "crm.lead.change", "crm.lead.remove", "crm.lead.restore", "crm.lead.move",
}  # fmt: skip


@pytest.mark.parametrize("name", ["crm.activity", "crm.company", "crm.contact", "crm.deal", "crm.lead"])
def test_a_type_brings_its_writes_and_moves_only_where_it_has_stages(name: str) -> None:
    verbs = PLAIN | {"move"} if records.record_types[name].pipeline else PLAIN
    derived = {f"{name}.{verb}" for verb in verbs}
    assert derived == {write for write in WRITES if write.rpartition(".")[0] == name}
    assert derived <= set(operations)
