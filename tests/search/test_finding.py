"""What is found, for whom, in which order."""

from datetime import timedelta

import pytest

from potok.kit import clock, viewing
from potok.kit.doors import opened
from potok.people.public import Extent
from potok.records import public as records
from potok.records.public import searching as search
from tests.company import Company
from tests.search.conftest import Find, Make

CONTACT = {"surname": "Захарченко", "name": "Виктор", "patronymic": "Сергеевич", "phone": ["+7 921 555-12-34"]}


@pytest.mark.parametrize(
    "typed",
    [
        "Захарченко",
        "захар",
        "виктор захарченко",
        "pf[fhxtyrj",
        "zakharchenko",
        "Zaharchenko Viktor",
        "захрченко",
        "захарчнеко",
        "zakharcheko",
        "виктор сергеевич",
        "сергеич",
        "555-12",
        "8 921 555",
        "+7 (921) 555-12-34",
        "1234",
        "захарченко 5551",
    ],
)
def test_a_person_is_found_however_he_is_typed(make: Make, find: Find, typed: str) -> None:
    make("crm.contact", CONTACT)
    make("crm.contact", {"surname": "Петров", "name": "Иван", "phone": ["+7 812 000-11-22"]})
    assert find(typed) == ["Захарченко Виктор"]


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Договор аренды", "договорами"),
        ("Поставка насосов", "насос"),
        ("Ёлочный базар", "елочного"),
        ("Hotel Astoria", "рщеуд"),
        ("Hotel Astoria", "отель астория"),
        ("ООО «Ромашка»", "ромашк"),
        ("Счёт 2024-0157", "0157"),
        ("Счёт 2024-0157", "2024-0157"),
        ("Škoda Auto", "skoda"),
        ("Шкода Авто", "skoda"),
        ("Бизнес-центр Гулливер", "центр гуливер"),
    ],
)
def test_a_title_is_found_in_other_forms(make: Make, find: Find, title: str, typed: str) -> None:
    make("crm.company", {"title": title})
    make("crm.company", {"title": "Другая фирма"})
    assert find(typed) == [title]


def test_titles_come_before_other_words_and_words_before_mistakes(make: Make, find: Find) -> None:
    for title, comment in (("Вокруг света", "север"), ("Дальний Север", ""), ("Северный", ""), ("Север", "")):
        make("crm.company", {"title": title, "comment": comment})
    assert find("север") == ["Север", "Северный", "Дальний Север", "Вокруг света"]


def test_ones_own_come_first_then_the_latest(firm: Company, make: Make, find: Find) -> None:
    firm.grant("crm.company.see")
    make("crm.company", {"title": "Сад первый", "responsible": firm.bob.pk})
    clock.wind(timedelta(hours=1))
    make("crm.company", {"title": "Сад второй"})
    clock.wind(timedelta(hours=1))
    make("crm.company", {"title": "Сад третий"})
    assert find("сад", by=firm.bob.pk) == ["Сад первый", "Сад третий", "Сад второй"]
    assert find("сад", by=firm.bob.pk, mine=True) == ["Сад первый"]


def test_nobody_finds_what_he_may_not_see(firm: Company, make: Make, find: Find) -> None:
    firm.grant("crm.company.see", extent=Extent.OWN, to=firm.bob)
    company = make("crm.company", {"title": "Тайная фирма", "responsible": firm.carol.pk})
    with opened(None, door="screen") as call:
        records.comments.add(call, record=company, text="Тайная встреча")
    assert find("тайная", by=firm.bob.pk) == []
    assert find("тайная", by=firm.carol.pk) == []
    assert find("тайная") == ["Тайная фирма", "Тайная встреча"]


def test_what_many_have_is_still_found_by_who_sees_few(firm: Company, make: Make, find: Find) -> None:
    firm.grant("crm.company.see", extent=Extent.DEPARTMENT, to=firm.bob)
    with opened(None, door="start_up") as call:
        rows = [(call, {"values": {"title": f"Дом {n}", "responsible": firm.carol.pk}}) for n in range(450)]
        records.verbs["crm.company"].add.many(rows)
    make("crm.company", {"title": "Большой дом", "responsible": firm.alice.pk})
    assert find("дом", by=firm.bob.pk) == ["Большой дом"]


def test_one_letter_is_enough_where_hundreds_of_hidden_titles_begin_with_it(
    firm: Company, make: Make, find: Find
) -> None:
    firm.grant("crm.company.see", extent=Extent.DEPARTMENT, to=firm.bob)
    with opened(None, door="start_up") as call:
        rows = [(call, {"values": {"title": f"АО {n}", "responsible": firm.carol.pk}}) for n in range(250)]
        records.verbs["crm.company"].add.many(rows)
    make("crm.company", {"title": "Аэроплан", "responsible": firm.alice.pk})
    lent = make("crm.company", {"title": "Апрель", "responsible": firm.carol.pk})
    assert find("а", by=firm.bob.pk) == ["Аэроплан"]
    with opened(None, door="screen") as call:
        records.sharing.give(call, record=lent, holder=f"user_{firm.bob.pk}")
    assert sorted(find("а", by=firm.bob.pk)) == ["Апрель", "Аэроплан"]


def test_a_changed_record_is_found_under_its_new_words_only(make: Make, find: Find) -> None:
    company = make("crm.company", {"title": "Старая"})
    with opened(None, door="screen") as call:
        records.verbs["crm.company"].change(call, record=company, values={"title": "Обновка"})
    assert find("обновка") == ["Обновка"]
    assert find("старая") == []


def test_what_lies_in_the_trash_is_not_found_until_it_comes_back(make: Make, find: Find) -> None:
    company = make("crm.company", {"title": "Мимолётная"})
    with opened(None, door="screen") as call:
        records.verbs["crm.company"].remove(call, record=company)
    assert find("мимолетная") == []
    with opened(None, door="screen") as call:
        records.verbs["crm.company"].restore(call, record=company)
    assert find("мимолетная") == ["Мимолётная"]


def test_people_are_found_by_name_and_department(firm: Company, find: Find) -> None:
    assert find("белова") == ["Carol Belova"]
    assert "Carol Belova" in find("warehouse", among=["person"])


def test_a_comment_is_found_by_who_sees_its_record(firm: Company, make: Make, find: Find) -> None:
    firm.grant("crm.company.see", extent=Extent.OWN, to=firm.bob)
    company = make("crm.company", {"title": "Клиент", "responsible": firm.bob.pk})
    with opened(None, door="screen") as call:
        records.comments.add(call, record=company, text="Обещали перезвонить в пятницу")
    assert find("перезвонят", by=firm.bob.pk) == ["Обещали перезвонить в пятницу"]
    assert find("перезвонить", by=firm.carol.pk) == []


def test_it_is_said_what_was_looked_for(make: Make, find: Find) -> None:
    make("crm.company", {"title": "Hotel"})
    assert search.found("рщеуд", by=None).meant == "hotel"
    assert search.found("hotel", by=None).meant == ""


@pytest.mark.parametrize("typed", ["", "'", "\\", "%", "a'b:*", "!!", "\x00", "😀", "& | !", "а" * 500, "1" * 500])
def test_anything_may_be_typed(make: Make, find: Find, typed: str) -> None:
    make("crm.company", {"title": "Фирма"})
    assert find(typed) == []


def test_words_of_a_field_that_is_hidden_find_nothing(firm: Company, make: Make, find: Find) -> None:
    role = firm.grant("crm.company.see", to=firm.bob)
    with opened(None, door="screen") as call:
        records.sharing.limit(call, role=role, record_type="crm.company", field="comment", level=records.Limit.HIDDEN)
    company = make("crm.company", {"title": "Гулливер", "comment": "должник"})
    assert find("должник") == ["Гулливер"]
    assert find("должник", by=firm.bob.pk) == find("должнек", by=firm.bob.pk) == []
    assert find("гуливер", by=firm.bob.pk) == ["Гулливер"]
    of = records.type_named("crm.company")
    with viewing.shown_to(firm.bob.pk):
        assert not records.search(records.rows(of, by=firm.bob.pk), of, "должник").exists()
        assert records.search(records.rows(of, by=firm.bob.pk), of, "гулли").get() == company


def test_what_was_shared_is_found(firm: Company, make: Make, find: Find) -> None:
    company = make("crm.company", {"title": "Гулливер", "responsible": firm.alice.pk})
    assert find("гулливер", by=firm.carol.pk) == []
    with opened(None, door="screen") as call:
        records.sharing.give(call, record=company, holder=f"user_{firm.carol.pk}")
    assert find("гулливер", by=firm.carol.pk) == ["Гулливер"]
