"""Deals, contacts and companies under Bitrix24's names."""

from typing import Any

import pytest

from potok.kit.dialects import WireError
from potok.people.public import Extent
from potok.records.public import CustomField, Pipeline, Stage
from tests.company import Company
from tests.crm.conftest import Ask

pytestmark = pytest.mark.django_db


def ids(page: Any) -> list[int]:
    return [int(row["ID"]) for row in page.result]


def test_a_deal_is_added_changed_read_and_removed(ask: Ask, firm: Company) -> None:
    client = ask("crm.company.add", fields={"TITLE": "Firm"})
    deal = ask(
        "crm.deal.add",
        fields={
            "TITLE": "Ventilation", "OPPORTUNITY": "20000", "CURRENCY_ID": "USD", "COMPANY_ID": str(client),
            "ASSIGNED_BY_ID": firm.bob.pk, "CLOSEDATE": "2026-11-24", "NONSENSE": "1", "ID": 77,
        },
    )  # fmt: skip
    assert isinstance(deal, int)
    assert ask("crm.deal.update", id=deal, fields={"STAGE_ID": "PAID", "OPPORTUNITY": "300"}) is True
    shown = ask("crm.deal.get", id=deal)
    told = {
        "ID": str(deal), "TITLE": "Ventilation", "STAGE_ID": "PAID", "CATEGORY_ID": "0", "OPPORTUNITY": "300.00",
        "CURRENCY_ID": "USD", "COMPANY_ID": str(client), "CONTACT_ID": None, "ASSIGNED_BY_ID": str(firm.bob.pk),
        "CLOSEDATE": "2026-11-24T00:00:00+00:00", "CLOSED": "N", "STAGE_SEMANTIC_ID": "P",
    }  # fmt: skip
    assert {name: shown[name] for name in told} == told
    assert ask("crm.deal.delete", id=deal) is True
    with pytest.raises(WireError, match="Not found"):
        ask("crm.deal.get", id=deal)


def test_later_pipelines_have_numbers_and_the_first_is_zero(ask: Ask) -> None:
    second = Pipeline.objects.get(title="Service").pk
    deal = ask("crm.deal.add", fields={"TITLE": "x", "CATEGORY_ID": second, "STAGE_ID": f"C{second}:PAID"})
    first = ask("crm.deal.add", fields={"TITLE": "y", "CATEGORY_ID": 0})
    assert ask("crm.deal.get", id=deal)["CATEGORY_ID"] == str(second)
    assert ids(ask("crm.deal.list", filter={"CATEGORY_ID": 0})) == [first]
    assert [row["ID"] for row in ask("crm.dealcategory.list").result] == [str(second)]
    assert [row["id"] for row in ask("crm.category.list", entityTypeId=2).result["categories"]] == [0, second]


def test_stages_are_statuses(ask: Ask) -> None:
    second = Pipeline.objects.get(title="Service").pk
    mine = ask("crm.status.list", filter={"ENTITY_ID": "DEAL_STAGE"}).result
    assert [row["STATUS_ID"] for row in mine] == ["NEW", "PAID", "WON", "LOST"]
    assert [row["SEMANTICS"] for row in mine] == [None, None, "S", "F"]
    other = ask("crm.status.list", filter={"ENTITY_ID": f"DEAL_STAGE_{second}"}).result
    assert next(row["STATUS_ID"] for row in other) == f"C{second}:NEW"


def test_lists_filter_order_select_and_page(ask: Ask) -> None:
    made = [ask("crm.deal.add", fields={"TITLE": f"Deal {n}", "OPPORTUNITY": n * 10}) for n in range(53)]
    ask("crm.deal.update", id=made[0], fields={"STAGE_ID": "WON"})
    first = ask("crm.deal.list", order={"ID": "DESC"}, select=["ID", "TITLE"])
    assert (first.total, first.next, len(first.result)) == (53, 50, 50)
    assert first.result[0] == {"ID": str(made[-1]), "TITLE": "Deal 52"}
    rest = ask("crm.deal.list", order={"ID": "DESC"}, start=50)
    assert (len(rest.result), rest.next) == (3, None)
    after = ask("crm.deal.list", filter={">ID": made[50]}, order={"ID": "ASC"}, start=-1)
    assert (ids(after), after.total) == (made[51:], 0)
    cases: list[tuple[dict[str, Any], list[int]]] = [
        ({"STAGE_ID": "WON"}, made[:1]),
        ({"CLOSED": "Y"}, made[:1]),
        ({"!CLOSED": "N"}, made[:1]),
        ({"STAGE_SEMANTIC_ID": ["S", "F"]}, made[:1]),
        ({">=OPPORTUNITY": 510}, made[51:]),
        ({"%TITLE": "eal 5", "!TITLE": "Deal 5"}, made[50:]),
        ({"=%TITLE": "Deal _1"}, [made[11], made[21], made[31], made[41], made[51]]),
        ({"@ID": [made[3], made[4]]}, made[3:5]),
        ({"!=COMPANY_ID": ""}, []),
        ({"CURRENCY_ID": "USD"}, []),
        ({">DATE_CREATE": "2999-01-01"}, []),
        ({"<OPPORTUNITY": 10, "<>NOTHING": "1"}, made[:1]),
    ]
    for given, expected in cases:
        assert ids(ask("crm.deal.list", filter=given, order={"ID": "ASC"})) == expected, given


def test_a_wrong_value_in_a_filter_is_refused_by_name(ask: Ask) -> None:
    with pytest.raises(WireError, match="ID"):
        ask("crm.deal.list", filter={"ID": "abc"})
    with pytest.raises(WireError, match="must be array"):
        ask("crm.deal.list", filter="abc")


def test_phones_and_mails_are_lists_with_ids(ask: Ask) -> None:
    contact = ask(
        "crm.contact.add",
        fields={
            "NAME": "Anna",
            "LAST_NAME": "Other",
            "PHONE": [{"VALUE": "+7 812 000-11-01", "VALUE_TYPE": "MOBILE"}, {"VALUE": "+78120001102"}],
        },
    )
    phones = ask("crm.contact.get", id=contact)["PHONE"]
    assert [(one["VALUE"], one["VALUE_TYPE"]) for one in phones] == [
        ("+78120001101", "MOBILE"),
        ("+78120001102", "WORK"),
    ]
    changes = [{"ID": phones[0]["ID"], "VALUE": "+78120001103"}, {"ID": phones[1]["ID"], "DELETE": "Y"}]
    mail = [{"VALUE": "anna@firm.example", "VALUE_TYPE": "WORK"}]
    ask("crm.contact.update", id=contact, fields={"PHONE": changes, "EMAIL": mail})
    shown = ask("crm.contact.get", id=contact)
    assert [(one["VALUE"], one["VALUE_TYPE"]) for one in shown["PHONE"]] == [("+78120001103", "MOBILE")]
    assert [one["VALUE"] for one in shown["EMAIL"]] == ["anna@firm.example"]
    ask("crm.contact.update", id=contact, fields={"POST": "Chief"})
    assert len(ask("crm.contact.get", id=contact)["PHONE"]) == 1
    assert ids(ask("crm.contact.list", filter={"PHONE": "8 812 000-11-03"})) == [contact]
    assert "PHONE" not in ask("crm.contact.list").result[0]
    assert list(ask("crm.contact.list", select=["ID", "PHONE"]).result[0]) == ["ID", "PHONE"]


CUSTOM: list[tuple[dict[str, Any], Any, Any]] = [
    ({"USER_TYPE_ID": "string"}, "text", "text"),
    ({"USER_TYPE_ID": "double"}, "12.5", "12.5"),
    ({"USER_TYPE_ID": "boolean"}, "Y", "1"),
    ({"USER_TYPE_ID": "date"}, "2026-11-24", "2026-11-24T00:00:00+00:00"),
    ({"USER_TYPE_ID": "datetime"}, "2026-11-24T10:00:00+03:00", "2026-11-24T07:00:00+00:00"),
    ({"USER_TYPE_ID": "money"}, "100|USD", "100.00|USD"),
    ({"USER_TYPE_ID": "url"}, "https://firm.example", "https://firm.example"),
    ({"USER_TYPE_ID": "enumeration", "LIST": [{"VALUE": "Site"}, {"VALUE": "Call"}]}, "2", "2"),
    ({"USER_TYPE_ID": "string", "MULTIPLE": "Y"}, ["a", "b"], ["a", "b"]),
]


@pytest.mark.parametrize(("declared", "given", "shown"), CUSTOM)
def test_custom_fields_are_declared_kept_and_found(ask: Ask, declared: dict[str, Any], given: Any, shown: Any) -> None:
    name = "UF_CRM_MY_FIELD"
    id = ask("crm.deal.userfield.add", fields={"FIELD_NAME": "MY_FIELD", "EDIT_FORM_LABEL": {"ru": "Моё"}, **declared})
    [listed] = ask("crm.deal.userfield.list", filter={"FIELD_NAME": name}).result
    assert (listed["ID"], listed["USER_TYPE_ID"]) == (str(id), declared["USER_TYPE_ID"])
    deal = ask("crm.deal.add", fields={"TITLE": "x", name: given})
    ask("crm.deal.add", fields={"TITLE": "y"})
    assert ask("crm.deal.get", id=deal)[name] == shown
    assert ids(ask("crm.deal.list", filter={name: given}, select=["ID"])) == [deal]
    described = ask("crm.deal.fields")[name]
    assert (described["isDynamic"], described["listLabel"]) == (True, "Моё")


def test_a_custom_link_and_a_custom_person_travel_by_id(ask: Ask, firm: Company) -> None:
    client = ask("crm.company.add", fields={"TITLE": "Firm"})
    ask("crm.deal.userfield.add", fields={"FIELD_NAME": "PARENT", "LABEL": "Parent", "USER_TYPE_ID": "crm",
                                          "SETTINGS": {"COMPANY": "Y"}})  # fmt: skip
    ask("crm.deal.userfield.add", fields={"FIELD_NAME": "WHO", "LABEL": "Who", "USER_TYPE_ID": "employee"})
    deal = ask("crm.deal.add", fields={"TITLE": "x", "UF_CRM_PARENT": f"CO_{client}", "UF_CRM_WHO": firm.bob.pk})
    shown = ask("crm.deal.get", id=deal)
    assert (shown["UF_CRM_PARENT"], shown["UF_CRM_WHO"]) == (f"CO_{client}", str(firm.bob.pk))


def test_fields_are_described(ask: Ask) -> None:
    fields = ask("crm.deal.fields")
    assert fields["TITLE"]["isRequired"]
    assert (fields["STAGE_ID"]["type"], fields["STAGE_ID"]["statusType"]) == ("crm_status", "DEAL_STAGE")
    assert fields["COMPANY_ID"]["type"] == "crm_company"
    assert ask("crm.company.fields")["WEB"]["type"] == "crm_multifield"


def test_an_unknown_stage_is_refused_with_those_there_are(ask: Ask) -> None:
    with pytest.raises(WireError, match="NEW, PAID, WON, LOST"):
        ask("crm.deal.add", fields={"TITLE": "x", "STAGE_ID": "NOWHERE"})


def test_a_stranger_is_refused_and_sees_nothing(ask: Ask, firm: Company) -> None:
    deal = ask("crm.deal.add", fields={"TITLE": "x"})
    carol = firm.carol.pk
    with pytest.raises(WireError, match="Access denied"):
        ask("crm.deal.add", by=carol, fields={"TITLE": "x"})
    with pytest.raises(WireError, match="Access denied"):
        ask("crm.deal.userfield.add", by=carol, fields={"FIELD_NAME": "X", "LABEL": "X"})
    for name, more in (("get", {}), ("update", {"fields": {}}), ("delete", {})):
        with pytest.raises(WireError, match="Not found"):
            ask(f"crm.deal.{name}", by=carol, id=deal, **more)
    assert ask("crm.deal.list", by=carol).total == 0
    firm.grant("crm.deal.see", extent=Extent.ALL, to=firm.carol)
    assert ask("crm.deal.list", by=carol).total == 1
    with pytest.raises(WireError, match="Access denied"):
        ask("crm.deal.update", by=carol, id=deal, fields={"TITLE": "mine"})
    assert CustomField.objects.count() == 0
    assert Stage.objects.count() == 12
