"""Words that the records of the bench are made of, each with how it sounds, in a table of the database."""

import random
from collections.abc import Iterator

from django.db import connection

from potok.kit import sets

SEED = 20_261_122
SURNAMES = (
    "Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Федоров Морозов Волков Алексеев Лебедев"
    " Семенов Егоров Павлов Козлов Степанов Николаев Орлов Андреев Макаров Никитин Захаров Зайцев Соловьев Борисов"
    " Яковлев Григорьев Романов Воробьев Сергеев Кузьмин Фролов Александров Дмитриев Королев Гусев Киселев Ильин"
    " Максимов Поляков Сорокин Виноградов Ковалев Белов Медведев Антонов Тарасов Жуков Баранов Филиппов Комаров"
)
NAMES = "Иван Петр Сергей Андрей Алексей Дмитрий Виктор Николай Михаил Олег Юрий Игорь Павел Евгений Антон"
PATRONYMICS = "Иванович Петрович Сергеевич Андреевич Алексеевич Дмитриевич Викторович Николаевич Михайлович Олегович"
FORMS = "ООО АО ИП ТСЖ УК"
THINGS = (
    "Поставка Аренда Монтаж Ремонт Обслуживание Проект Договор Установка Замена Проверка насосов вентиляции кровли"
    " лифтов дома фасада котельной склада окон дверей"
)
POSITIONS = "директор инженер бухгалтер закупщик механик"
LATIN = "ba ve go di zu ka lo me nu or pe ra sto tur fe"
SYLLABLES = "ба ве го ди жу за ки ло ме ну ор пе ра сто тур фе хо це ша щи эк юг ям кра гли про сла тре бло"
INVENTED, MAILBOXES = 40_000, 5_000

MAKE = """
DROP TABLE IF EXISTS bench_word;
CREATE TABLE bench_word (sort text, number int, word text, sound text, PRIMARY KEY (sort, number))
"""
KEEP = "INSERT INTO bench_word SELECT * FROM unnest(%b::text[], %b::int[], %b::text[], %b::text[])"


def write() -> dict[str, int]:
    """Write all words anew; answers how many there are of each sort."""
    from potok.records.search.sounds import sound

    counts: dict[str, int] = {}
    rows = []
    for sort, word in _words():
        number = counts.get(sort, 0)
        counts[sort] = number + 1
        rows.append((sort, number, word, sound(word.lower())))
    with connection.cursor() as cursor:
        cursor.execute(MAKE)
        sets.execute(KEEP, rows)
        cursor.execute("ANALYZE bench_word")
    return counts


def _words() -> Iterator[tuple[str, str]]:
    known = {"surname": SURNAMES, "name": NAMES, "patronymic": PATRONYMICS, "form": FORMS, "thing": THINGS}
    for sort, words in {**known, "position": POSITIONS}.items():
        yield from ((sort, word) for word in words.split())
    chance = random.Random(SEED)
    yield from (("invented", word.capitalize()) for word in _invented(chance, SYLLABLES.split(), INVENTED))
    yield from (("mail", word) for word in _invented(chance, LATIN.split(), MAILBOXES))


def _invented(chance: random.Random, syllables: list[str], count: int) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < count:
        made["".join(chance.choice(syllables) for _ in range(chance.randrange(2, 5)))] = None
    return list(made)
