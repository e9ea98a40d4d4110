"""A customer's list of housing companies as it comes out of a spreadsheet, with the usual mess; made from a seed."""

import csv
import io
import random

COMPANIES = 1_000
HEADINGS = ["№ п/п", "Наименование организации", "Телефон", "Эл. почта", "Адрес", "Контактное лицо"]
FORMS = ('ООО "{}"', "ООО «{}»", "АО {}", "ТСЖ  {}", "МУП '{}'", "Управляющая компания {}")
WORDS = ("Жилкомсервис", "Домовой", "Наш двор", "Уют", "Приморский", "Тёплый дом", "Эталон-Сервис", "Квартал")
STREETS = ("ул. Садовая", "пр. Ветеранов", "Ёлочная аллея", "наб. реки Охты")
PEOPLE = ("Ёлкина А. П.", "Громов П.В.", "", "гл. инженер Дементьев", "   ")
# What no machine reads for a person: an empty name, a telephone in words.
HOPELESS = (["", "", "8 812 000-00-00", "", "", ""], ["", "ТСЖ Заря", "звонить вахтёру", "", "", ""])


def housing_companies(*, seed: int = 7) -> bytes:
    """The file: a thousand companies, two rows that cannot be read, blank rows between, in the encoding of Excel."""
    chance = random.Random(seed)
    rows = [_row(chance, number) for number in range(1, COMPANIES + 1)]
    for place, hopeless in zip((17, 640), HOPELESS, strict=True):
        rows.insert(place, [*hopeless])
    for place in (3, 250, 251, 900):
        rows.insert(place, [""] * len(HEADINGS))
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows(rows)
    return text.getvalue().encode("cp1251")


def _row(chance: random.Random, number: int) -> list[str]:
    name = chance.choice(FORMS).format(f"{chance.choice(WORDS)} № {number}")
    return [
        str(number),
        chance.choice(("{}", " {}", "{}  ", "{}\u00a0")).format(name),
        _phone(chance, number),
        chance.choice(("", f"UK{number}@Dom.example", f" uk{number}@dom.example ")),
        chance.choice(STREETS) + (f", д. {number}\nвход со двора" if number % 50 == 0 else f"; {number}"),
        chance.choice(PEOPLE),
    ]  # fmt: skip


def _phone(chance: random.Random, number: int) -> str:
    first, last = divmod(number, 100)
    written = chance.choice(("8(812){:03}-{:02}-{:02}", "+7 812 {:03}{:02}{:02}", "8-812-{:03}-{:02}-{:02}"))
    phone = written.format(200 + first, last, chance.randrange(100))
    return chance.choice((phone, f" {phone} ", f"{phone}, 8 921 000-{first:02}-{last:02}"))
