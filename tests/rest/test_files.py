"""`disk.folder.uploadfile`: what a client brings before it attaches it."""

from typing import Any

import pytest

from potok.disk import public as disk
from tests.company import Company
from tests.rest.wire import ask, refused

pytestmark = pytest.mark.django_db


def test_an_uploaded_file_is_kept_for_its_owner(company: Company) -> None:
    given = {"id": company.bob.pk, "data": {"NAME": "акт.txt"}, "fileContent": ["x.txt", "YWN0"]}
    told = ask("disk.folder.uploadfile", by=company.bob, **given)
    assert (told["NAME"], told["SIZE"], told["TYPE"]) == ("акт.txt", "3", "file")
    with disk.content(disk.file(told["ID"], by=company.bob.pk)) as content:
        assert content.read() == b"act"
    assert disk.by_id([told["ID"]], by=company.alice.pk) == {}


def test_the_name_may_stand_beside_the_content(company: Company) -> None:
    assert ask("disk.folder.uploadfile", by=company.bob, id=company.bob.pk, fileContent=["x.txt", "YWN0"])["NAME"] == (
        "x.txt"
    )


WRONG: list[tuple[dict[str, Any], str | int]] = [
    ({"fileContent": ["x.txt", "not base64!"]}, "ERROR_ARGUMENT"),
    ({"fileContent": "YWN0"}, "ERROR_CORE"),
    ({"fileContent": ["x.exe", "YWN0"]}, "ERROR_CORE"),
    ({"fileContent": ["x.txt", ""]}, "ERROR_CORE"),
    ({}, 100),
]


@pytest.mark.parametrize(("given", "code"), WRONG)
def test_what_is_no_file_is_refused(company: Company, given: dict[str, Any], code: str | int) -> None:
    assert refused("disk.folder.uploadfile", by=company.bob, id=company.bob.pk, **given) == code


def test_a_stranger_brings_nothing_into_ones_folder(company: Company) -> None:
    given = {"id": company.bob.pk, "fileContent": ["x.txt", "YWN0"]}
    assert refused("disk.folder.uploadfile", by=company.carol, **given) == "ERROR_NOT_FOUND"
