"""Global variables and constants: declared once, read and set by every process, and nothing is lost."""

from datetime import timedelta
from typing import Any

import pytest

from potok.crm.deals.public import Deal
from potok.engine.values import PersonRef
from potok.kit import clock
from potok.kit.doors import opened
from potok.kit.errors import Forbidden, Overtaken, Refusals, Refused
from potok.processes import worker
from potok.processes.models import Instance, Shared
from potok.processes.operations import messages, shared
from potok.records import public as records
from tests.company import Company
from tests.processes.conftest import Begin, Publish

COUNTS = """
definition: counts
title: Counts
start: [manual]
do:
  - wait: {{message: go}}
  - id: count
    set: {{'GlobalVar:counter': {value}}}
  - block: status_text
    with: {{text: '{{=count:counter}}'}}
"""
SAYS = """
definition: says
title: Says
start: [manual]
do:
  - block: status_text
    with: {{text: '{text}'}}
"""
TAKES_TURNS = """
definition: turns
title: Turns
start: [manual]
variables:
  times: {type: number, default: 1}
  given: {type: number}
do:
  - set:
      times: '={=Variable:times} + {=GlobalVar:counter}'
      'GlobalVar:counter': '={=Variable:times}'
      'GlobalVar:queue': {add: '={=User:ID}'}
      given: 5
  - block: status_text
    with: {text: '{=GlobalVar:counter} {=GlobalVar:queue}'}
"""

WATCHES = """
definition: watches
title: Watches
record: crm.deal
start:
  - changed: {when: '{=GlobalVar:counter} > 0 and {=GlobalConst:vat} = 20'}
do:
  - pause: {for: 1 day}
"""


@pytest.fixture
def declared(company: Company) -> Company:
    with opened(company.ann.pk, door="screen") as call:
        shared.add(call, name="counter", title="Contracts", kind="number", value="0")
        shared.add(call, name="queue", kind="person", multiple=True, value=[PersonRef(company.bob.pk)])
        shared.add(call, name="vat", kind="number", value="20", constant=True)
    return company


def text(instance: Instance) -> str:
    return Instance.objects.get(pk=instance.pk).status_text or ""


@pytest.mark.parametrize("value", ["{add: 1}", "'={=GlobalVar:counter} + 1'"])
def test_processes_that_count_at_once_lose_no_number(
    declared: Company, publish: Publish, begin: Begin, value: str
) -> None:
    definition = publish(COUNTS.format(value=value))
    begun = [begin(definition) for _ in range(6)]
    with opened(declared.ann.pk, door="screen") as call:
        messages.send(call, name="go")
    for _ in begun:  # Whoever was overtaken rests for a moment.
        worker.run_until_idle()
        with opened(None, door="start_up"):
            clock.wind(timedelta(minutes=1))
    assert sorted(int(text(one) or 0) for one in begun) == [1, 2, 3, 4, 5, 6]


def test_they_are_read_with_their_types(declared: Company, publish: Publish, begin: Begin) -> None:
    begun = begin(publish(SAYS.format(text="{=GlobalVar:queue}, {{={=GlobalConst:vat} * 2}}, {=User:full_name}")))
    assert text(begun) == f"{declared.bob}, 40, {declared.ann.full_name}"


def test_the_host_of_the_product(declared: Company, publish: Publish, begin: Begin) -> None:
    assert text(begin(publish(SAYS.format(text="{=System:Host}")))) == "localhost"


def test_variables_of_both_kinds_are_set_in_their_order(declared: Company, publish: Publish, begin: Begin) -> None:
    assert text(begin(publish(TAKES_TURNS))) == f"1 {declared.bob}, {declared.ann}"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (SAYS.format(text="{=GlobalVar:countr}"), "expr.misspelt_name"),
        (COUNTS.format(value="soon"), "tree.wrong_value"),
        (COUNTS.format(value="{add: 1, by: 2}"), "tree.unknown_key"),
        (COUNTS.format(value="1").replace("GlobalVar:counter", "GlobalVar:countr"), "tree.no_global"),
        (COUNTS.format(value="1").replace("GlobalVar:counter", "GlobalConst:vat"), "tree.unknown_key"),
    ],
)
def test_a_mistake_is_found_before_publishing(declared: Company, publish: Publish, source: str, code: str) -> None:
    with pytest.raises(Refusals) as refused:
        publish(source)
    assert code in [one.code for one in refused.value]


def test_conditions_of_triggers_read_them(declared: Company, publish: Publish, deal: Deal) -> None:
    publish(WATCHES)
    for counter, begun in ((0, 0), (1, 1)):
        with opened(declared.ann.pk, door="screen") as call:
            shared.set_(call, name="counter", value=counter)
        with opened(declared.ann.pk, door="screen") as call:
            records.verbs["crm.deal"].change(call, record=deal, values={"title": f"Go {counter}"})
        assert Instance.objects.count() == begun


def test_only_numbers_and_lists_are_added_to(declared: Company, publish: Publish) -> None:
    with opened(declared.ann.pk, door="screen") as call:
        shared.add(call, name="motto")
    with pytest.raises(Refusals) as refused:
        publish(COUNTS.format(value="{add: x}").replace("counter", "motto"))
    assert [one.code for one in refused.value] == ["tree.cannot_add"]
    with opened(declared.ann.pk, door="screen") as call, pytest.raises(Refused) as sum_refused:
        shared.set_(call, name="motto", add="x")
    assert sum_refused.value.code == "processes.global_no_sum"


def test_what_a_definition_uses_cannot_be_removed(declared: Company, publish: Publish) -> None:
    publish(COUNTS.format(value="1"))
    with opened(declared.ann.pk, door="screen") as call, pytest.raises(Refused) as refused:
        shared.remove(call, one=Shared.objects.get(name="counter"))
    assert refused.value.code == "processes.global_in_use"
    with opened(declared.ann.pk, door="screen") as call:
        shared.remove(call, one=Shared.objects.get(name="vat"))
    assert not Shared.objects.filter(name="vat").exists()


def test_an_older_value_is_not_put_over_a_newer_one(declared: Company) -> None:
    with opened(declared.ann.pk, door="screen") as call:
        assert shared.set_(call, name="counter", value=5, was=0, checks=True) == 5
        with pytest.raises(Overtaken):
            shared.set_(call, name="counter", value=6, was=0, checks=True)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": "1st"}, "processes.global_wrong_name"),
        ({"name": "counter"}, "processes.global_taken"),
        ({"name": "x", "kind": "file"}, "processes.global_wrong_type"),
        ({"name": "x", "kind": "number", "value": "many"}, "processes.field_wrong"),
    ],
)
def test_what_cannot_be_declared(declared: Company, given: dict[str, Any], code: str) -> None:
    with opened(declared.ann.pk, door="screen") as call, pytest.raises(Refused) as refused:
        shared.add(call, **given)
    assert refused.value.code == code


def test_a_stranger_neither_declares_nor_sets_them(declared: Company) -> None:
    one = Shared.objects.get(name="counter")
    with opened(declared.carol.pk, door="screen") as call:
        with pytest.raises(Forbidden):
            shared.add(call, name="mine")
        with pytest.raises(Forbidden):
            shared.change(call, one=one, title="Mine", value="9")
        with pytest.raises(Forbidden):
            shared.remove(call, one=one)
        with pytest.raises(Forbidden):
            shared.set_(call, name="counter", value=9)


def test_the_administrator_gives_another_value(declared: Company) -> None:
    with opened(declared.ann.pk, door="screen") as call:
        changed = shared.change(call, one=Shared.objects.get(name="vat"), title="VAT, %", value="22")
    assert (changed.title, changed.value) == ("VAT, %", Shared.objects.get(name="vat").value)
