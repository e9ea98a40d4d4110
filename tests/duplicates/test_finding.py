"""Records that are there already: while one types, in the inbox, under foreign names."""

import pytest

from potok.kit.calls import Call
from potok.kit.dialects import WireError, methods
from potok.kit.doors import opened
from potok.people.public import Extent
from potok.records import public as records
from potok.records.duplicates import finding, operations, pairing
from potok.records.duplicates.models import Key, Pair
from tests.company import Company
from tests.duplicates.conftest import Make


def compared() -> list[tuple[int, int, list[str]]]:
    while pairing.serve():
        pass
    return [(one.one, one.other, one.why) for one in Pair.objects.filter(state=Pair.SUSPECTED).order_by("pk")]


def alike(kind: str, values: dict[str, object], *, by: int | None = None) -> list[tuple[str, tuple[str, ...]]]:
    of = records.type_named(kind)
    fields = records.current().of(of)
    read = {name: fields[name].read(value) for name, value in values.items()}
    return [(one.title, one.why) for one in finding.alike(of, read, by=by)]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"phone": ["8 921 555-12-34"]}, ("phone",)),
        ({"email": ["ROMASHKA@firm.example"]}, ("email",)),
        ({"title": "Ромашка"}, ("name",)),
        ({"title": "Romashka OOO", "phone": ["+7 921 555 12 34"]}, ("name", "phone")),
    ],
)
def test_who_is_there_already_is_seen_while_one_types(
    make: Make, values: dict[str, object], why: tuple[str, ...]
) -> None:
    make("crm.company", {"title": "ООО «Ромашка»", "phone": ["+79215551234"], "email": ["romashka@firm.example"]})
    make("crm.company", {"title": "Лютик", "phone": ["+79215550000"]})
    assert alike("crm.company", values) == [("ООО «Ромашка»", why)]


def test_a_contact_is_like_a_company_that_answers_the_same_phone(make: Make) -> None:
    make("crm.company", {"title": "Ромашка", "phone": ["+79215551234"]})
    assert alike("crm.contact", {"phone": ["89215551234"]}) == [("Ромашка", ("phone",))]


def test_what_one_may_not_see_is_not_hinted_at(firm: Company, make: Make) -> None:
    firm.grant("crm.company.see", extent=Extent.OWN, to=firm.bob)
    make("crm.company", {"title": "Ромашка", "responsible": firm.carol.pk})
    assert alike("crm.company", {"title": "Ромашка"}, by=firm.bob.pk) == []


def test_pairs_are_suspected_among_what_is_there(make: Make) -> None:
    one = make("crm.company", {"title": "ООО Ромашка"})
    make("crm.company", {"title": "Лютик"})
    other = make("crm.company", {"title": "Ромашка"})
    assert compared() == [(one.pk, other.pk, ["name"])]


def test_a_pair_that_differs_now_is_suspected_no_longer(make: Make) -> None:
    make("crm.company", {"title": "ООО Ромашка"})
    other = make("crm.company", {"title": "Ромашка"})
    compared()
    with opened(None, door="screen") as call:
        records.verbs["crm.company"].change(call, record=other, values={"title": "Василёк"})
    assert compared() == []


def test_a_pair_that_was_dismissed_stays_dismissed(firm: Company, make: Make) -> None:
    firm.grant(operations.MERGE)
    make("crm.company", {"title": "ООО Ромашка"})
    other = make("crm.company", {"title": "Ромашка"})
    compared()
    with opened(firm.bob.pk, door="screen") as call:
        operations.dismiss(call, pair=Pair.objects.get())
    with opened(None, door="screen") as call:
        records.verbs["crm.company"].change(call, record=other, values={"title": "Ромашка АО"})
    assert compared() == []


def test_people_of_one_name_are_no_pair_until_they_share_a_phone(make: Make) -> None:
    one = make("crm.contact", {"surname": "Иванов", "name": "Иван"})
    other = make("crm.contact", {"surname": "Иванов", "name": "Иван"})
    assert compared() == []
    with opened(None, door="screen") as call:
        for row in (one, other):
            records.verbs["crm.contact"].change(call, record=row, values={"phone": ["+79215551234"]})
    assert compared() == [(one.pk, other.pk, ["name", "phone"])]


def test_a_phone_that_very_many_share_tells_nothing(make: Make) -> None:
    for number in range(pairing.SHARED_MAX + 1):
        make("crm.contact", {"surname": f"Общий{number}", "name": "Иван", "phone": ["+78120000000"]})
    assert compared() == []


def test_what_was_there_before_is_compared_too(make: Make) -> None:
    make("crm.company", {"title": "ООО Ромашка"})
    make("crm.company", {"title": "Ромашка"})
    compared()
    Key.objects.all().delete()
    Pair.objects.all().delete()
    pairing.begin()
    assert len(compared()) == 1


def find_by_comm(call: Call, **given: object) -> object:
    method = methods["crm.duplicate.findbycomm"]
    return method.answer(call, method.takes.model_validate(given))


def test_rest_finds_by_phone_and_mail_what_the_caller_sees(firm: Company, make: Make) -> None:
    company = make("crm.company", {"title": "Ромашка", "phone": ["+79215551234"]})
    contact = make("crm.contact", {"surname": "Иванов", "phone": ["+79215551234"], "email": ["i@firm.example"]})
    with opened(None, door="rest") as call:
        both = {"COMPANY": [company.pk], "CONTACT": [contact.pk]}
        assert find_by_comm(call, type="PHONE", values=["8(921)555-12-34"]) == both
        assert find_by_comm(call, type="EMAIL", values=["I@firm.example"]) == {"CONTACT": [contact.pk]}
        assert find_by_comm(call, type="PHONE", values=["89215551234"], entity_type="COMPANY") == {
            "COMPANY": [company.pk]
        }
        assert find_by_comm(call, type="PHONE", values=["89990000000"]) == []
        for wrong in ({"type": "IM", "values": ["1"]}, {"type": "PHONE"}):
            with pytest.raises(WireError):
                find_by_comm(call, **wrong)
    with opened(firm.carol.pk, door="rest") as call:
        assert find_by_comm(call, type="PHONE", values=["89215551234"]) == []
