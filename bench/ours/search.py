"""The search over a million things: `python -m bench.ours.search COUNT`, against an empty database of its own.

Entries are made by a seeded generator as the product writes them, without the records they stand for: what is measured
is the index, and what is made of its candidates.
"""

import random
import sys
import time
from collections.abc import Iterator
from statistics import median

from bench.ours import house

SEED, BATCH = 20_261_122, 5_000
SURNAMES = (
    "Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Федоров Морозов Волков Алексеев Лебедев"
    " Семенов Егоров Павлов Козлов Степанов Николаев Орлов Андреев Макаров Никитин Захаров Зайцев Соловьев Борисов"
    " Яковлев Григорьев Романов Воробьев Сергеев Кузьмин Фролов Александров Дмитриев Королев Гусев Киселев Ильин"
    " Максимов Поляков Сорокин Виноградов Ковалев Белов Медведев Антонов Тарасов Жуков Баранов Филиппов Комаров"
)
NAMES = "Иван Петр Сергей Андрей Алексей Дмитрий Виктор Николай Михаил Олег Юрий Игорь Павел Евгений Антон"
SYLLABLES = "ба ве го ди жу за ки ло ме ну ор пе ра сто тур фе хо це ша щи эк юг ям кра гли про сла тре бло"
FORMS = ("ООО", "АО", "ИП", "ТСЖ", "УК")
THINGS = "поставка насосов договор аренды монтаж вентиляции ремонт кровли обслуживание лифтов проект дома"
ASKED = (
    "иванов", "иван", "иванов петр", "захаров виктор", "ivanov", "bdfyjd", "ивонов", "захаравв", "5551",
    "921 555 12 34", "ооо", "поставка насосов", "договорами аренды", "сергеич", "кравеломе", "тсж прослабло",
    "zakharov viktor", "щ", "несуществующее", "ремонт кровли иванов",
)  # fmt: skip


def main() -> None:
    """Fill, ask, and print the figures; with 0 only ask what was filled before."""
    count = int(sys.argv[1])
    house.enter()
    person = house.furnish()
    if count:
        began = time.monotonic()
        fill(count)
        print(f"filled {count} in {time.monotonic() - began:.0f} s")
    measure(person)


def fill(count: int) -> None:
    """Write entries as the product does, in sets."""
    from django.db import connection, transaction

    from potok.kit import sets
    from potok.records.search import indexing, learning
    from potok.records.search.models import Entry
    from potok.records.search.sources import Page

    rows = []
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    for number, (kind, title, texts, phones) in enumerate(_things(count), 1):
        page = Page(number, title, number % 200, texts, phones)
        rows.append(indexing._row(kind, page))
        if len(rows) == BATCH:
            with transaction.atomic():
                sets.execute(indexing.KEEP, rows)
            rows = []
    while learning.learn():
        pass
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE search_entry")
        cursor.execute(
            "SELECT pg_size_pretty(pg_table_size('search_entry')), pg_size_pretty(pg_indexes_size('search_entry')),"
            " pg_size_pretty(pg_total_relation_size('search_word')), (SELECT count(*) FROM search_word)"
        )
        print("table, indexes, words:", cursor.fetchone(), Entry.objects.count())


def _things(count: int) -> Iterator[tuple[str, str, list[str], list[str]]]:
    chance = random.Random(SEED)
    surnames, names, things = SURNAMES.split(), NAMES.split(), THINGS.split()
    for _ in range(count):
        surname, name = chance.choice(surnames), chance.choice(names)
        if chance.random() < 0.2:
            surname = _word(chance).capitalize()
        phone = f"+79{chance.randrange(10**9):09}"
        kind = chance.choice(("crm.contact", "crm.company", "crm.deal"))
        if kind == "crm.contact":
            yield kind, f"{surname} {name}", [surname, name, f"{chance.choice(names)}ович"], [phone]
        elif kind == "crm.company":
            mail = f"info@{chance.randrange(10**6)}.example"
            yield kind, f"{chance.choice(FORMS)} «{_word(chance).capitalize()}»", [mail], [phone]
        else:
            words = " ".join(chance.sample(things, 2))
            yield kind, f"{words.capitalize()}, {_word(chance)}", [f"{surname} просил перезвонить"], []


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES.split()) for _ in range(chance.randrange(2, 5)))


def measure(person: int) -> None:
    """Ask everything some times, as somebody who sees everything; the index is asked, records are not there."""
    from unittest.mock import patch

    from potok.records.search import finding

    took: list[float] = []
    with patch.object(finding, "_seen", lambda kind, ids, by, most: list(ids[:most])):
        for text in ASKED:
            each = [_once(finding.found, text, person) for _ in range(7)]
            took += each
            found = finding.found(text, by=person)
            print(f"{text:24} {median(each) * 1000:7.1f} ms  {len(found.hits):3} {[h.title for h in found.hits[:2]]}")
    took.sort()
    print(f"p50 {median(took) * 1000:.0f} ms, p95 {took[int(len(took) * 0.95)] * 1000:.0f} ms")


def _once(ask: object, text: str, person: int) -> float:
    began = time.perf_counter()
    ask(text, by=person)  # type: ignore[operator]
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
