"""By what records are alike."""

import pytest

from potok.people.public import folded
from potok.records.duplicates import likeness, rules


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ООО «Ромашка»", "Ромашка"),
        ('АО "Северный воздух"', "Северный Воздух АО"),
        ("Общество с ограниченной ответственностью «Ромашка»", "ООО Ромашка"),
        ("Захарченко Виктор", "Виктор Захарченко"),
        ("Семёнов Пётр", "Semyonov Petr"),
        ("ТСЖ Уют", "Управляющая компания «Уют»"),
    ],
)
def test_names_are_one_whatever_surrounds_them(one: str, other: str) -> None:
    assert likeness.name(folded(one)) == likeness.name(folded(other)) != ""


@pytest.mark.parametrize("text", ["ООО", "АО «»", "", "—"])
def test_a_form_alone_is_no_name(text: str) -> None:
    assert likeness.name(folded(text)) == ""


@pytest.mark.parametrize(
    ("read", "text", "key"),
    [
        (likeness.phone, "+7 (921) 555-12-34", "9215551234"),
        (likeness.phone, "8 921 555 12 34", "9215551234"),
        (likeness.phone, "+79215551234 ext. 12", "9215551234"),
        (likeness.phone, "112", ""),
        (likeness.email, " Info@Firm.Example ", "info@firm.example"),
        (likeness.tax, "7707 083 893", "7707083893"),
        (likeness.tax, "123", ""),
    ],
)
def test_ways_to_reach_somebody_are_compared_without_their_writing(read: object, text: str, key: str) -> None:
    assert read(text) == key  # type: ignore[operator]


@pytest.mark.parametrize(
    ("sorts", "is_firm", "is_suspected"),
    [
        ({"name"}, True, True),
        ({"name"}, False, False),
        ({"phone"}, False, True),
        ({"email"}, False, True),
        ({"tax"}, True, True),
        (set(), True, False),
    ],
)
def test_people_of_one_name_are_not_suspected_and_firms_are(sorts: set[str], is_firm: bool, is_suspected: bool) -> None:
    assert likeness.is_suspected(sorts, is_firm=is_firm) is is_suspected


def test_what_one_lacks_comes_from_the_others_and_several_values_come_together() -> None:
    kept = {"name": "Виктор", "position": None, "phone": ("1", "2")}
    lost = [{"name": "Витя", "position": "директор", "phone": ("2", "3")}, {"name": "", "position": "x", "phone": ()}]
    assert rules.united(kept, lost) == {"position": "директор", "phone": ("1", "2", "3")}


def test_only_what_nobody_has_changed_goes_back() -> None:
    before, after = {"name": "a", "position": ""}, {"name": "b", "position": "c"}
    assert rules.going_back(before, after, {"name": "b", "position": "d"}) == {"name": "a"}
