"""What the tests of providers share."""

from collections.abc import Iterator

import pytest

from potok.people.public import signing_rules


@pytest.fixture(autouse=True)
def _rules_read_anew() -> Iterator[None]:
    signing_rules.forget()
    yield
    signing_rules.forget()
