"""Refusals: declared once, said in the reader's language."""

import pytest
from django.utils.translation import override

from potok.kit.errors import FORBIDDEN, MISSING, Defect, Forbidden, Refusals, refusal


def test_a_refusal_names_its_values_and_says_what_to_do() -> None:
    with override("en"):
        assert "“crm.deal.edit”" in FORBIDDEN(permission="crm.deal.edit").sentence()


def test_a_refusal_speaks_the_language_of_its_reader() -> None:
    refused = MISSING(id=7)
    with override("ru"):
        assert refused.sentence().startswith("Такой записи нет")
    with override("en"):
        assert refused.sentence().startswith("There is no such entry")


def test_a_refusal_is_of_its_family_and_carries_its_code() -> None:
    with pytest.raises(Forbidden) as caught:
        raise FORBIDDEN(permission="x", place="deal")
    assert (caught.value.code, caught.value.place) == ("kit.forbidden", "deal")


def test_a_code_is_declared_once() -> None:
    with pytest.raises(Defect):
        refusal("kit.missing", "again")


def test_several_refusals_are_said_together() -> None:
    several = Refusals([MISSING(id=1), MISSING(id=2)])
    assert [one.fields["id"] for one in several] == [1, 2]
    with override("en"):
        assert "number 1" in several.sentence()
        assert "number 2" in several.sentence()
