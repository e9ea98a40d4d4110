"""Fields that the customer adds: codes, defaults, options, and that nothing is lost."""

from typing import Any

import pytest

from potok.kit.doors import opened
from potok.kit.errors import Refused
from potok.records import public as records
from potok.records.public import CustomField
from tests.company import Company
from tests.records.conftest import Make

pytestmark = pytest.mark.django_db


def add(**given: Any) -> CustomField:
    with opened(None, door="screen") as call:
        return records.custom_fields.add(call, record_type="crm.deal", **given)


def test_a_field_gets_its_code_from_its_title(make: Make) -> None:
    assert add(kind="text", title="Дата выезда").name == "data_vyezda"
    assert add(kind="text", title="Дата выезда?").name == "data_vyezda_2"
    assert add(kind="text", title="2-й адрес").name == "field_2_y_adres"


def test_a_default_is_given_to_new_records(make: Make) -> None:
    add(kind="yes_no", title="Changed", name="changed", default="N")
    assert make("crm.deal").props["changed"] is False


def test_a_required_field_is_asked_for(make: Make) -> None:
    add(kind="text", title="Number", name="number", required=True)
    with pytest.raises(Refused) as caught:
        make("crm.deal")
    assert (caught.value.code, caught.value.place) == ("records.field.required", "number")
    deal = make("crm.deal", {"number": "7"})
    with opened(None, door="screen") as call, pytest.raises(Refused, match="required"):
        records.verbs["crm.deal"].change(call, record=deal, values={"number": ""})


def test_options_keep_their_keys_when_renamed_or_moved(make: Make) -> None:
    field = add(kind="choice", title="Found us by", options=["Site", "Call"])
    deal = make("crm.deal", {"found_us_by": "Call"})
    with opened(None, door="screen") as call:
        options = [{"key": "2", "title": "Phone"}, "Fair", {"key": "1", "title": "Site"}]
        changed = records.custom_fields.change(
            call, field=field, title="Found us by", required=False, hidden=False, options=options
        )
    assert changed.options == [
        {"key": "2", "title": "Phone"},
        {"key": "3", "title": "Fair"},
        {"key": "1", "title": "Site"},
    ]
    assert deal.props["found_us_by"] == "2"


def test_values_of_a_removed_field_come_back_with_it(make: Make) -> None:
    field = add(kind="text", title="Number", name="number")
    deal = make("crm.deal", {"number": "7"})
    with opened(None, door="screen") as call:
        records.custom_fields.remove(call, field=field)
        assert "number" not in records.current().of(records.type_named("crm.deal"))
    add(kind="text", title="Number", name="number")
    declared = records.type_named("crm.deal")
    assert records.current().field(declared, "number").of(records.find(declared, deal.pk, by=None)) == "7"


WRONG = [
    ({"kind": "nothing", "title": "x"}, "records.field.wrong_kind"),
    ({"kind": "text", "title": " "}, "records.setting.untitled"),
    ({"kind": "text", "title": "Amount"}, "records.setting.doubled"),
    ({"kind": "text", "title": "x", "name": "Big Name"}, "records.field.wrong_name"),
    ({"kind": "text", "title": "x", "name": "comment"}, "records.setting.doubled"),
    ({"kind": "link", "title": "x", "options": [{"to": "crm.nothing"}]}, "kit.missing"),
    ({"kind": "number", "title": "x", "default": "many"}, "records.field.unreadable"),
]


@pytest.mark.parametrize(("given", "code"), WRONG)
def test_a_wrong_field_is_refused(firm: Company, settings: Any, given: dict[str, Any], code: str) -> None:
    settings.LANGUAGE_CODE = "en"
    with pytest.raises(Refused) as caught:
        add(**given)
    assert caught.value.code == code


def test_only_administrators_change_and_remove_fields(firm: Company) -> None:
    field = add(kind="text", title="Number")
    with opened(firm.carol.pk, door="screen") as call:
        changed = records.custom_fields.change.many(
            [(call, {"field": field, "title": "x", "required": False, "hidden": False})]
        )
        removed = records.custom_fields.remove.many([(call, {"field": field})])
    assert [answer.code for [answer] in (changed, removed) if isinstance(answer, Refused)] == ["kit.forbidden"] * 2
