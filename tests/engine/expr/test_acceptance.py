"""What whoever comes from Bitrix24 expects of formulas: the ten rows of the reference, §4.9."""

from datetime import UTC, date, datetime

import pytest

from potok.engine import expr
from potok.engine.values import PersonRef, Value
from tests.engine.expr.world import context, look, template


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("=6^2 + 10/2", 41),
        ('=if(5=5,"text1","text2")', "text1"),
        ('="Reply:" & (1+3)', "Reply:4"),
        ('=dateadd("2024-01-10","-2d")', date(2024, 1, 8)),
        ('=dateadd("2024-01-10 10:00","2 days 3 minutes")', datetime(2024, 1, 12, 7, 3, tzinfo=UTC)),
        ('=dateadd("2024-01-10", 1 & "y 10h")', datetime(2025, 1, 10, 7, tzinfo=UTC)),
        ('Срок {{=dateadd("2024-01-10","5d")}}.', "Срок 15.01.2024."),
        ("{=Variable:people}", (PersonRef(3), PersonRef(4))),
        ('=implode(";", merge(explode(",","a,b"), "c"))', "a;b;c"),
        ("{=Variable:trap}", "{=Document:title}"),
        # Letter cases and separators that its users write; modifiers one after another.
        ("=FALSE", False),
        ("=Max(1;7;3)", 7),
        ("=or(1>2,3<10)", True),
        ("{=Document:due > user, printable}", "01.03.2026 10:00"),
        ("{=Document:responsible_printable}", "Анна Ким"),
    ],
)
def test_a_formula_gives_what_it_gave_there(text: str, value: Value) -> None:
    assert expr.evaluate(template(text), look, context) == value
