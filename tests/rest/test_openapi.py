"""The OpenAPI document is valid, whole, and says what each method takes."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema_rs import ValidationError
from schemathesis import openapi as schemathesis

from potok.kit.dialects import methods
from potok.rest import openapi


@pytest.fixture
def document() -> dict[str, Any]:
    return openapi.document()


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    schemathesis.from_dict(document).validate()
    with pytest.raises(ValidationError):
        schemathesis.from_dict(document | {"paths": {"/x": {"post": {"parameters": 5}}}}).validate()


def test_the_document_is_read_by_a_stranger(document: dict[str, Any]) -> None:
    schema = schemathesis.from_dict(document)
    read = [operation.ok() for operation in schema.get_all_operations()]
    assert {operation.path.rpartition("/")[2] for operation in read} == set(methods)


def test_what_each_method_takes_is_a_valid_schema(document: dict[str, Any]) -> None:
    for path, item in document["paths"].items():
        taken = item["post"]["requestBody"]["content"]["application/json"]["schema"]
        Draft202012Validator.check_schema(taken)
        assert item["post"]["summary"], path
