"""Bitrix24's names of tasks are read and written without loss."""

import pytest

from potok.engine.values import RecordRef
from potok.kit.errors import Refused
from potok.tasks import rules
from potok.tasks.dialect import naming


@pytest.mark.parametrize("status", list(rules.STATUSES))
def test_a_status_comes_back_from_its_code(status: str) -> None:
    assert naming.status_of(naming.status_code(status)) == status


@pytest.mark.parametrize("priority", list(rules.PRIORITIES))
def test_a_priority_comes_back_from_its_code(priority: str) -> None:
    assert naming.priority_of(naming.priority_code(priority)) == priority


@pytest.mark.parametrize(("code", "kind"), [("D_7", "crm.deal"), ("CO_7", "crm.company"), ("c_7", "crm.contact")])
def test_a_crm_link_is_read(code: str, kind: str) -> None:
    record = naming.record_of(code)
    assert record == RecordRef(kind, 7)
    assert naming.record_code(record) == code.upper()


@pytest.mark.parametrize("code", ["", "X_7", "D_x", "7"])
def test_a_strange_link_is_refused(code: str) -> None:
    with pytest.raises(Refused) as refused:
        naming.record_of(code)
    assert refused.value.code == "tasks.dialect.unknown_code"


@pytest.mark.parametrize(("name", "answer"), [("RESPONSIBLE_ID", "responsibleId"), ("TITLE", "title")])
def test_answers_are_spelled_in_camel_case(name: str, answer: str) -> None:
    assert naming.camel(name) == answer
