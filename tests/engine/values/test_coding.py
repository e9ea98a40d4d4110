"""Values as JSON and back."""

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given

from potok.engine.values import Duration, Money, PersonRef, Value, decode, encode
from tests.engine.values import some


@given(some.values)
def test_decoding_gives_back_what_was_encoded(value: Value) -> None:
    back = decode(json.loads(json.dumps(encode(value))))
    assert back == value
    assert type(back) is type(value)


@pytest.mark.parametrize(
    ("value", "bytes_"),
    [
        (("текст", True, 7, None), '["текст",true,7,null]'),
        (Decimal("1.50"), '{"n":"1.50"}'),
        (Money(Decimal("10.00"), "RUB"), '{"money":["10.00","RUB"]}'),
        (Duration(1, 2, 3), '{"lasts":[1,2,3]}'),
        (PersonRef(7), '{"person":7}'),
        (datetime(2026, 1, 2, 3, tzinfo=timezone(timedelta(hours=3))), '{"at":"2026-01-02T00:00:00"}'),
        (datetime(2026, 1, 2, tzinfo=UTC), '{"at":"2026-01-02T00:00:00"}'),
    ],
)
def test_the_bytes_are_these_for_ever(value: Value, bytes_: str) -> None:
    assert json.dumps(encode(value), ensure_ascii=False, separators=(",", ":")) == bytes_


@pytest.mark.parametrize("plain", [1.5, {"unknown": 1}, {"n": "1", "person": 2}])
def test_what_was_never_encoded_is_not_guessed_at(plain: object) -> None:
    with pytest.raises((TypeError, KeyError, ValueError)):
        decode(plain)
